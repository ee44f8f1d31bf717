"""The words and signs that English writes numbers with."""

from __future__ import annotations

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "lakhs": 1e5,
    "crore": 1e7, "crores": 1e7,
}  # fmt: skip
SUFFIXES = {
    **SCALES, "hundred": 1e2, "bn": 1e9, "mn": 1e6, "mln": 1e6, "mio": 1e6, "tn": 1e12,
    "trn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "thirds": 3, "quarters": 4, "fourths": 4,
    "fifths": 5, "sixths": 6, "sevenths": 7, "eighths": 8, "ninths": 9, "tenths": 10,
}  # fmt: skip
VAGUE = {
    "dozens": (24, 100), "hundreds": (200, 1e3), "thousands": (2e3, 1e6), "millions": (2e6, 1e9),
    "billions": (2e9, 1e12), "trillions": (2e12, 1e15), "tens of thousands": (2e4, 1e5),
    "hundreds of thousands": (2e5, 1e6), "tens of millions": (2e7, 1e8),
    "hundreds of millions": (2e8, 1e9), "tens of billions": (2e10, 1e11),
    "hundreds of billions": (2e11, 1e12), "tens": (20, 100), "scores": (40, 200),
}  # fmt: skip
"""Plural scale words: at least two of them, fewer than the next scale."""
GLYPHS = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8,
    "⅞": 7 / 8, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
}  # fmt: skip
FIXED = {"dozen": 12.0, "couple": 2.0}
FEW = {"few": (2, 10), "several": (2, 10)}
