"""Which column is the customer, the order, the product, and which name and group them: names propose, values decide."""

import re

from kam.intake.column_matching import Match
from kam.intake.concepts import ideas
from kam.intake.currencies import CODES
from kam.intake.look import Look, choose
from kam.intake.raw import raw_name
from kam.intake.reading import MONEY, TEXTS, Note

_THE_COMPANY_S = {"base", "party"}  # local currency, company code currency
_SAMPLE = 20_000
_FEW_CURRENCIES = 12
_BARE_NAME = 3
_MOSTLY_ONE = 1.5
_MANY_A_NAME = 3  # ids a name: more are no names of theirs


def choose_people_and_goods(look: Look) -> None:
    """Take the columns of customer, order and product, and of the names beside them."""
    _leave_ledgers(look)
    for column in ("account_id", "order_id", "product_id"):
        _choose_text(look, column)
    for column, id_column in (("account_name", "account_id"), ("product_name", "product_id")):
        names = [name for name in look.ranked.get(column, {}) if name not in look.used.values()]
        names = names or _names_beside(look, id_column)
        if not names:
            continue
        strength = look.ranked[column].get(names[0], 0)
        if column == "account_name" and strength <= _BARE_NAME and _names_products(look, names[0]):
            look.ranked["product_name"] = {names[0]: 4} | look.ranked.get("product_name", {})
            names = _names_beside(look, id_column)
            if not names:
                continue
        own = look.used.get(id_column)
        if column == "account_name" and own is not None and _is_shared(look, names[0]):
            continue  # it names something that many of them share
        if own is None or _stronger(look, id_column, own, names[0], strength):
            if own is not None:
                del look.used[id_column]
                look.reading.matches = [match for match in look.reading.matches if match.column != id_column]
                look.reading.notes.append(
                    Note("other candidate", "note", f"{own} could be the customer, too; {names[0]} names it")
                )
            if strength > 3 or column == "account_name":  # noqa: PLR2004 - "Name" alone names no product
                look.used[id_column] = names[0]
                look.reading.matches.append(Match(id_column, names[0], look.how.get((column, names[0]), "guessed")))
        else:
            choose(look, column, names[0])


def _leave_ledgers(look: Look) -> None:
    """Take no account of a ledger for a customer where another column names many more: "4000 Sales" beside Contact."""
    roles = [look.ranked.get(role, {}) for role in ("account_id", "account_name")]
    names = dict.fromkeys(name for ranked in roles for name in ranked if look.how.get(("account_id", name)) is None)
    ledgers = [name for name in names if "ledger" in ideas(name) and "customer" not in ideas(name)]
    others = [name for name in names if "ledger" not in ideas(name)]
    if not ledgers or not others:
        return
    most = max(_distinct(look, name) for name in others)
    for name in (name for name in ledgers if _MANY_A_NAME * _distinct(look, name) <= most):
        for ranked in roles:
            ranked.pop(name, None)
        look.reading.notes.append(Note("other candidate", "note", f"{name} is the ledger's account, not the customer"))


def _names_products(look: Look, name: str) -> bool:
    """Say whether a bare "Name" hangs on the product and not on the customer: one name each, however many customers."""
    product = look.used.get("product_id")
    if product is None:
        return False
    account = raw_name(look.used["account_id"]) if "account_id" in look.used else "''"
    row = look.cursor.execute(
        f"select count(distinct p), count(distinct (p, n)), count(distinct a), count(distinct (a, n)) from (select"
        f" {raw_name(product)}::varchar as p, {raw_name(name)}::varchar as n, {account}::varchar as a"
        f" from {look.part.relation} limit {_SAMPLE})"
    ).fetchall()[0]
    products, of_products, accounts, of_accounts = row
    return of_products <= 1.05 * products and of_accounts > 1.2 * accounts


def _names_beside(look: Look, id_column: str) -> list[str]:
    """Find a column called as the customer or product itself beside the one with its number: it holds the names."""
    own = look.used.get(id_column)
    if own is None or "id" not in ideas(own):
        return []
    kind = {"account_id": "customer", "product_id": "product"}[id_column]
    others = [name for name in look.ranked.get(id_column, {}) if name not in look.used.values()]
    return [
        name
        for name in others
        if ideas(name) in ({kind}, {"party"}, {kind, "party"}) and name not in look.reading.numbers
    ][:1]


def _stronger(look: Look, id_column: str, own: str, name: str, strength: int) -> bool:
    """Say whether a name column says more clearly who it is than the id column: "Customer Name" before "Account".

    A customer's number that is the same on all lines, where the names differ, is the number of something else.
    """
    if look.how.get((id_column, own)) in ("declared", "same name", "recipe"):
        return False
    if look.ranked[id_column][own] < strength - 3:
        return True
    return id_column == "account_id" and _distinct(look, own) == 1 < _distinct(look, name)


def _distinct(look: Look, name: str) -> int:
    rows = look.cursor.execute(
        f"select count(distinct nullif(trim({raw_name(name)}::varchar), '')) from {look.part.relation}"
    ).fetchall()
    return int(rows[0][0])


