"""The SQL that takes a written number apart: what stands around it, and its digits, as either country has them."""

from kam.intake.raw import literal

NUMBER = r"(\d[\d.,¤''€$£ ]*\d|\d)(e[+-]?\d{1,3})?"
_LEADING = r"(^|[^\p{L}/])[.,¤]0"  # .5 has its mark in the frame; the stop of `Rs.` and `S/.` is none
_MANTISSA = {  # thousands stand in threes, in India in twos before the last three, and never begin with 0
    ".": r"(\d+|[1-9]\d{0,2}(,\d{2,3})*,\d{3}|[1-9]\d{0,2}([ '']\d{3})+)?([.¤€$£]\d*)?",
    ",": r"(\d+|[1-9]\d{0,2}(\.\d{2,3})*\.\d{3}|[1-9]\d{0,2}([ '']\d{3})+)?([,¤€$£]\d*)?",
}
_POWER = r"(e[+-]?\d{1,3})?"
OTHER = {".": ",", ",": "."}


def frame_of(western: str) -> str:
    """Write the SQL of what stands around the first number of a text in western signs, with 0 in its place."""
    return f"replace(regexp_replace({western}, '{NUMBER}', '0'), ' ', '')"


def text_of(western: str, frame: str) -> str:
    """Write the SQL of a number's digits and marks; 12.- says nothing of the mark, 1,200.- and 12,- do."""
    digits = f"regexp_extract({western}, '{NUMBER}')"
    grouped = f"regexp_matches({digits}, '[,'']')"
    first = f"case when regexp_matches({frame}, '{_LEADING}') then regexp_extract({frame}, '([.,¤])0', 1) else '' end"
    last = f"case when {frame} like '%0,%' then ',' when {frame} like '%0.%' and {grouped} then '.' else '' end"
    return f"({first} || {digits} || {last})"


def is_bare(raw: str) -> str:
    """Write the SQL of whether a cell holds digits, marks and a minus alone, as most columns do in every line."""
    return rf"regexp_full_match({raw}, '-?[\d.,]*\d')"


def is_number(text: str, decimal: str, sign: str = "") -> str:
    """Write the SQL of whether digits and marks are a number under a decimal mark; `sign` is a pattern before it."""
    return f"regexp_full_match({text}, '{sign}{_MANTISSA[decimal]}{_POWER}')"


def digits_of(text: str, decimal: str) -> str:
    """Write the SQL that takes the thousands out of a bare number and makes its decimal mark a point."""
    return f"replace({text}, ',', '')" if decimal == "." else f"replace(replace({text}, '.', ''), ',', '.')"


def framed_digits(text: str, decimal: str) -> str:
    """Do as `digits_of`, and take out blanks and apostrophes; a currency sign between digits is a decimal mark."""
    marks = f"{decimal}¤€$£"
    dropped = f"{OTHER[decimal]} '"
    return f"translate({text}, {literal(marks + dropped)}, '{'.' * len(marks)}')"
