"""How files of orders, order lines, products and customers make sales together, in words and as `.sql` files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kam.intake.concepts import fold, meanings
from kam.intake.raw import literal, quote
from kam.intake.shared_ids import Link, key

MONEY = {"net_amount": 4, "amount_with_tax": 7, "unit_price": 5, "list_amount": 8, "list_price": 7}
_OF_LINES = (
    *MONEY,
    "order_amount",
    "tax_amount",
    "discount",
    "cost_amount",
    "unit_cost",
    "profit",
    "quantity",
    "product_id",
    "product_name",
)
_OF_PRODUCTS = {
    "list_price": {"list_price": 7},
    "unit_cost": {"unit_cost": 8, "cost_amount": 7},
    "unit_price": {"unit_price": 5, "net_amount": 7},
}
"""What a file of products can tell of a line: what a name must mean there, and how surely. All are of one piece."""
_HAVE = {
    "list_price": {"list_price": 7, "list_amount": 8},
    "unit_cost": {"unit_cost": 7, "cost_amount": 7, "profit": 8},
    "unit_price": MONEY,
}
_NAMELESS = re.compile(r"column \d+|.*\u200b", re.DOTALL)


def means(name: str, wanted: Mapping[str, int]) -> int:
    """Say how surely a name means one of the wanted columns of sales, each with the least that will do; 0 is no.

    >>> means("MSRP", {"list_price": 7}), means("Datum", {"list_price": 7})
    (7, 0)
    """
    found = meanings(name)
    return max((found[column] for column, least in wanted.items() if found.get(column, 0) >= least), default=0)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or several with the same columns: their names, where they lie, and their columns."""

    names: tuple[str, ...]
    paths: tuple[Path, ...]
    columns: tuple[str, ...]

    @property
    def label(self) -> str:
        """The files as a reader names them."""
        return " and ".join(self.names)

    def any_means(self, wanted: Mapping[str, int]) -> bool:
        """Say whether a column means one of the wanted columns of sales."""
        return any(means(name, wanted) for name in self.columns)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which file is what, and how they hang together; `queries` writes what makes a book of them."""

    lines: Source
    orders: Source
    by_order: Link
    date: str | None  # the column of the orders that is the day, if one says it best
    account: str | None  # likewise the customer
    product: str | None  # likewise of the lines the product
    products: Source | None = None
    by_product: Link | None = None
    accounts: Source | None = None
    by_account: Link | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that are read."""
        return tuple(
            name for each in (self.lines, self.orders, self.products, self.accounts) if each for name in each.names
        )

    @property
    def without_order(self) -> int:
        """How many lines find no order: they have no day and no customer."""
        return self.by_order.rows - self.by_order.found

    @property
    def not_taken(self) -> list[str]:
        """The order's columns that would be taken for the line's: its total, its tax, its discount."""
        return [name for name in self.orders.columns if name not in _of_order(self) and _speaks_of_lines(name)]

    @property
    def why(self) -> str:
        """What speaks for it, with what finds nothing."""
        by = self.by_order
        holds = f"{self.lines.label} holds order lines and {self.orders.label} their orders"
        said = [f"{holds}: {by.found:,} of {by.rows:,} lines find their order by {_pair(by)}."]
        if self.without_order:
            said.append(
                f"Without an order, so without day and customer, and to be refused: {self.without_order:,} lines."
            )
        if by.idle:
            said.append(f"Orders without lines: {by.idle:,}.")
        if self.products and self.by_product:
            by = self.by_product
            said.append(f"In {self.products.label} {by.found:,} lines find their product by {_pair(by)}.")
        if self.accounts and self.by_account:
            by = self.by_account
            said.append(
                f"In {self.accounts.label} {by.found:,} of {by.rows:,} orders find their customer by {_pair(by)}."
            )
        if self.not_taken:
            said.append(
                f"Not taken from {self.orders.label}, for it is of the whole order: {', '.join(self.not_taken)}."
            )
        return " ".join(said)

    def queries(self, called: Mapping[str, str] | None = None) -> dict[str, str]:
        """Write the `.sql` of each table, by its name: sales, and accounts and products where there are such files.

        `called` says how files are called in the book's folder where that is not their own name.
        """
        names = called or {}
        written = {"sales": _sales(self, names)}
        if self.accounts and self.by_account:
            written["accounts"] = _register(self.accounts, self.by_account, "account_id", names)
        if self.products and self.by_product:
            written["products"] = _register(self.products, self.by_product, "product_id", names)
        return written


