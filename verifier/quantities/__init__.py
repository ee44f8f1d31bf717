"""Numbers, dates and measures in English text, read exactly and compared.

extract(text)            every quantity, with its place, its kind and its value as an interval
compare(claim, evidence) whether two values agree, conflict or can't be compared
check(claim, evidence)   one finding a quantity of the claim, against what the evidence says of
                         the same thing
lacking(claim, evidence) the share of the claim's words that the evidence lacks
read_dateline(text)      the day on which a document says that it was written
"""

from __future__ import annotations

from verifier.quantities.check import Finding, check, lacking
from verifier.quantities.compare import Comparison, compare
from verifier.quantities.dateline import read_dateline
from verifier.quantities.extract import extract
from verifier.quantities.values import Kind, Outcome, PartialDate, Quantity, describe

__all__ = [
    "Comparison",
    "Finding",
    "Kind",
    "Outcome",
    "PartialDate",
    "Quantity",
    "check",
    "compare",
    "describe",
    "extract",
    "lacking",
    "read_dateline",
]
