"""How SQL names the columns of a file as the file has them, and when one of their values is there at all."""

_WESTERN = "0123456789"
_BLANKS = "\t\r\n\u00a0\u202f\u2009\u2007\u3000"
_UNSEEN = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"  # marks of writing direction
_SIGNS = {
    **dict(zip("۰۱۲۳۴۵۶۷۸۹" + "٠١٢٣٤٥٦٧٨٩" + "०१२३४५६७८९" + "０１２３４５６７８９", _WESTERN * 4, strict=True)),
    "٬": "'",
    "٫": "¤",
    "،": ",",
    "٪": "%",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "´": "'",
    "．": ".",
    "，": ",",
    "％": "%",
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_UNSEEN, ""),
}
_ABSENT = ("", "null", "none", "n/a", "na", "#n/a", "-", "–", "—", "\\n")


def quote(name: str) -> str:
    """Quote an identifier for SQL.

    >>> quote('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def raw_name(name: str) -> str:
    """Quote a file's own column, which stands apart from the schema's columns."""
    return quote(f"raw {name}")


def literal(text: object) -> str:
    """Quote a text for SQL where no parameter can stand.

    >>> literal("O'Hara")
    "'O''Hara'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def literals(texts: list[str]) -> str:
    """Quote a list of texts for SQL's `in`.

    >>> literals(["a", "b"])
    "('a', 'b')"
    """
    return f"({', '.join(map(literal, texts))})"


def is_there(raw: str) -> str:
    """Write the SQL of whether a cell that should hold a number or a date holds anything at all."""
    return f"coalesce(lower(trim({raw}, {literal(' ' + _BLANKS)})) not in {literals(list(_ABSENT))}, false)"


def in_western_signs(raw: str) -> str:
    """Write the SQL of a cell in small letters with western digits, marks and blanks.

    The Arabic decimal mark becomes ¤, which no file writes: it means the same in every country, as , and . do not.
    """
    dropped = "".join(sign for sign, meant in _SIGNS.items() if not meant)
    kept = "".join(sign for sign, meant in _SIGNS.items() if meant)
    found = f"regexp_matches({raw}, {literal(f'[{kept}{dropped}]')})"  # turning is slow
    turned = f"translate({raw}, {literal(kept + dropped)}, {literal(''.join(_SIGNS.values()))})"
    return f"trim(lower(case when {found} then {turned} else {raw} end))"


def western(text: str) -> str:
    """Write a text as `in_western_signs` does.

    >>> western("Rs. ۱۲٬۰۰۰")
    "rs. 12'000"
    """
    return text.translate(str.maketrans(_SIGNS)).lower().strip()
