"""Everything that `verifier` raises on purpose.

    VerifierError                 caught once, at the top of the command line: one line, exit code 2
    ├── InputError                a claim, a source or an option that can't be used as given
    │   └── EmptyInputError       nothing to check: no claims, or no text in any source
    ├── ModelError                a model that can't be found, read or trusted with its labels
    │   └── ClaimTooLongError     a claim that doesn't fit the model beside any evidence
    └── MissingExtraError         an optional library that the asked-for feature needs

Every message says in one line what is wrong, where, and what to do about it. Anything else
that escapes is a bug and keeps its traceback.
"""

from __future__ import annotations


class VerifierError(Exception):
    """Root of the tree. Its text is shown to the user as it stands."""


class InputError(VerifierError):
    """A claim, a source or an option can't be used as given."""


class EmptyInputError(InputError):
    """There is nothing to check, which must never pass for success."""


class ModelError(VerifierError):
    """A model can't be found, can't be read, or its labels can't be told apart."""


class ClaimTooLongError(ModelError):
    """A claim leaves no room for evidence; claims are never cut."""


class MissingExtraError(VerifierError):
    """An optional library is needed and isn't installed."""
