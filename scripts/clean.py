"""Undo the tokenisation that NLI data sets carry, and normalise text for comparison."""

import re

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_RULES = [
    (re.compile(r"``\s*|''"), '"'),
    (re.compile(r"\s+([,.;:!?%)\]}…])"), r"\1"),
    (re.compile(r"([(\[{$£€])\s+"), r"\1"),
    (re.compile(r"\s+('(?:s|re|ve|ll|d|m)\b|n't\b)", re.IGNORECASE), r"\1"),
    (re.compile(r"(?<=[A-Za-z]s) ' (?=[a-z])"), "' "),
    (re.compile(r'(^|[\s(])" ([^"]*?) "'), r'\1"\2"'),
    (re.compile(r"(\d) ([–-]) (\d)"), r"\1\2\3"),
    (re.compile(r"[ \t]+"), " "),
]


def untokenise(text: str) -> str:
    """Give PTB-style text its ordinary spacing back; ordinary text comes out as it went in."""
    for token, bracket in _BRACKETS.items():
        text = text.replace(token, bracket)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text.strip()


def key(text: str) -> str:
    """Letters and digits alone, lower case: equal for texts that differ in spacing or marks."""
    return re.sub(r"\W+", "", text).casefold()
