"""Which rows of a text file or sheet are lines: totals, headings, footers and rules are not; cells are carried down."""

import re
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np

from kam.intake.amount_evidence import bounded
from kam.intake.number_marks import Numbers
from kam.intake.odd_rows import Keys, Odd, cell, odd_rows
from kam.intake.part import FILE, ROW, SHORT, Part
from kam.intake.raw import quote, raw_name
from kam.intake.totals import group_of, is_rule, is_total, plain, tells_total

HEADING = "‹heading›"
"""The column that holds the heading under which a line stands, where headings name the customer."""
_ORDER = "‹order›"
_FEWEST_HEADINGS = 2
_LEAST_CARRIED = 0.02
_CENT = 0.011
_NEARLY_ALL = 0.9
_FEWEST_ORDERS, _AS_A_RULE = 3, 0.8
_NUMBER = re.compile(r"[\d.,%()\s+−-]+")


@dataclass(slots=True)
class Lines:
    """The rows of a part that are lines, and what was left out."""

    relation: str
    rows: int
    left: dict[str, int] = field(default_factory=dict)  # why -> rows
    own_totals: dict[str, float] = field(default_factory=dict)  # amount column -> the file's own grand total
    carried: tuple[str, ...] = ()
    headings: bool = False
    outline: bool = False  # below the headings the customer's own column holds what was bought


def find_lines(cursor: duckdb.DuckDBPyConnection, part: Part, keys: Keys, numbers: dict[str, Numbers]) -> Lines:
    """Tell a part's lines from its other rows, and fill the cells that stand on an order's first line alone."""
    names = [name for name, _ in part.columns]
    if keys.date is None:
        return Lines(part.relation, part.rows)
    if _names_each_group_once(cursor, part, keys):
        keys = replace(keys, carry=(*keys.carry, keys.account or ""), down=(keys.account or "",))
    elif _names_each_order_once(cursor, part, keys):
        keys = replace(keys, carry=(*keys.carry, keys.account or ""))
    odd = odd_rows(cursor, part, keys, names)
    if not odd and not keys.carry:
        return Lines(part.relation, part.rows)
    found = _Search(cursor, part, keys, numbers, names, odd)
    return found.lines()


def _names_each_group_once(cursor: duckdb.DuckDBPyConnection, part: Part, keys: Keys) -> bool:
    """Say whether customers stand on the first line of their group alone, as a pivot table writes them."""
    if keys.account is None:
        return False
    name = cell(keys.account)
    row = cursor.execute(
        f"select count(*), count(*) filter ({name} <> ''), count(distinct {name}) filter ({name} <> ''),"
        f' min_by({name}, "{ROW}") from {part.relation} where ({keys.date}) is not null'
    ).fetchall()[0]
    lines, filled, different, first = row
    return lines > filled > 1 and filled < 0.8 * lines and different >= 0.95 * filled and bool(first)


def _names_each_order_once(cursor: duckdb.DuckDBPyConnection, part: Part, keys: Keys) -> bool:
    """Say whether customers stand on the first line of nearly every order of several lines, and there alone."""
    if keys.order is None or keys.account is None:
        return False
    name = cell(keys.account)
    orders, once = cursor.execute(
        "select count(*), count(*) filter (named = 1 and first <> '') from (select"
        f" count(*) filter ({name} <> '') as named, min_by({name}, \"{ROW}\") as first from {part.relation}"
        f" where ({keys.date}) is not null and {cell(keys.order)} <> '' group by {cell(keys.order)}"
        " having count(*) > 1)"
    ).fetchall()[0]
    return once >= _FEWEST_ORDERS and once > _AS_A_RULE * orders