def _pair(by: Link) -> str:
    return by.source if by.source == by.target else f"{by.source} = {by.target}"


def _sales(made: Proposal, called: Mapping[str, str]) -> str:
    joins = [("o", made.orders, made.by_order)]
    if made.products and made.by_product and _of_product(made):
        joins.append(("p", made.products, made.by_product))
    columns = ",\n".join(f"    {value} as {quote(alias)}" for value, alias in _selected(made))
    tables = "".join(
        f"\nleft join {_table(source, called)} as {short}"
        f"\n    on {key(_of(short, by.target), loose=by.loose)} = {key(_of('l', by.source), loose=by.loose)}"
        for short, source, by in joins
    )
    comment = "-- One row is an order line; orders without lines are in no figure."
    return f"{comment}\nselect\n{columns}\nfrom {_table(made.lines, called)} as l{tables}\n"


def _selected(made: Proposal) -> Iterator[tuple[str, str]]:
    """Choose the columns: the lines' own, then what these lack of the order's, then prices of the product's."""
    known = {made.by_order.source: "order_id"} | ({made.product: "product_id"} if made.product else {})
    lines = {
        name: known.get(name, name)
        for name in made.lines.columns
        if name in known or fold(name) not in map(fold, known.values())
    }
    respelled = [("l", by.source) for by in (made.by_product,) if by and by.respelled]
    respelled += [("o", by.source) for by in (made.by_account,) if by and by.respelled]
    taken: set[str] = set()
    for short, aliases in (("l", lines), ("o", _of_order(made)), ("p", _of_product(made))):
        for name, alias in aliases.items():
            if _NAMELESS.fullmatch(name) or (short != "l" and fold(alias) in taken):
                continue
            taken.add(fold(alias))
            yield key(_of(short, name), loose=True) if (short, name) in respelled else _of(short, name), alias


def _of_order(made: Proposal) -> dict[str, str]:
    """Say which columns of the order are taken, each with what it is called."""
    given = {name: column for name, column in ((made.date, "order_date"), (made.account, "account_id")) if name}
    own = {fold(name) for name in [*made.lines.columns, *given.values()]}
    goods = made.lines.any_means(MONEY) or "unit_price" in _of_product(made).values()
    return {
        name: given.get(name, name)
        for name in made.orders.columns
        if name != made.by_order.target
        and (name in given or (fold(name) not in own and not (goods and _speaks_of_lines(name))))
    }


def _speaks_of_lines(name: str) -> bool:
    meant = meanings(name)
    return any(column in meant for column in _OF_LINES) and max(meant, key=lambda column: meant[column]) in _OF_LINES


def _of_product(made: Proposal) -> dict[str, str]:
    """Say which prices of the product are taken, each with what it is: those that the lines do not have."""
    if made.products is None:
        return {}
    taken: dict[str, str] = {}
    for column, wanted in _OF_PRODUCTS.items():
        free = [name for name in made.products.columns if name not in taken and means(name, wanted)]
        if free and not made.lines.any_means(_HAVE[column]):
            taken[max(free, key=lambda name: means(name, wanted))] = column
    return taken


def _register(source: Source, by: Link, column: str, called: Mapping[str, str]) -> str:
    own = _of("t", by.target)
    others = [name for name in source.columns if name != by.target and fold(name) != fold(column)]
    rest = "".join(f",\n    {_of('t', name)} as {quote(name)}" for name in others if not _NAMELESS.fullmatch(name))
    value = key(own, loose=True) if by.respelled else own
    return f"select\n    {value} as {quote(column)}{rest}\nfrom {_table(source, called)} as t\n"


def _table(source: Source, called: Mapping[str, str]) -> str:
    names = [literal(called.get(name, name)) for name in source.names]
    return names[0] if len(names) == 1 else f"(from {' union all by name from '.join(names)})"


def _of(short: str, name: str) -> str:
    return f"{short}.{quote(name)}"


def best(columns: Sequence[str], wanted: Mapping[str, int]) -> list[str]:
    """List the columns that mean something wanted, the surest first; equally sure ones in the file's order.

    >>> best(["orderDate", "requiredDate", "status"], {"order_date": 2})
    ['orderDate', 'requiredDate']
    """
    return sorted((name for name in columns if means(name, wanted)), key=lambda name: -means(name, wanted))
