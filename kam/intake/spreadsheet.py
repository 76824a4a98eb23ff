"""CSV that a spreadsheet takes as data, never as formulas, and that comes back as it was written."""

import pandas as pd

_MARK = r"^'*[=+\-@\t\r]"
"""A text that a spreadsheet would run, or one that looks as if it had been kept from that."""


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write a frame as CSV; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> as_csv(pd.DataFrame({"name": ["=1+1", "'=1", "Nord"], "x": [-1, 2, 3]})).decode("utf-8-sig").splitlines()
    ['name,x', "'=1+1,-1", "''=1,2", 'Nord,3']
    """
    safe = frame.copy()
    for column in safe.select_dtypes(include=["object", "string"]):
        texts = safe[column].astype("str")
        risky = safe[column].notna() & texts.str.match(_MARK)
        safe[column] = safe[column].where(~risky, "'" + texts)
    return safe.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def unmarked(text: str) -> str:
    """Write the SQL that takes the apostrophe of `as_csv` away again."""
    quoted = _MARK.replace("'", "''").removeprefix("^")
    return f"regexp_replace({text}, '^''({quoted})', '\\1')"
