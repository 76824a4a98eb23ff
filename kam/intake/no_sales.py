"""Lines that a word in one of their columns calls no sale: a tax, a total, an opening balance, a budget, a cost."""

import re
from collections.abc import Callable, Iterable, Sequence

from kam.intake.concepts import ideas, says_more, unified
from kam.intake.look import Look
from kam.intake.raw import raw_name
from kam.intake.status import kind_of_document, kind_of_status
from kam.intake.totals import plain
from kam.intake.wordlists import wordlists

_MOST_LINES = 2_000_000  # of more lines than this the columns are not searched: it would take seconds
_MOST_WORDS = 20_000
_FEW_WORDS = 60  # an unused column with more different texts tells of each line, not of kinds of lines
_FEW_STATES = 8
_FEWEST, _AS_A_RULE = 3, 0.9  # orders whose sums speak, and how many of them must agree
_SHARE_ASKED = 0.01
_HALF = 0.5
_PERCENT = 100
_TAX = frozenset(["tax", "percent", "total", "including", "amount", "invoice", "revenue", "line"])
_COST = frozenset(["cost", "profit", "quantity", "product", "total", "revenue", "gross"])
_SOLD = frozenset(["revenue", "product", "net", "total"])
_WORDS = {kind: frozenset(map(plain, words)) for kind, words in wordlists("lines").items()}
_TOTALS = frozenset(piece for word in _WORDS["total"] for piece in word.split(" "))
_TAXES = frozenset(map(plain, wordlists("ideas")["tax"]))
_TELLS = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(_TAXES | _TOTALS | _WORDS['all'] | _WORDS['balance'])))})(?!\w)"
)
_FEW_PIECES = 4  # "Output VAT 20 %"; a product's name is longer
_LONGEST = 40
Word = tuple[str, int, float, int]  # a text of a column, its lines, their money, and how many are positive
Kind = Callable[[str, str, frozenset[str]], bool]


def find_no_sales(look: Look) -> None:
    """Leave open whether lines count that are called a tax, a total, a balance, a budget or a cost."""
    if look.reading.rows > _MOST_LINES or look.reading.net is None:
        return
    _find_sums_of_orders(look)
    told: set[tuple[int, float]] = set()
    who = [look.used.get(column) for column in ("account_id", "account_name")]
    for name, most in _columns(look).items():
        short = {word: plain(word) for word in _texts(look, name, most)}
        marks = () if most == _MOST_WORDS else (_is_cancelled, _flag(name, short))
        kinds = _OF_CUSTOMERS if name in who else (*_KINDS, *marks)
        called = _called(short, kinds, said=look.said(name))
        may_have_come_back = most == _FEW_WORDS and _may_have_come_back(name, short)
        if not called and not may_have_come_back:
            continue
        rows = _by_word(look, name)
        whole = sum(abs(money) for _, _, money, _ in rows) or 1.0
        for kind, texts in called.items():
            found = [row for row in rows if row[0] in texts]
            if kind is _is_total_of_customers:
                found = _but_customers(found, rows)
            lines, money = sum(row[1] for row in found), sum(row[2] for row in found)
            some = len(found) < len(rows) or (
                kind in marks and lines < _HALF * look.reading.rows
            )  # the others are blank
            if found and some and abs(money) > _SHARE_ASKED * whole and (lines, money) not in told:
                told.add((lines, money))
                look.unclear.append((name, [row[0] for row in found], lines, money, "leave_out"))
        if may_have_come_back and (back := _came_back(name, rows)):
            found = [row for row in rows if row[0] in back and row[0].casefold() not in look.said(name)]
            lines, money = sum(row[1] for row in found), sum(row[2] for row in found)
            if money > _SHARE_ASKED * whole and (lines, money) not in told:
                told.add((lines, money))
                look.unclear.append((name, [row[0] for row in found], lines, money, "returns"))


def _called(short: dict[str, str], kinds: Sequence[Kind], *, said: set[str]) -> dict[Kind, list[str]]:
    """Find the texts of a column that call a line no sale, by kind; `short` are all of them as `plain` writes them."""
    words = frozenset(short.values())
    telling = {word: plainly for word, plainly in short.items() if len(short) <= _FEW_WORDS or _TELLS.search(plainly)}
    called = {
        kind: [word for word, plainly in telling.items() if word.casefold() not in said and kind(word, plainly, words)]
        for kind in kinds
    }
    return {kind: texts for kind, texts in called.items() if texts}


