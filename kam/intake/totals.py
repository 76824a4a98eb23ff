"""Words for totals in the languages of the world, and which texts are such a word, name a group, or draw a line."""

import re
import unicodedata

from kam.intake.wordlists import wordlists

TOTAL_WORDS = wordlists("lines")["total"]
_ONE = "|".join(sorted((re.escape(word) for word in TOTAL_WORDS), key=len, reverse=True))
_EXACT = re.compile(rf"(?:{_ONE})")
_BEGINS = re.compile(rf"(?:{_ONE})(?![^\W\d_])(?:.{{0,120}})")
_ENDS = re.compile(rf".{{1,120}}[\s:\-–](?:{_ONE})")
_GROUP = re.compile(r"\s*(?P<name>.*\S)\s*\((?P<count>[\d۰-۹٠-٩][\d,.]*)\)\s*")
_SIGNS = re.compile(r"[^\w()]+")
_RULE = re.compile(r"[-=_+|*─━ .]*[-=_─━]{3,}[-=_+|*─━ .]*")


def plain(text: str) -> str:
    """Reduce a text to what tells words apart: no case, no accents, no signs at its ends, single blanks.

    >>> plain("  TOTAL général: "), plain("Sous-total")
    ('total general', 'sous total')
    """
    letters = text.lower()
    if not text.isascii():
        same = text.replace("ي", "ی").replace("ك", "ک").replace("ı", "i")
        whole = unicodedata.normalize("NFKD", same).casefold()
        letters = "".join(each for each in whole if not unicodedata.combining(each))
    return " ".join(_SIGNS.sub(" ", letters).split())


def is_total(text: str) -> bool:
    """Say whether a text is nothing but a word for a total.

    >>> [is_total(text) for text in ("Total", "GENEL TOPLAM:", "جمع کل", "Total Energies", "Toplamak")]
    [True, True, True, False, False]
    """
    return len(text) < 60 and _EXACT.fullmatch(plain(text)) is not None  # noqa: PLR2004 - no word for a total is longer


def tells_total(text: str) -> bool:
    """Say whether a text begins or ends with a word for a total, or is a list's star: "Total for Firm N", "**".

    >>> [tells_total(text) for text in ("Total for Firm N", "North Total", "Grand Totals (5 records)", "Totally yours")]
    [True, True, True, False]
    """
    if text and not text.strip("* "):
        return True
    short = plain(text[:200])
    return bool(_BEGINS.fullmatch(short) or _ENDS.fullmatch(short))


def group_of(text: str) -> str | None:
    """Name the group that a row opens which counts its lines: "Azure Interior (12)".

    >>> group_of("    Azure Interior (12)"), group_of("Azure Interior") is None
    ('Azure Interior', True)
    """
    found = _GROUP.fullmatch(text)
    return found["name"].strip() if found else None


def is_rule(text: str) -> bool:
    """Say whether a text only draws a line.

    >>> is_rule("-----"), is_rule("|-----|"), is_rule("-")
    (True, True, False)
    """
    return _RULE.fullmatch(text) is not None