def _choose_text(look: Look, column: str) -> None:
    ranked = look.ranked.get(column, {})
    free = [name for name in ranked if name not in look.used.values()]
    fitting = [name for name in free if _fits_id(look, column, name, ranked[name])]
    if not fitting:
        return
    best = fitting[0]
    choose(look, column, best)
    others = [name for name in fitting[1:] if ranked[name] > 2 and "name" not in ideas(name)]  # noqa: PLR2004
    if others and column == "account_id":
        told = f"{', '.join(others[:3])} could be the customer, too; {best} says it more clearly"
        look.reading.notes.append(Note("other candidate", "note", told))


def _fits_id(look: Look, column: str, name: str, strength: int) -> bool:
    if look.how.get((column, name)) in ("declared", "same name", "recipe"):
        return True
    if look.types[name].startswith(("DATE", "TIMESTAMP", "BOOLEAN")):
        return False
    first = (
        f"(select nullif(trim({raw_name(name)}::varchar), '') as v from {look.part.relation} limit {_SAMPLE}) as first"
    )
    weak_order = column == "order_id" and strength <= 2  # noqa: PLR2004 - only "No." or "Reference"
    weak_account = column == "account_id" and strength <= 4  # noqa: PLR2004 - a ledger, a party, a payer
    if not weak_order and not weak_account:
        return bool(look.cursor.execute(f"select 1 from {first} where v is not null limit 1").fetchall())
    total, filled, distinct = look.cursor.execute(
        f"select count(*), count(v), count(distinct v) from {first}"
    ).fetchall()[0]
    if weak_order:
        return 1 < distinct < filled and _of_one_customer(look, name)
    return filled > 0 and (distinct < total or total < 5)  # noqa: PLR2004 - one a line is no customer


def _of_one_customer(look: Look, order: str) -> bool:
    """Say whether most numbers of a column stand on lines of one customer alone, as those of orders do."""
    if "account_id" not in look.used:
        return True
    orders, pairs = look.cursor.execute(
        f"select count(distinct o), count(distinct (o, a)) from (select {raw_name(order)}::varchar as o,"
        f" {raw_name(look.used['account_id'])}::varchar as a from {look.part.relation} limit {_SAMPLE})"
    ).fetchall()[0]
    return pairs <= _MOSTLY_ONE * orders


def choose_attributes(look: Look) -> None:
    """Take what else hangs on customer and product, and the currency."""
    for column in (
        "currency",
        "parent",
        "industry",
        "region",
        "manager",
        "category",
        "product_kind",
        "account_name",
        "product_name",
    ):
        if column in look.used:
            continue
        for name in look.ranked.get(column, {}):
            if (
                name in look.used.values()
                or name in look.reading.numbers
                or (column == "currency" and not _is_of_the_amount(look, name))
                or (column == "account_name" and _is_shared(look, name))
            ):
                continue
            choose(look, column, name)
            break
    look.reading.texts = {column: source for column, source in look.used.items() if column in TEXTS}


def _is_shared(look: Look, name: str) -> bool:
    """Say whether a name stands for many customers at once: it names something else."""
    return _MANY_A_NAME * _distinct(look, name) < _distinct(look, look.used["account_id"])


def converted_amounts(look: Look) -> set[str]:
    """Name the amounts in the company's own currency, or one they name, where others are in several currencies."""
    columns = [name for name in look.ranked.get("currency", {}) if not _THE_COMPANY_S & ideas(name)]
    if not any(1 < _distinct(look, name) <= _FEW_CURRENCIES for name in columns):
        return set()
    amounts = {name for role in MONEY for name in look.ranked.get(role, {})}
    return {name for name in amounts if _is_converted(name)}


def _is_converted(name: str) -> bool:
    return "base" in ideas(name) or not CODES.isdisjoint(re.findall(r"[A-Z]{3}", name))


def _tell_converted(look: Look, currency: str, amount: str) -> None:
    """Say that an amount is taken to be in one currency; with a warning where no other one is in those of the lines."""
    beside = any(not _is_converted(name) for name in look.ranked.get("net_amount", {}) if name != amount)
    told = f"{amount} is by its name in one currency; those in {currency} are taken for the ones of other amounts"
    look.reading.notes.append(Note("one currency", "note" if beside else "warning", told))


def _is_of_the_amount(look: Look, name: str) -> bool:
    """Say whether a column holds the currencies of the amount: the company's own where it is converted to that."""
    net = look.reading.net
    if net is not None and look.how.get(("currency", name)) != "declared":
        converted = "base" in ideas(net.source) or (_is_converted(net.source) and _distinct(look, name) > 1)
        own = bool(_THE_COMPANY_S & ideas(name))
        others = any(not _THE_COMPANY_S & ideas(other) for other in look.ranked["currency"])
        if converted != own and (converted or others):
            if _distinct(look, name) > 1:
                _tell_converted(look, name, net.source)
            return False
    rows = look.cursor.execute(
        f"select distinct trim({raw_name(name)}::varchar) from {look.reading.relation} limit 200"
    ).fetchall()
    words = [word for (word,) in rows if word]
    codes = bool(words) and all(len(word) <= 4 and not word.isdigit() for word in words)  # noqa: PLR2004 - EUR, Rs., тг
    named = 1 < len(words) <= _FEW_CURRENCIES and not any(re.search(r"\d", word) for word in words)  # US Dollar, Euro
    return codes or named
