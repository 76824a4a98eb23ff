"""Orders in one file and their lines in another: found by names and values, and offered as one table of sales."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kam.base.errors import BookError, IntakeError, NoSalesError
from kam.intake.concepts import fold, ideas, meanings
from kam.intake.files import Found, find_tables, is_data
from kam.intake.peek import Peek, guess_table, peek
from kam.intake.proposal import MONEY, Proposal, Source, best, means
from kam.intake.shared_ids import Link, link, stage

_ORDER = {"order_id": 6}
_MAYBE_ORDER = {"order_id": 2}
_DAY = {"order_date": 2}
_BUYER = {"account_id": 2, "account_name": 5}
_GOODS = {"product_id": 5, "product_name": 5}
_PIECES = {"quantity": 5}
_MOST_LOOKED_INTO = 200


class JoinOfferedError(BookError):
    """There is no file of sales, and files that make one together: how is said in words and as files to add."""

    def __init__(self, message: str, proposal: Proposal) -> None:
        super().__init__(message)
        self.proposal = proposal


def proposed(files: Sequence[tuple[str, Peek]]) -> Proposal | None:
    """Find a file of orders and a file of their lines, and the products and customers that belong to them.

    An order has a number, a day and a customer, and stands once; a line has the number of an order that is there, and
    a product or a quantity. Files with the same columns count as one. Other files may lie beside and stay unused.
    None where nothing belongs together so.
    """
    sources = _sources(files)
    pairs = [
        (lines, orders)
        for lines in sorted(filter(_can_be_lines, sources), key=_likeness, reverse=True)
        for orders in sources
        if orders is not lines and _can_be_orders(orders)
    ]
    if not pairs:
        return None
    with tempfile.TemporaryDirectory(prefix="kam-join-") as work, duckdb.connect(Path(work) / "join.duckdb") as cursor:
        search = _Search(cursor, sources)
        return next((made for lines, orders in pairs if (made := search.pair(lines, orders)) is not None), None)


def book_tables(folder: Path, files: list[Path]) -> dict[str, Found]:
    """Say which files hold which table, as `find_tables` does; where none is sales, offer those that make it together.

    Raises
    ------
    JoinOfferedError
        Files of the folder are the sales if they are joined.
    BookError
        As `find_tables`.
    """
    try:
        return find_tables(folder, files)
    except NoSalesError as error:
        made = proposed(_looked_into(folder, files))
        if made is None:
            raise
        shown = "\n".join(f"{table}.sql:\n{text}" for table, text in made.queries().items())
        message = (
            f"{folder} holds no file named sales, and files that make one together. {made.why} To have them read so,"
            f" put these files into the folder:\n\n{shown}\nNothing was changed."
        )
        raise JoinOfferedError(message, made) from error


def accept(folder: Path, made: Proposal) -> list[Path]:
    """Put the `.sql` files of a proposal into the folder of its files; return what was written.

    Raises
    ------
    BookError
        A file of that name is there, or the folder cannot be written; what was begun is taken away again.
    """
    written: list[Path] = []
    try:
        for table, text in made.queries().items():
            path = folder / f"{table}.sql"
            with path.open("x", encoding="utf-8", newline="\n") as target:
                written.append(path)
                target.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise BookError(
            f"{error.filename or folder} cannot be written: {error.strerror}. Nothing was changed."
        ) from error
    return written


def _looked_into(folder: Path, files: list[Path]) -> list[tuple[str, Peek]]:
    seen = []
    for path in files[:_MOST_LOOKED_INTO]:
        if is_data(path.name):
            try:
                seen.append((path.relative_to(folder).as_posix(), peek(path)))
            except IntakeError:  # what cannot be read joins nothing; it is named when the folder is opened
                continue
    return seen


def _sources(files: Sequence[tuple[str, Peek]]) -> list[Source]:
    """Put files with the same columns together: one export for each year, or each branch."""
    alike: dict[tuple[str, ...], list[tuple[str, Peek]]] = {}
    for name, seen in files:
        alike.setdefault(tuple(seen.names), []).append((name, seen))
    return [
        Source(tuple(name for name, _ in group), tuple(seen.path for _, seen in group), columns)
        for columns, group in alike.items()
    ]


def _can_be_lines(source: Source) -> bool:
    """Say whether names speak of goods, and not of all that makes sales by itself."""
    whole = all(source.any_means(wanted) for wanted in ({"order_date": 5}, {"account_id": 4, "account_name": 5}, MONEY))
    return not whole and (source.any_means(_GOODS) or source.any_means(_PIECES))


def _can_be_orders(source: Source) -> bool:
    goods = [name for name in source.columns if means(name, {"product_id": 8}) and "order" not in ideas(name)]
    return not goods and source.any_means(_DAY) and source.any_means(_BUYER)


def _likeness(source: Source) -> int:
    return sum(source.any_means(wanted) for wanted in (_ORDER, _GOODS, _PIECES, MONEY))


@dataclass(slots=True)
class _Search:
    """The files, each staged when its values are first asked for."""

    cursor: duckdb.DuckDBPyConnection
    sources: list[Source]
    staged: dict[int, str | None] = field(default_factory=dict)

    def pair(self, lines: Source, orders: Source) -> Proposal | None:
        """Say how lines and orders hang together, with their products and customers; None if they do not."""
        by_order = self._by_order(lines, orders)
        if by_order is None:
            return None
        others = [source for source in self.sources if source not in (lines, orders)]
        goods = [name for name in best(lines.columns, _GOODS) if name != by_order.source]
        goods = sorted(goods, key=lambda name: "order" in ideas(name)) or _priced_elsewhere(lines, by_order, others)
        products, by_product = self._register(lines, goods, others, "products", {"product_id": 5, "product_name": 5})
        buyers = [name for name in best(orders.columns, _BUYER) if name != by_order.target]
        rest = [source for source in others if source is not products]
        accounts, by_account = self._register(orders, buyers, rest, "accounts", _BUYER)
        made = Proposal(
            lines,
            orders,
            by_order,
            date=_surest(orders.columns, _DAY),
            account=by_account.source if by_account else _surest(buyers, _BUYER),
            product=by_product.source if by_product else next((name for name in goods if means(name, _GOODS)), None),
            products=products,
            by_product=by_product,
            accounts=accounts,
            by_account=by_account,
        )
        priced = products is not None and products.any_means(MONEY)
        return made if lines.any_means(MONEY) or priced or orders.any_means(MONEY | {"order_amount": 5}) else None

    def _by_order(self, lines: Source, orders: Source) -> Link | None:
        for pair in sorted(_order_columns(lines, orders), key=lambda each: -each.likely):
            by = self._link(lines, pair.own, orders, pair.other)
            if by is not None and (by.repeats or pair.sure):
                return by
        return None

    def _register(
        self, source: Source, columns: list[str], others: list[Source], table: str, wanted: dict[str, int]
    ) -> tuple[Source | None, Link | None]:
        """Find the file in which each product or customer stands once, with the column that tells which."""
        for column in columns:
            for other in sorted(others, key=lambda each: guess_table(each.names[0], [*each.columns]) != table):
                named = guess_table(other.names[0], [*other.columns]) == table
                for name in other.columns:
                    meant = means(name, wanted) or fold(name) == fold(column) or (named and ideas(name) == {"id"})
                    if meant and (by := self._link(source, column, other, name)) is not None:
                        return other, by
        return None, None

    def _link(self, left: Source, source: str, right: Source, target: str) -> Link | None:
        here, there = self._stage(left), self._stage(right)
        return link(self.cursor, (here, source), (there, target)) if here and there else None

    def _stage(self, source: Source) -> str | None:
        number = self.sources.index(source)
        if number not in self.staged:
            relation = f"file_{number}"
            try:
                stage(self.cursor, relation, source.paths, source.columns)
            except IntakeError:  # what cannot be read joins nothing; it is named when it is read as a table
                relation = None
            self.staged[number] = relation
        return self.staged[number]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A column of the lines and one of the orders that can both be the order's number.

    A pair that is not sure ("No." in both) must show in its values: some order has several lines.
    """

    own: str
    other: str
    likely: int
    sure: bool


