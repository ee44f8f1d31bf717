"""Bytes to text, or a clear refusal."""

from __future__ import annotations

import codecs
import re

from verifier.errors import InputError

# The UTF-32 marks first: one of them begins with a UTF-16 mark.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096  # bytes that decide whether unmarked text is UTF-16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MAX_CONTROL = 0.05  # more control characters than that are no text
_MAX_HIGH = 0.3  # the languages of cp1252 write most of their letters in ASCII
# Signs that cp1252 text doesn't have inside a word; other code pages have letters there.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-©«¬®¯±²³¶¸¹»-¿×÷ˆ˜†‡‰‹›][^\W\d_]")


def decode(data: bytes, where: str) -> str:
    """Return the text of `data`, line breaks as they stand, without a byte-order mark.

    Read are UTF-8, UTF-16 and UTF-32 (UTF-16 without a mark too, where it shows) and cp1252, of
    which Latin-1 text is a part. Raises InputError, which names `where`, for anything else.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, where)
    wide = _unmarked_utf16(data)
    if wide:
        return _strictly(data, wide, where)
    if b"\0" in data:
        raise InputError(f"{where}: a binary file, not text; convert it to UTF-8 text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, where)
    _refuse_controls(text, where)
    return text


def _strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding[:6].upper()
        problem = f"{where}: begins like {name} text but isn't at byte {error.start}"
        raise InputError(f"{problem}; convert it to UTF-8") from error
    if "\0" in text:
        raise InputError(f"{where}: a binary file, not text; convert it to UTF-8 text")
    _refuse_controls(text, where)
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """Name the byte order of UTF-16 without a mark: every other byte of Western text is NUL."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or not sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half // 2 and not even:
        return "utf-16-le"
    if even > half // 2 and not odd:
        return "utf-16-be"
    return None


def _legacy(data: bytes, where: str) -> str:
    """Read cp1252, where that is plain from the bytes; other code pages look just like it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    high = sum(byte >= 0x80 for byte in data)  # noqa: PLR2004 - the end of ASCII
    plausible = text and high <= _MAX_HIGH * len(data) and not _SIGN_IN_WORD.search(text)
    if not plausible or _CONTROL.search(text):
        problem = f"{where}: not text, or in an encoding that can't be told{_guess(data)}"
        raise InputError(f"{problem}; convert it to UTF-8")
    return text


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for this message

    best = from_bytes(data[: 16 * _SAMPLE]).best()
    return f" (perhaps {best.encoding})" if best else ""


def _refuse_controls(text: str, where: str) -> None:
    if len(_CONTROL.findall(text)) > _MAX_CONTROL * len(text) + 1:
        raise InputError(f"{where}: mostly control characters, not text; convert it to UTF-8 text")
