"""What a data set's label means, told by its name.

A number has no meaning of its own: sets number their labels differently. It is understood where
the data says what it stands for (`formats` turns it into that name), for LLM-AggreFact, whose
fields give it away, and with a map by the user.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from verifier.claimsets.formats import UNLABELLED
from verifier.claimsets.rows import Fields, Gold
from verifier.errors import InputError

_NAMES = {
    Gold.SUPPORTED: """
        supported, support, supports, entailment, entail, entails, entailed, e, consistent,
        faithful, true
    """,
    Gold.REFUTED: """
        refuted, refute, refutes, contradiction, contradict, contradicts, contradicted,
        contradictory, c
    """,
    # Disputed (Climate-FEVER): the evidence speaks for both sides, which settles nothing.
    Gold.UNKNOWN: """
        unknown, neutral, n, nei, not enough info, not enough information, not enough evidence,
        noinfo, no info, disputed
    """,
    # Partially supported (WiCE): some part of the claim is not.
    Gold.NOT_SUPPORTED: """
        not supported, unsupported, partially supported, not entailment, not entailed,
        non entailment, inconsistent, unfaithful, false
    """,
}
_MEANING = {name.strip(): gold for gold, names in _NAMES.items() for name in names.split(",")}
_AGGREFACT = {"0": Gold.NOT_SUPPORTED, "1": Gold.SUPPORTED}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class Labels:
    """How the labels of one set are understood."""

    def __init__(self, fields: Fields, label_map: Mapping[str, str] | None) -> None:
        """Take the user's map, from a label's text in any case to a value of `Gold`.

        Raises InputError for another meaning.
        """
        if wrong := set((label_map or {}).values()) - set(Gold):
            raise InputError(f"--label-map: {min(wrong)!r} is no label; choose {', '.join(Gold)}")
        self._map = {key.casefold(): Gold(value) for key, value in (label_map or {}).items()}
        if not self._map and (fields.claim, fields.evidence) == ("claim", "doc"):
            self._map = _AGGREFACT

    def meaning(self, value: object) -> Gold | None:
        """Return what a label means, None where that isn't known."""
        text = str(value).strip().casefold()
        return self._map.get(text) or _MEANING.get(" ".join(re.findall(r"[^\W_]+", text)))

    def is_unlabelled(self, value: object) -> bool:
        """Tell whether the set marks the row as having no gold label."""
        return str(value).strip() in (UNLABELLED, "-1") and self.meaning(value) is None

    def check(self, values: Sequence[object], where: str) -> None:
        """Raise InputError if none of these labels, of the first rows, is understood."""
        found = sorted({str(value).strip() for value in values if value is not None})
        if any(self.meaning(value) for value in found):
            return
        numbers = all(_NUMBER.fullmatch(value) for value in found)
        why = "are numbers without names" if found and numbers else "aren't understood"
        entries = ",".join(f"{value[:20]}=LABEL" for value in found[:6])
        raise InputError(
            f"{where}: its labels ({', '.join(value[:20] for value in found[:6]) or 'all empty'}) "
            f'{why}; look up what they mean and map them: --label-map "{entries}", '
            f"each LABEL being {', '.join(Gold)}"
        )
