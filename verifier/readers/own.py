"""Reports that this program has written: found among documents, they are no source of anything.

A report quotes the claims that it judges, so as a source it would support every one of them.
"""

from __future__ import annotations

import re

_COUNTS = r"[\d,]+\s+(?:claim|statement)s?:(?:\s+[\d,]+\s+(?:supported|refuted|unknown),?){3}"
_STARTS = re.compile(
    r'\{\s+"verdicts": \['
    r'|\{\s+"failed": (?:true|false),\s+"summaries": \['
    r'|\{\s+"\$schema": .{1,200}"version": "2\.1\.0",\s+"runs": \[\s+\{\s+"tool": \{\s+'
    r'"driver": \{\s+"name": "verifier"'
    r'|\{"(?:id|summary)": "[^\n]*, "label": "[a-z]+", "confidence": [\d.]+, "scores": \{'
    r'|\[\s+\{\s+"description": "[^\n]*",\s+"check_name": "verifier/'
    r"|### verifier: the check (?:fails|passes)\s"
    r"|id,claim,label,confidence,supported,refuted,unknown,reason,"
    r"|kind,summary,line,column,start,end,text,claim,leans,label,"
    r'|<\?xml [^\n]*\s<testsuites name="verifier" '
    r"|<!doctype html>.*?<title>[^<]* · verifier [a-z-]+</title>"
    r"|::[a-z]+ file=[^\n]*,title=(?:supported|refuted|unknown) \d+%25::",
    re.DOTALL,
)
_ENDS = re.compile(
    rf"(?:^|\n){_COUNTS}(?:;[^:]*)?\s+verifier\s+\d\S*,\s+model\s+\S.*\s+[0-9a-f]+\s*\Z"
)
_EDGE = 3000  # characters at either end that tell


def is_report(text: str) -> bool:
    """Tell whether `text` is a report of ours, in whatever format it was written.

    Told by how our formats begin, and for `text` by the counts and the signature that close it.
    """
    return bool(_STARTS.match(text[:_EDGE]) or _ENDS.search(text[-_EDGE:]))
