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
    r"|quote accepted|accepted quote|uncancel|credit card|kreditkarte|credit limit"
)
_NEGATES = re.compile(r"\b(not|non|nicht|no|un)\b .*\w")
_REVERSES = re.compile(r"\bstorno(?!ni)\w*|\b(cancellation|annulation|anulacion|reversal|reversing)\b")
_CODES: tuple[dict[str, str | None], ...] = (  # the kinds of documents of one system, which are no words
    {"si": "sale", "sc": "refund", "sr": "payment", "sa": "payment", "sd": "payment"},  # Sage
    {"f1": "sale", "f2": "sale", "l2": "sale", "re": "refund", "g2": "refund", "s1": "refund", "s2": "sale"},  # SAP
    {
        "inv": "sale",
        "cm": "refund",
        "cn": "refund",
        "cr": "refund",
        "dn": None,  # a debit note, or a delivery note
        "dm": "sale",
        "pmt": "payment",
        "pay": "payment",
        "rct": "payment",
        "rcpt": "payment",
    },
    {"fv": "sale", "fs": "sale", "pa": "sale", "kfv": "refund", "kfs": "refund", "wz": None, "pz": None},  # Comarch
    {"re": "sale", "rg": "sale", "gs": "refund", "gu": "refund", "zl": "payment"},  # Rechnung, Gutschrift
    {"rv": "sale", "dr": "sale", "dg": "refund", "rg": "refund", "dz": "payment", "zp": "payment"},  # SAP
)
_NO = frozenset([*map(plain, wordlists("lines")["no"]), "-", "tno"])


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
    if _NEGATES.search(words):  # not cancelled is a sale, not approved may be none
        return "ask" if found in ("ask", "sale") else "sale" if found else None
    return "ask" if found == "refund" and _PARTLY.search(words) else found


def kind_of_document(text: str) -> str | None:
    """Say what a kind of document means: "refund" (counts negative), "quote", "payment" ... (left out), or None.

    >>> [
    ...     kind_of_document(text)
    ...     for text in ("Invoice", "Credit Note", "Stornorechnung", "برگشت از فروش", "Estimate", "Payment")
    ... ]
    ['sale', 'refund', 'refund', 'refund', 'quote', 'payment']
    """
    words = plain(text)
    if not words:
        return None
    if _NOT.search(words):
        return "sale"
    if _REVERSES.search(words):
        return "refund"
    found = next((meaning for meaning in (*OUT, "refund", "payment", "sale") if _PATTERNS[meaning].search(words)), None)
    if found == "payment" and "sales" in words:
        return "sale"
    return found or ("sale" if ideas(text) & {"invoice", "order", "revenue", "product", "ledger", "line"} else None)


def kinds_of_documents(states: list[str]) -> dict[str, str | None]:
    """Say what each kind of document of one column means, in words or in the codes of a system all of them belong to.

    >>> kinds_of_documents(["SI", "SC", ""]), kinds_of_documents(["SI", "Angebot"])
    ({'SI': 'sale', 'SC': 'refund', '': None}, {'SI': None, 'Angebot': 'quote'})
    """
    filled = {state.casefold() for state in states if state}
    codes = next((codes for codes in _CODES if len(filled) > 1 and filled <= codes.keys()), None)
    if codes is not None:
        return {state: codes.get(state.casefold()) for state in states}
    return {state: kind_of_document(state) for state in states}


def is_a_step(text: str) -> bool:
    """Say whether a kind of document comes before an invoice: an order, or a delivery.

    >>> [is_a_step(text) for text in ("Sales Order", "Lieferschein", "Invoice", "Order invoice")]
    [True, True, False, False]
    """
    words = plain(text)
    return bool(_PATTERNS["step"].search(words)) and ("invoice" not in ideas(text) or words.startswith("bon de "))


def kinds_of_states(states: list[str]) -> dict[str, str | None]:
    """Say what each status of one column means; beside won deals and invoiced orders others may be no sales yet.

    >>> kinds_of_states(["Won", "Open", "Lost"]), kinds_of_states(["Invoiced", "Open order"])
    ({'Won': 'sale', 'Open': 'ask', 'Lost': 'ask'}, {'Invoiced': 'sale', 'Open order': 'ask'})
    >>> kinds_of_states(["Paid", "Open"])
    {'Paid': 'sale', 'Open': 'sale'}
    """
    kinds = {state: kind_of_status(state) for state in states}
    won = [state for state in states if _PATTERNS["won"].search(plain(state))]
    invoiced = any(_PATTERNS["invoiced"].search(plain(state)) for state in states)
    unsure = [
        state
        for state, kind in kinds.items()
        if state
        and kind in (None, "sale")
        and state not in won
        and (won or (invoiced and _PATTERNS["early"].search(plain(state))))
    ]
    return kinds | dict.fromkeys(unsure, "ask")


def says_cancelled(text: str) -> bool:
    """Say whether a cell of a column named "cancelled" says so: a yes, or the day it was.

    >>> [says_cancelled(text) for text in ("Y", "tYES", "2025-03-01", "N", "", "tNO")]
    [True, True, True, False, False, False]
    """
    return plain(text) not in _NO