def _find_sums_of_orders(look: Look) -> None:
    """Leave open whether lines without a product count that hold the sum of their order's others."""
    order, product = look.used.get("order_id"), look.used.get("product_id")
    if look.reading.net is None or order not in look.types or product not in look.types:
        return
    if "" in look.said(product):
        return
    blank = f"coalesce(trim({raw_name(product)}::varchar), '') = ''"
    orders, alike, lines, money = look.cursor.execute(
        "select count(*), count(*) filter (abs(sums - others) < 0.02), sum(lines), sum(sums)::double from ("
        " select sum(net) filter (blank) as sums, sum(net) filter (not blank) as others,"
        f" count(*) filter (blank) as lines from (select {raw_name(order)} as own, {blank} as blank,"
        f" {look.reading.amount(look.reading.net)} as net from {look.reading.relation})"
        " group by own having sums is not null and others is not null)"
    ).fetchall()[0]
    if orders >= _FEWEST and alike > _AS_A_RULE * orders:
        look.unclear.append((product, [""], int(lines), money, "leave_out"))


def _but_customers(found: list[Word], rows: list[Word]) -> list[Word]:
    """Leave out of customers called as totals those that buy as others do: one can be called Total."""
    others = sum(row[2] for row in rows if row not in found)
    bare = [row for row in found if plain(row[0]).strip("() ") in _WORDS["total"] | _WORDS["all"]]
    return [row for row in found if row not in bare or row[1] < _FEWEST or abs(row[2]) > _HALF * abs(others)]


def _may_have_come_back(name: str, short: dict[str, str]) -> bool:
    """Say whether a column nobody uses could tell which lines came back, by its name or by its texts."""
    return _says_refund(name) or (len(short) <= _FEW_STATES and "refund" in map(kind_of_document, short))


def _came_back(name: str, rows: list[Word]) -> set[str]:
    """Find the texts of a column nobody uses that say that lines came back while their amounts are positive."""
    about = ideas(name)
    if _says_refund(name) and all(plain(word) in _WORDS["yes"] | _WORDS["no"] for word, *_ in rows):
        return {word for word, *_ in rows if plain(word) in _WORDS["yes"]}
    if about & {"payment", "date"} or len(rows) > _FEW_STATES:
        return set()
    kinds = {word: kind_of_document(word) for word, *_ in rows if _says_only_a_kind(word)}
    back = {word for word, count, _, positive in rows if kinds.get(word) == "refund" and 2 * positive > count}
    return back if set(kinds.values()) - {"refund"} else set()


def _says_only_a_kind(word: str) -> bool:
    """Say whether each word of a text is known: "Return Line 4" and "Credit Note" are, "Returns & Totes" is not."""
    return all(kind_of_document(piece) == "refund" or not says_more(piece) for piece in plain(word).split())


def _says_chance(name: str) -> bool:
    return not _WORDS["chance"].isdisjoint(_words_of(name))


def _words_of(name: str) -> set[str]:
    return {unified(piece) for piece in re.findall(r"[A-Z]?[^\W_A-Z]+|[A-Z]+", name)}


def _says_refund(name: str) -> bool:
    return "refund" in ideas(name) or kind_of_document(name) == "refund"


def _columns(look: Look) -> dict[str, int]:
    """Name the columns of texts, each with how many different ones it may have."""
    who_and_what = ("account_id", "account_name", "product_id", "product_name", "category")
    used = [look.used[column] for column in who_and_what if look.used.get(column) in look.types]
    others = [
        name
        for name, typed in look.types.items()
        if name not in look.used.values()
        and (
            (typed in ("VARCHAR", "BOOLEAN") and name not in look.reading.numbers)
            or _says_refund(name)
            or _says_chance(name)
        )
    ]
    return dict.fromkeys(used, _MOST_WORDS) | dict.fromkeys(others, _FEW_WORDS)


def _texts(look: Look, name: str, most: int) -> list[str]:
    """Return the texts of a column; none of a column that has over `most`."""
    rows = look.cursor.execute(
        f"select distinct trim({raw_name(name)}::varchar) as word from {look.reading.relation}"
        f" where word <> '' limit {most + 1}"
    ).fetchall()
    return [word for (word,) in rows] if len(rows) <= most else []