def _order_columns(lines: Source, orders: Source) -> Iterator[_Pair]:
    for own in lines.columns:
        for other in orders.columns:
            mine, theirs = means(own, _MAYBE_ORDER), means(other, _MAYBE_ORDER)
            same = fold(own) == fold(other)
            likely = mine + theirs + 10 * same
            said = same or means(own, _ORDER) or means(other, _ORDER)
            elsewise = (meanings(own) and not mine) or (meanings(other) and not theirs)
            if mine and theirs:
                yield _Pair(own, other, likely, sure=bool(means(own, _ORDER)))
            elif said and not elsewise:
                yield _Pair(own, other, likely, sure=False)


def _priced_elsewhere(lines: Source, by_order: Link, others: list[Source]) -> list[str]:
    """List the columns that number something in the lines and in a file of prices: "TrackId", where tracks are sold."""
    priced = {fold(name) for other in others if other.any_means(MONEY) for name in other.columns}
    return [
        name
        for name in lines.columns
        if ideas(name) == {"id"} and fold(name) in priced and name not in (by_order.source, by_order.target)
    ]


def _surest(columns: Sequence[str], wanted: dict[str, int]) -> str | None:
    """Name the column that says best what it is; None where two say it equally well."""
    found = best(columns, wanted)
    if not found or (len(found) > 1 and means(found[0], wanted) == means(found[1], wanted)):
        return None
    return found[0]
