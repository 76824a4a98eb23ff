"""What the words of a status or a kind of document mean for a line: it counts, it is left out, it came back, or ask."""

import re

from kam.intake.concepts import ideas
from kam.intake.totals import plain
from kam.intake.wordlists import wordlists


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for word in words:
        bare = plain(word.rstrip("*").replace("_", " "))
        parts.append(rf"\b{re.escape(bare)}" + (r"\w*" if word.endswith("*") else r"\b"))
    return re.compile("|".join(parts))


_PATTERNS = {meaning: _pattern(words) for meaning, words in wordlists("states").items()}
OUT = ("cancelled", "void", "draft", "quote")
_PARTLY = re.compile(r"\b(partial|partially|partly|teil\w*|partiel\w*|parcial\w*|kismi)\b")
_NOT = re.compile(
    r"\bcredit sales?\b|\bsales? credit$|\bcredit invoice\b|\binvoice credit\b|\breturn(ing)? customer|special offer"
    r"|quote accepted|accepted quote|\b(not|non|nicht|no|un)\b|uncancel|credit card|kreditkarte|credit limit"
)
_NO = ("", "0", "n", "no", "false", "f", "nein", "non", "hayir", "خیر", "-", "tno")


def kind_of_status(text: str) -> str | None:
    """Say what a status means: "cancelled", "void", "draft", "quote" (left out), "refund", "ask" or "sale".

    None is said of words nobody knows.

    >>> [
    ...     kind_of_status(text)
    ...     for text in ("Cancelled", "Entwurf", "Paid", "On Hold", "Refunded", "پیش‌فاکتور", "Zephyr")
    ... ]
    ['cancelled', 'draft', 'sale', 'ask', 'refund', 'quote', None]
    """
    words = plain(text)
    if not words:
        return None
    if _NOT.search(words):
        return "sale"
    found = next((meaning for meaning in (*OUT, "refund", "ask", "sale") if _PATTERNS[meaning].search(words)), None)
    return "ask" if found == "refund" and _PARTLY.search(words) else found


def kind_of_document(text: str) -> str | None:
    """Say what a kind of document means: "refund" (counts negative), "quote", "payment" ... (left out), or None.

    >>> [
    ...     kind_of_document(text)
    ...     for text in ("Invoice", "Credit Note", "Gutschrift", "برگشت از فروش", "Estimate", "Payment")
    ... ]
    ['sale', 'refund', 'refund', 'refund', 'quote', 'payment']
    """
    words = plain(text)
    if not words:
        return None
    if _NOT.search(words):
        return "sale"
    found = next((meaning for meaning in (*OUT, "refund", "payment", "sale") if _PATTERNS[meaning].search(words)), None)
    if found == "payment" and "sales" in words:
        return "sale"
    return found or ("sale" if ideas(text) & {"invoice", "order", "revenue", "product", "ledger", "line"} else None)


def says_cancelled(text: str) -> bool:
    """Say whether a cell of a column named "cancelled" says so: a yes, or the day it was.

    >>> [says_cancelled(text) for text in ("Y", "tYES", "2025-03-01", "N", "", "tNO")]
    [True, True, True, False, False, False]
    """
    return plain(text) not in _NO