def _by_word(look: Look, name: str) -> list[Word]:
    """Count the lines of each text of a column, their money, and how many are positive."""
    assert look.reading.net is not None  # noqa: S101 - asked before
    return look.cursor.execute(
        "select word, count(*), coalesce(sum(net), 0)::double, count(*) filter (net > 0) from"
        f" (select trim({raw_name(name)}::varchar) as word,"
        f" {look.reading.amount(look.reading.net)} as net from {look.reading.relation})"
        " where word <> '' group by word order by word"
    ).fetchall()


def _is_tax(word: str, short: str, _: frozenset[str]) -> bool:
    pieces = short.split(" ")
    return len(pieces) <= _FEW_PIECES and not _TAXES.isdisjoint(pieces) and ideas(word) <= _TAX and not says_more(word)


def _is_total(_: str, short: str, words: frozenset[str]) -> bool:
    """Say whether a text is a word for a total, or that with another text of the column: "Alpha Total" beside Alpha."""
    if short.strip("() ") in _WORDS["all"] or short in _WORDS["total"]:
        return True
    if _TOTALS.isdisjoint(short.split(" ")):
        return False
    parts = [(short[:at], short[at + 1 :]) for at, letter in enumerate(short) if letter == " "]
    return any(
        (end in _WORDS["total"] and begin in words) or (begin in _WORDS["total"] and end in words)
        for begin, end in parts
    )


def _is_total_of_customers(word: str, short: str, words: frozenset[str]) -> bool:
    """Say whether a customer is called as a total, or its name ends as one does: "North total"."""
    return _is_total(word, short, words) or any(short.endswith(f" {total}") for total in _WORDS["total"])


def _is_balance(_: str, short: str, __: frozenset[str]) -> bool:
    return short in _WORDS["balance"]


def _is_budget(_: str, short: str, words: frozenset[str]) -> bool:
    return short in _WORDS["budget"] and bool(words & _WORDS["actual"])


def _is_cost(word: str, short: str, words: frozenset[str]) -> bool:
    """Say whether a line of a ledger, or of a profit and loss account, is no revenue; that has a line of its own."""
    if len(word) > _LONGEST:
        return False
    about = ideas(word)
    is_cost = bool(about & {"cost", "profit", "quantity"}) and about <= _COST and not says_more(word)
    if not is_cost and short.lstrip("0123456789 -.") not in _WORDS["ledger"]:
        return False
    return any("revenue" in (other := ideas(each)) and other <= _SOLD for each in words)


def _flag(name: str, texts: Iterable[str]) -> Kind:
    """Return what says of a text in a column of yes and no, or of chances, that its lines do not count."""
    pieces = _words_of(name)
    if pieces & _WORDS["chance"]:
        return _less_than_sure(texts)
    if ideas(name) & {"customer", "product", "manager"}:  # whether a customer is active says nothing of the sale
        return lambda *_: False
    wrong = (_WORDS["no"] if pieces & _WORDS["good"] else frozenset()) | (
        _WORDS["yes"] if pieces & _WORDS["bad"] else frozenset()
    )
    return lambda _, short, words: short in wrong and words <= _WORDS["yes"] | _WORDS["no"]


def _less_than_sure(texts: Iterable[str]) -> Kind:
    """Return what says of a chance that it is less than 1, or than 100 where one without a percent sign is above 1."""
    bare = max((chance for text in texts if "%" not in text and (chance := _chance(text)) is not None), default=0.0)

    def is_unsure(word: str, _: str, __: frozenset[str]) -> bool:
        chance = _chance(word)
        return chance is not None and chance < (_PERCENT if "%" in word or bare > 1 else 1)

    return is_unsure


def _chance(word: str) -> float | None:
    bare = word.strip("% ").replace(",", ".")
    return float(bare) if re.fullmatch(r"\d+(\.\d+)?", bare) else None


def _is_cancelled(word: str, short: str, words: frozenset[str]) -> bool:
    """Say whether one text of few, a word or two, says that its line is cancelled, whatever its column is called."""
    if len(words) > _FEW_STATES or kind_of_status(word) not in ("cancelled", "void"):
        return False
    return all(kind_of_status(piece) in ("cancelled", "void") or not says_more(piece) for piece in short.split())


_KINDS: tuple[Kind, ...] = (_is_tax, _is_total, _is_balance, _is_budget, _is_cost)
_OF_CUSTOMERS: tuple[Kind, ...] = (_is_tax, _is_total_of_customers, _is_balance)