class _Search:
    """One look at the odd rows of a part, from top to bottom."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        part: Part,
        keys: Keys,
        numbers: dict[str, Numbers],
        names: list[str],
        odd: list[Odd],
    ) -> None:
        self.cursor, self.part, self.keys, self.numbers, self.names, self.odd = cursor, part, keys, numbers, names, odd
        self.place = {name: at for at, name in enumerate(names)}
        self.why: dict[int, str] = {}
        self.headings: dict[int, str] = {}
        self.own: dict[str, float] = {}
        self.outline = False  # headings hold the sums of their lines; what stands in their place below is no customer
        self.amounts = self._amounts()

    def lines(self) -> Lines:
        lines_after = self._last_regular()
        carried = self._carried_rows()
        candidates = []
        for each in self.odd:
            if each.row in carried:
                continue
            first = next(iter(each.texts), "")
            if all(is_rule(text) for text in each.texts):
                self.why[each.row] = "rules"
            elif not each.dated and (name := group_of(first)) is not None and (each.numbers or len(each.texts) == 1):
                self.headings[each.row] = name
                self.why[each.row] = "group rows"
            elif self._may_be_total(each):
                candidates.append(each)
            elif not each.dated and not each.numbers:
                self._no_line(each, first, after=each.row > lines_after)
            elif not each.dated and each.numbers and (self._few_texts(each) or len(self._words(each)) <= 1):
                candidates.append(each)
        self._totals(self._without_outline(candidates))
        return self._made(carried)

    def _without_outline(self, candidates: list[Odd]) -> list[Odd]:
        """Take rows of one text for headings that hold the sums of the lines below them, if nearly all do."""
        rows = self.amounts.get("place", np.array([]))
        heads = [each for each in candidates if len(self._words(each)) == 1 and not self._may_be_total(each)]
        if len(heads) < _FEWEST_HEADINGS or not len(rows):
            return candidates
        is_line = ~np.isin(rows, [each.row for each in candidates] + list(self.why))
        places = [int(np.searchsorted(rows, each.row)) for each in candidates]
        ends = dict(zip(places, [*places[1:], len(rows)], strict=True))
        hits = 0
        for each in heads:
            at = int(np.searchsorted(rows, each.row))
            below = self._sums(ends[at], at, is_line)
            hits += any(_equal(self.amounts[name][at], below.get(name)) for name in below)
        if hits < _NEARLY_ALL * len(heads):
            return candidates
        self.outline = True
        for each in heads:
            self.headings[each.row], self.why[each.row] = self._words(each)[0], "headings"
        return [each for each in candidates if each.row not in self.headings]

    def _amounts(self) -> dict[str, np.ndarray]:
        """Read the amounts of all rows, by row, to add them up."""
        if not self.keys.amounts or not any(each.numbers for each in self.odd):
            return {}
        values = ", ".join(
            f"({self.numbers[name].value(raw_name(name), 'double')})::double as {quote(name)}"
            for name in self.keys.amounts
        )
        found = self.cursor.execute(
            f'select "{ROW}" as place, {values} from {self.part.relation} order by 1'
        ).fetchnumpy()
        return {
            name: bounded(np.ma.filled(np.ma.asarray(column, dtype=float), np.nan)) for name, column in found.items()
        }

    def _last_regular(self) -> int:
        odd = ", ".join(str(each.row) for each in self.odd if not each.dated or not each.numbers) or "-1"
        row = self.cursor.execute(f'select max("{ROW}") from {self.part.relation} where "{ROW}" not in ({odd})')
        return row.fetchall()[0][0] or 0

    def _carried_rows(self) -> set[int]:
        """Find the further lines of orders whose day and customer stand on the first line alone."""
        keys = self.keys
        heads = [name for name in (keys.date_source, keys.account) if name]
        found = set()
        before: dict[int, str] = {}
        if keys.order:
            before = dict(
                self.cursor.execute(
                    f'select "{ROW}", lag({cell(keys.order)}) over (order by "{ROW}") from {self.part.relation}'
                ).fetchall()
            )
        for each in self.odd:
            blank = all(not each.cells[self.place[name]] for name in heads)
            same = not keys.order or each.cells[self.place[keys.order]] in ("", before.get(each.row))
            goods = any(each.cells[self.place[name]] for name in keys.products)
            if blank and same and goods and each.numbers and not self._may_be_total(each):
                found.add(each.row)
        enough = len(found) > 1 and len(found) >= _LEAST_CARRIED * self.part.rows
        return found if (enough or keys.carry) and not self._are_sums(found) else set()

    def _are_sums(self, places: set[int]) -> bool:
        """Say whether nearly all of these rows are the sum of the lines since the one before: subtotals."""
        rows = self.amounts.get("place", np.array([]))
        if not len(rows):
            return False
        name = self.keys.amounts[0]
        is_line = ~np.isin(rows, list(places))
        hits, start = 0, -1
        for row in sorted(places):
            at = int(np.searchsorted(rows, row))
            hits += _equal(self.amounts[name][at], self._sums(at, start, is_line).get(name))
            start = at
        return hits > _NEARLY_ALL * len(places)

    def _may_be_total(self, each: Odd) -> bool:
        if each.dated:
            ids = [name for name in (self.keys.account, self.keys.order, *self.keys.products) if name]
            return any(is_total(each.cells[self.place[name]]) for name in ids)
        return any(tells_total(text) for text in each.texts[:3])

    def _words(self, each: Odd) -> list[str]:
        """List the cells of a row that hold more than a number or a sign."""
        numbers = {self.place[name] for name in (*self.keys.amounts, *self.numbers)}
        return [
            cell
            for at, cell in enumerate(each.cells)
            if at not in numbers and plain(cell) and not _NUMBER.fullmatch(cell)
        ]

    def _few_texts(self, each: Odd) -> bool:
        ids = [name for name in (self.keys.account, self.keys.order, *self.keys.products) if name]
        return not each.dated and each.numbers and all(not plain(each.cells[self.place[name]]) for name in ids)

    def _no_line(self, each: Odd, first: str, *, after: bool) -> None:
        """Tell a footer, a heading and a comment: rows without a day and without amounts."""
        if after:
            self.why[each.row] = "footers"
        elif len(each.texts) == 1:
            self.headings[each.row] = first
            self.why[each.row] = "headings"
        elif all(not each.cells[self.place[name]] for name in self.keys.amounts):
            known = [name for name in (self.keys.account, self.keys.order) if name]
            if all(not each.cells[self.place[name]] for name in known):
                self.why[each.row] = "comments"

    def _totals(self, candidates: list[Odd]) -> None:
        """Leave out what is the sum of lines above it, or has a word for it and names nothing else."""
        if not candidates:
            return
        rows = self.amounts.get("place", np.array([]))
        out = {each.row for each in candidates} | set(self.why)
        is_line = ~np.isin(rows, list(out)) if len(rows) else np.array([], dtype=bool)
        start = -1
        for each in candidates:
            at = int(np.searchsorted(rows, each.row)) if len(rows) else 0
            whole, part = self._sums(at, -1, is_line), self._sums(at, start, is_line)
            every = self._sums(len(rows), -1, is_line)
            values = {name: self.amounts[name][at] for name in self.keys.amounts if name in self.amounts}
            of_all = any(_equal(values[name], every.get(name)) for name in values)
            all_above = of_all or any(_equal(values[name], whole.get(name)) for name in values)
            since = any(_equal(values[name], part.get(name)) for name in values)
            worded = self._may_be_total(each)
            if all_above or since or (worded and not each.dated):
                self.why[each.row] = "totals"
                if of_all or (len(candidates) == 1 and any(is_total(text) for text in each.texts[:3])):
                    self.own = {name: float(value) for name, value in values.items() if np.isfinite(value)}
                start = at
            elif len(is_line):
                is_line[at] = True

    def _sums(self, at: int, start: int, is_line: np.ndarray) -> dict[str, float]:
        chosen = slice(start + 1, at)
        return {
            name: float(np.nansum(self.amounts[name][chosen][is_line[chosen]]))
            for name in self.keys.amounts
            if name in self.amounts
        }

    def _made(self, carried: set[int]) -> Lines:
        """Make a table of the lines alone, with what is carried down filled in."""
        keys = self.keys
        needs_heading = bool(self.headings) and (self.outline or self._nobody_named())
        left: dict[str, int] = {}
        for row, why in self.why.items():
            left["group rows" if row in self.headings else why] = (
                left.get("group rows" if row in self.headings else why, 0) + 1
            )
        if not self.why and not carried and not keys.carry:
            return Lines(self.part.relation, self.part.rows)
        fills = dict.fromkeys(keys.carry)
        if carried:
            fills |= dict.fromkeys(self._blank_on(carried))
        made = f"lines_{self.part.relation}"
        columns = [self._filled(name, carried) if name in fills else raw_name(name) for name in self.names]
        extra = self._heading_column() if needs_heading else ""
        self._keep_rows("left_rows", [(row, self.headings.get(row) if needs_heading else None) for row in self.why])
        self._keep_rows("carried_rows", [(row, None) for row in carried])
        filled = f'select {", ".join(columns)}, "{FILE}", "{ROW}", "{SHORT}"{extra}'
        self.cursor.execute(
            f"create temp table {made} as select * exclude (left_place) from ({filled}, left_rows.place as left_place"
            f' from {self._with_orders()} left join left_rows on left_rows.place = "{ROW}"'
            f' left join carried_rows on carried_rows.place = "{ROW}" ) where left_place is null'
        )
        self.cursor.execute("drop table left_rows; drop table carried_rows")
        return Lines(made, self.part.rows - len(self.why), left, self.own, tuple(fills), needs_heading, self.outline)

    def _nobody_named(self) -> bool:
        """Say whether the lines themselves name no customer, so that headings do."""
        if self.keys.account is None:
            return True
        row = self.cursor.execute(
            f"select avg(({cell(self.keys.account)} = '')::int) from {self.part.relation}"
            f" where ({self.keys.date}) is not null"
        )
        return (row.fetchall()[0][0] or 0) > 0.9  # noqa: PLR2004 - nearly all of them

    def _blank_on(self, carried: set[int]) -> list[str]:
        keys = self.keys
        rows = [each for each in self.odd if each.row in carried]
        heads = [name for name in (keys.date_source, keys.order, keys.account, *keys.texts) if name]
        return [
            name
            for name in dict.fromkeys(heads)
            if sum(not each.cells[self.place[name]] for each in rows) > 0.5 * len(rows)
        ]

    def _filled(self, name: str, carried: set[int]) -> str:
        own = f"nullif({cell(name)}, '')"
        alone = name == self.keys.order or name in self.keys.down
        within = f'partition by "{_ORDER}" ' if self.keys.order and not alone else ""
        rows = "rows between unbounded preceding and 1 preceding"
        above = f'last_value({own} ignore nulls) over ({within}order by "{ROW}" {rows})'
        fill = f"coalesce({own}, {above})"
        if name in self.keys.carry or not carried:
            return f"{fill} as {raw_name(name)}"
        return f"case when carried_rows.place is null then {raw_name(name)} else {fill} end as {raw_name(name)}"

    def _with_orders(self) -> str:
        """Write the SQL of the part's rows with the order each belongs to, beyond which nothing is carried down."""
        if self.keys.order is None:
            return self.part.relation
        own = f"nullif({cell(self.keys.order)}, '')"
        order = (
            f'last_value({own} ignore nulls) over (order by "{ROW}" rows between unbounded preceding and current row)'
        )
        return f'(select *, {order} as "{_ORDER}" from {self.part.relation})'

    def _heading_column(self) -> str:
        over = f'over (order by "{ROW}" rows between unbounded preceding and current row)'
        return f", last_value(left_rows.heading ignore nulls) {over} as {raw_name(HEADING)}"

    def _keep_rows(self, name: str, rows: list[tuple[int, str | None]]) -> None:
        self.cursor.execute(f"create or replace temp table {name} (place bigint, heading varchar)")
        if rows:
            self.cursor.executemany(f"insert into {name} values (?, ?)", rows)


def _equal(value: float, total: float | None) -> bool:
    return (
        total is not None
        and np.isfinite(value)
        and abs(total) > _CENT
        and abs(value - total) <= _CENT + 1e-9 * abs(total)
    )
