"""How the sales lines of one file are read: which column is what, tested on its values, with the evidence and questions."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd

from kam.errors import IntakeError
from kam.intake.amounts import Amounts, Money, Sample
from kam.intake.columns import Match, ranked_columns
from kam.intake.concepts import ideas
from kam.intake.dates import Dates, read_dates
from kam.intake.formats import reader
from kam.intake.formula import Formula
from kam.intake.lines import HEADING, Keys, Lines, find_lines
from kam.intake.numbers import Numbers, read_numbers
from kam.intake.part import ROW, Part
from kam.intake.question import Option, Question
from kam.intake.raw import literal, raw_name
from kam.intake.recipe import merged, recognised
from kam.intake.settings import TableSettings
from kam.intake.sources import exact_lines
from kam.intake.status import kind_of_document, kind_of_status, says_cancelled
from kam.schema import SALES

MONEY = (
    "net_amount", "amount_with_tax", "order_amount", "list_amount", "cost_amount", "unit_price", "list_price", "unit_cost",
    "tax_amount", "discount", "profit",
)  # fmt: skip
NUMBERS = ("quantity", *MONEY)
TEXTS = (
    "account_id", "account_name", "order_id", "product_id", "product_name", "category", "product_kind", "status",
    "document_type", "currency", "parent", "industry", "region", "manager",
)  # fmt: skip
_SAMPLE = 20_000
_MOSTLY = 0.5
_SHARE_ASKED = 0.01
_MOST_STATES = 60
_BEYOND_MONEY = 1e15
_DAYS = ("DATE", "TIMESTAMP", "INTEGER", "BIGINT", "DOUBLE", "FLOAT", "DECIMAL", "UINTEGER", "UBIGINT")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing found out about a part that a reader should know."""

    check: str
    severity: str
    told: str
    count: int = 0
    money: float | None = None


@dataclass(slots=True)
class Reading:
    """How one part is read: SQL by schema column over `relation`, what was left out, what was found, what is open."""

    part: Part
    settings: TableSettings
    relation: str = ""
    rows: int = 0
    matches: list[Match] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # schema column -> file column, for ids and texts
    dates: Dates | None = None
    date_source: str = ""
    numbers: dict[str, Numbers] = field(default_factory=dict)
    quantity: str | None = None
    money: Money = field(default_factory=Money)
    net: Formula | None = None
    left: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[str, list[str], str]] = field(default_factory=list)  # column, values, why
    returns: list[tuple[str, list[str]]] = field(default_factory=list)
    back: bool = False  # a positive amount beside a negative quantity came back
    own_totals: dict[str, float] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    recipe: str | None = None
    unused: list[str] = field(default_factory=list)

    def number(self, name: str) -> str:
        """Write the SQL of a number column as a double."""
        numbers = self.numbers.get(name)
        raw = raw_name(name)
        if numbers is not None:
            return f"({numbers.value(raw, 'double')})"
        return f"(case when isfinite({raw}::double) then {raw}::double end)"

    @property
    def pieces(self) -> str:
        """The SQL of the quantity, one where there is none."""
        return f"coalesce({self.number(self.quantity)}, 1)" if self.quantity else "1"

    @property
    def day(self) -> str:
        """The SQL of the day of a line."""
        if self.dates is not None:
            return self.dates.value(raw_name(self.date_source))
        return reader(SALES["order_date"], (self.date_source, dict(self.part.columns)[self.date_source])).value

    def amount(self, formula: Formula, *, base: str | None = None) -> str:
        """Write the SQL of an amount, spread over its order or taken as the step of a year's running total."""
        value = formula.value(self.number, self.pieces, base=base)
        if formula.over == "order" and "order_id" in self.texts:
            by = f"partition by {raw_name(self.texts['order_id'])}"
            whole, lines = f"any_value({value}) over ({by})", f"count(*) over ({by})"
            each = f"round({whole} / {lines}, 4)"
            return (
                f'case when row_number() over ({by} order by "{ROW}") = 1 then {whole} - ({lines} - 1) * {each}'
                f" else {each} end"
            )
        if formula.over == "year to date":
            keys = [raw_name(self.texts[column]) for column in ("account_id", "product_id") if column in self.texts]
            by = f"partition by {', '.join([*keys, f'year({self.day})'])} order by {self.day}"
            return f"({value}) - coalesce(lag({value}) over ({by}), 0)"
        return value


def read_sales(
    cursor: duckdb.DuckDBPyConnection,
    part: Part,
    settings: TableSettings,
    *,
    today: dt.date,
    time_zone: str | None,
    known: Iterable[str] = (),
    alone: bool = True,
) -> Reading:
    """Find out how a part's lines are read; `known` are the columns of all parts, of which one may lack some.

    Where a part is `alone`, what is answered about it can be said for the whole table.

    Raises
    ------
    IntakeError
        There is no column for the day, the customer or the amount.
    """
    return _Reader(cursor, part, settings, today=today, time_zone=time_zone, known=set(known), alone=alone).read()


class _Reader:
    """One part on its way to a reading."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        part: Part,
        own: TableSettings,
        *,
        today: dt.date,
        time_zone: str | None,
        known: set[str],
        alone: bool,
    ) -> None:
        self.alone = alone
        self.cursor, self.part, self.today, self.time_zone = cursor, part, today, time_zone
        self.types = dict(part.columns)
        self.names = list(self.types)
        recipe = recognised(self.names)
        self.settings = merged(recipe, own)
        self.reading = Reading(part, self.settings, relation=part.relation, rows=part.rows)
        self.reading.recipe = recipe.name if recipe else None
        self.own_left_out, self.own_columns = own.leave_out, own.columns
        self.ranked, self.how = ranked_columns(
            SALES, self.names, declared=self.settings.columns, file=part.file, known=known,
            recipe=set(self.settings.columns) - set(own.columns),
        )  # fmt: skip
        self.used: dict[str, str] = {}

    def read(self) -> Reading:
        self._formats()
        self._choose("order_date", self.reading.date_source)
        self._people_and_goods()
        self._lines()
        self.reading.texts = {column: source for column, source in self.used.items() if column in TEXTS}
        sample = self._sample()
        self._quantity()
        amounts = {role: found for role in MONEY if (found := self._numeric(role))}
        self.reading.money = Amounts(self._of(sample), amounts, self._said(sample), self.settings.amounts).decide()
        self._amounts()
        self._states()
        self._signs(sample)
        self._attributes()
        self._undecided()
        self._note()
        return self.reading

    # formats

    def _formats(self) -> None:
        part, settings = self.part, self.settings
        numeric = dict.fromkeys(
            name for role in NUMBERS for name in self.ranked.get(role, {}) if self.types[name] == "VARCHAR"
        )
        self.reading.numbers = read_numbers(
            self.cursor, part.relation, list(numeric), declared=settings.decimal, exact=part.exact
        )
        for name, mark in settings.decimals.items():
            if name in self.reading.numbers:
                again = read_numbers(self.cursor, part.relation, [name], declared=mark, exact=part.exact)
                self.reading.numbers |= again
        for name in self.ranked.get("order_date", {}):
            if self.types[name] != "VARCHAR":
                if self.types[name].startswith(_DAYS):
                    self.reading.date_source = name
                    return
            elif (dates := self._dates(name)) is not None:
                self.reading.dates, self.reading.date_source = dates, name
                return
        raise IntakeError(_missing(part, "order_date", self.names, self.ranked))

    def _dates(self, name: str) -> Dates | None:
        declared = self.settings.date_formats.get(self.part.file) or self.settings.date_format
        found = read_dates(
            self.cursor, self.part.relation, name, declared=declared, today=self.today, time_zone=self.time_zone
        )
        sure = self.how.get(("order_date", name)) in ("declared", "same name")
        return found if sure or not found.filled or found.readable > _MOSTLY * found.filled else None

    def _numeric(self, role: str) -> dict[str, int]:
        """Keep of the columns a name proposes those that hold numbers."""
        kept = {}
        for name, strength in self.ranked.get(role, {}).items():
            if name in self.used.values():
                continue
            numbers = self.reading.numbers.get(name)
            typed = self.types[name]
            if numbers is None:
                fits = typed.startswith(("DOUBLE", "FLOAT", "DECIMAL")) or "INT" in typed
            else:
                sure = self.how.get((role, name)) in ("declared", "same name")
                fits = sure or numbers.numeric > _MOSTLY * max(numbers.filled, 1)
            if fits:
                kept[name] = strength
        return kept

    def _said(self, sample: pd.DataFrame) -> dict[str, str]:
        """Map the schema's columns to those of the file that a setting or their own name says they are.

        A recipe's column without numbers says nothing here: the others are looked at.
        """
        numbers = {name.removeprefix("number ") for name in sample if name.startswith("number ")}
        for column in (name for name in NUMBERS if name in self.own_columns):
            source = self.own_columns[column]
            if source in self.types and source not in numbers:
                raise IntakeError(
                    f"{self.part.file}: book.toml reads {column} from {source!r}, which holds no numbers or is read as"
                    " something else already. Name another column. Nothing was changed."
                )
        same = [column for column in ("net_amount", "list_amount", "cost_amount") if self.settings.columns.get(column) != ""]
        declared = {column: source for column, source in self.settings.columns.items()
                    if source in self.types and (column not in NUMBERS or source in numbers)}  # fmt: skip
        return {column: column for column in same if column in numbers} | declared

    # which column is who, what and which order

    def _choose(self, column: str, source: str) -> None:
        self.used[column] = source
        how = self.how.get((column, source), "guessed")
        written = self.reading.dates.written if column == "order_date" and self.reading.dates else ""
        self.reading.matches.append(Match(column, source, how, written=written))

    def _people_and_goods(self) -> None:
        for column in ("account_id", "order_id", "product_id"):
            self._choose_text(column)
        for column, id_column in (("account_name", "account_id"), ("product_name", "product_id")):
            names = [name for name in self.ranked.get(column, {}) if name not in self.used.values()]
            names = names or self._names_beside(id_column)
            if not names:
                continue
            strength = self.ranked[column].get(names[0], 0)
            own = self.used.get(id_column)
            if own is None or self._stronger(id_column, own, strength):
                if own is not None:
                    del self.used[id_column]
                    self.reading.matches = [match for match in self.reading.matches if match.column != id_column]
                    self.reading.notes.append(
                        Note("other candidate", "note", f"{own} could be the customer, too; {names[0]} names it")
                    )
                if strength > 3 or column == "account_name":  # noqa: PLR2004 - "Name" alone names no product
                    self.used[id_column] = names[0]
                    self.reading.matches.append(Match(id_column, names[0], self.how.get((column, names[0]), "guessed")))
            else:
                self._choose(column, names[0])

    def _names_beside(self, id_column: str) -> list[str]:
        """Find a column called as the customer or product itself beside the one with its number: it holds the names."""
        own = self.used.get(id_column)
        if own is None or "id" not in ideas(own):
            return []
        kind = {"account_id": "customer", "product_id": "product"}[id_column]
        others = [name for name in self.ranked.get(id_column, {}) if name not in self.used.values()]
        return [
            name for name in others
            if ideas(name) in (frozenset({kind}), frozenset({kind, "party"})) and name not in self.reading.numbers
        ][:1]  # fmt: skip

    def _stronger(self, id_column: str, own: str, strength: int) -> bool:
        """Say whether a name column says more clearly who it is than the id column: "Customer Name" before "Account"."""
        if self.how.get((id_column, own)) in ("declared", "same name", "recipe"):
            return False
        return self.ranked[id_column][own] < strength - 3

    def _choose_text(self, column: str) -> None:
        ranked = self.ranked.get(column, {})
        free = [name for name in ranked if name not in self.used.values()]
        fitting = [name for name in free if self._fits_id(column, name, ranked[name])]
        if not fitting:
            return
        best = fitting[0]
        self._choose(column, best)
        others = [name for name in fitting[1:] if ranked[name] > 2 and "name" not in ideas(name)]  # noqa: PLR2004
        if others and column == "account_id":
            told = f"{', '.join(others[:3])} could be the customer, too; {best} says it more clearly"
            self.reading.notes.append(Note("other candidate", "note", told))

    def _fits_id(self, column: str, name: str, strength: int) -> bool:
        if self.how.get((column, name)) in ("declared", "same name", "recipe"):
            return True
        if self.types[name].startswith(("DATE", "TIMESTAMP", "BOOLEAN")):
            return False
        total, filled, distinct = self.cursor.execute(
            f"select count(*), count(v), count(distinct v) from (select nullif(trim({raw_name(name)}::varchar), '') as v"
            f" from {self.part.relation} limit {_SAMPLE})"
        ).fetchall()[0]
        if not filled:
            return False
        if column == "order_id" and strength <= 2:  # noqa: PLR2004 - only "No." or "Reference"
            return 1 < distinct < filled
        if column == "account_id" and strength <= 4:  # noqa: PLR2004 - a ledger, a party, a payer
            return distinct < total or total < 5  # noqa: PLR2004 - one a line is no customer
        return True

    # lines

    def _lines(self) -> None:
        if self.part.kind != "text":
            return
        amounts = [
            name for role in ("net_amount", "amount_with_tax", "list_amount", "cost_amount", "order_amount", "unit_price")
            for name in self._numeric(role)
        ]  # fmt: skip
        texts = [
            name for role in ("status", "document_type", "currency", "account_name", "industry", "region", "manager",
                              "parent", "order_amount", "account_id")
            for name in self.ranked.get(role, {}) if name not in amounts
        ]  # fmt: skip
        products = [self.used[column] for column in ("product_id", "product_name") if column in self.used]
        products = (
            products or list(self.ranked.get("product_name", {}))[:1] or list(self.ranked.get("quantity", {}))[:1]
        )
        keys = Keys(
            date=self.reading.day,
            date_source=self.reading.date_source,
            order=self.used.get("order_id"),
            account=self.used.get("account_id"),
            products=tuple(dict.fromkeys(products)),
            amounts=tuple(dict.fromkeys([*amounts, *self._numeric("quantity")])),
            texts=tuple(dict.fromkeys(texts)),
            carry=tuple(name for name in self.settings.carry_down if name in self.types),
        )
        lines = find_lines(self.cursor, self.part, keys, self.reading.numbers)
        self._take_lines(lines)

    def _take_lines(self, lines: Lines) -> None:
        reading = self.reading
        reading.relation, reading.rows, reading.left, reading.own_totals = (
            lines.relation,
            lines.rows,
            lines.left,
            lines.own_totals,
        )
        if lines.carried:
            reading.notes.append(
                Note("carried down", "note", f"{', '.join(lines.carried)}: filled from the order's first line")
            )
        if lines.headings:
            old = self.used.get("account_id")
            reading.matches = [match for match in reading.matches if match.column != "account_id"]
            self.used["account_id"] = HEADING
            reading.matches.append(Match("account_id", HEADING, "guessed", why="the heading above the lines"))
            reading.notes.append(
                Note(
                    "headings",
                    "note",
                    f"customers are named by headings above their lines{f', not by {old}' if old else ''}",
                )
            )
        if "account_id" not in self.used:
            raise IntakeError(_missing(self.part, "account_id", self.names, self.ranked))
        skipped = self._skip()
        if skipped:
            reading.left["by hand"] = skipped

    def _skip(self) -> int:
        """Leave out the lines that a person said to leave out."""
        wanted = [text.rpartition(" ")[2] for text in self.settings.skip if text.rpartition(" ")[0] == self.part.file]
        lines = {int(line) for line in wanted if line.isdecimal()}
        if not lines:
            return 0
        last = self.cursor.execute(f'select coalesce(max("{ROW}"), 0) from {self.part.relation}').fetchall()[0][0]
        places = exact_lines(self.part, list(range(1, min(max(lines), last) + 1)))  # a row stands on its line or above
        rows = [row for row, line in places.items() if line in lines]
        listed = ", ".join(map(str, rows)) or "-1"
        kept = f"kept_{self.part.relation}"
        self.cursor.execute(f'create temp table {kept} as from {self.reading.relation} where "{ROW}" not in ({listed})')
        count = self.reading.rows - self.cursor.execute(f"select count(*) from {kept}").fetchall()[0][0]
        self.reading.relation, self.reading.rows = kept, self.reading.rows - count
        return count

    # the sample and what is told from it

    def _sample(self) -> pd.DataFrame:
        names = dict.fromkeys(name for role in NUMBERS for name in self._numeric(role))
        values = [f'{self.reading.number(name)} as "n {at}"' for at, name in enumerate(names)]
        texts = [
            f'{raw_name(self.used[column])}::varchar as "t {column}"'
            for column in ("account_id", "order_id", "product_id") if column in self.used
        ]  # fmt: skip
        day = f"({self.reading.day}) as day"
        frame = self.cursor.execute(
            f"select {', '.join([*values, *texts, day])} from (from {self.reading.relation} limit {_SAMPLE})"
        ).df()
        return frame.rename(columns={f"n {at}": f"number {name}" for at, name in enumerate(names)})

    def _of(self, frame: pd.DataFrame) -> Sample:
        numbers = {
            name.removeprefix("number "): _bounded(frame[name].to_numpy(dtype=float))
            for name in frame.columns if name.startswith("number ")
        }  # fmt: skip
        quantity = self.reading.quantity
        day = pd.to_datetime(frame["day"])
        one = np.full(len(frame), "")
        return Sample(
            numbers=numbers,
            quantity=numbers[quantity] if quantity else np.ones(len(frame)),
            has_quantity=quantity is not None,
            orders=frame["t order_id"].to_numpy(dtype=object) if "t order_id" in frame else None,
            account=frame["t account_id"].to_numpy(dtype=object) if "t account_id" in frame else one,
            product=frame["t product_id"].to_numpy(dtype=object) if "t product_id" in frame else one,
            month=(12 * day.dt.year + day.dt.month - 1).to_numpy(dtype=float),
        )

    def _quantity(self) -> None:
        if found := self._numeric("quantity"):
            self.reading.quantity = next(iter(found))
            self._choose("quantity", self.reading.quantity)

    # the money

    def _amounts(self) -> None:
        money, reading = self.reading.money, self.reading
        if not money.net:
            raise IntakeError(_missing(self.part, "net_amount", self.names, self.ranked))
        if len(money.net) > 1:
            reading.questions.append(self._ask_amount(money))
        reading.net = money.net[0]
        for column, formula in (("net_amount", reading.net), ("list_amount", money.list), ("cost_amount", money.cost)):
            if formula is not None:
                profit = column == "cost_amount" and money.cost_is_profit
                written = f"net less {formula.source}" if profit else formula.written
                how = self._how_amount(column, formula)
                reading.matches.append(Match(column, written, how, why=formula.why, written=self._marks(formula)))
                for source in formula.sources:
                    self.used.setdefault(f"{column} {source}", source)

    def _how_amount(self, column: str, formula: Formula) -> str:
        return self.how.get((column, formula.source), "guessed") if formula.direct else "worked out"

    def _marks(self, formula: Formula) -> str:
        numbers = self.reading.numbers.get(formula.source)
        return numbers.written if numbers else ""

    def _ask_amount(self, money: Money) -> Question:
        first = money.net[0]
        by_source = len({formula.source for formula in money.net}) > 1
        options = []
        for formula in money.net:
            if by_source:
                where, value = ("tables", "sales", "columns", "net_amount"), formula.source
            else:
                level = "line"
                if formula.less in self.ranked.get("tax_amount", {}):
                    level = "with tax"
                elif formula.less:
                    level = "before discount"
                elif formula.pieces and not first.pieces:
                    level = "piece"
                where, value = ("tables", "sales", "amounts", "net_amount"), level
            options.append(Option(f"{formula.written} ({formula.why})", self.total(formula), where, value))
        why = "; ".join(f"{name}: {told}" for name, told in money.told.items()) or "their values do not decide"
        return Question("sales", self.part.file, first.source, money.asks, why, tuple(options))

    def total(self, formula: Formula, numbers: dict[str, Numbers] | None = None) -> float:
        """Add an amount up over all lines of the part."""
        before = self.reading.numbers
        self.reading.numbers = {**before, **(numbers or {})}
        value = self.reading.amount(formula)
        self.reading.numbers = before
        row = self.cursor.execute(f"select sum(v) from (select round({value}, 4) as v from {self.reading.relation})")
        return float(row.fetchall()[0][0] or 0.0)

    # states, returns and signs

    def _states(self) -> None:
        """Find the lines that do not count, by the words of a status or of a kind of document."""
        declared = {column: words for column, words in self.settings.leave_out.items() if column in self.types}
        for column, words in declared.items():
            self._leave_out(column, words)
        for column, words in self.settings.returns.items():
            if column in self.types:
                self.reading.returns.append((column, words))
        for role in ("status", "document_type"):
            for name in list(self.ranked.get(role, {}))[:3]:
                if name not in self.used.values() and name not in self.reading.numbers:
                    self._state(role, name)

    def _leave_out(self, column: str, words: list[str]) -> None:
        """Leave out the lines that book.toml or a recipe names, and say how many and how much that is."""
        net = self.reading.amount(self.reading.net) if self.reading.net else "0"
        rows = self.cursor.execute(
            f"select state, count(*), sum(net) from (select trim({raw_name(column)}::varchar) as state, {net} as net"
            f" from {self.reading.relation} where {condition(column, words)}) group by state order by 2 desc limit 20"
        ).fetchall()
        self.reading.left_out.append((column, words, "declared"))
        severity = "note" if column in self.own_left_out else "warning"
        for state, count, money in rows:
            told = f"{column} {state or 'blank'}"
            self.reading.notes.append(Note("left out", severity, told, count, float(money or 0)))

    def _state(self, role: str, name: str) -> None:
        net = self.reading.amount(self.reading.net) if self.reading.net else "0"
        rows = self.cursor.execute(
            f"select state, count(*), sum(net), count(*) filter (net > 0) from (select coalesce(trim({raw_name(name)}::varchar), '')"
            f" as state, {net} as net from {self.reading.relation}) group by state order by 2 desc limit {_MOST_STATES + 1}"
        ).fetchall()
        day_of = "cancelled" in ideas(name) and "status" not in ideas(name)
        if not rows or (len(rows) > _MOST_STATES and not day_of):
            return
        kinds = {state: self._kind(role, name, state) for state, *_ in rows}
        if role == "status" and not day_of and not any(kinds.values()):
            return  # no word of it is known to be a state of an order
        self._choose(role, name)
        said = {word.casefold() for kind in (self.settings.leave_out, self.settings.returns, self.settings.keep)
                for word in kind.get(name, [])}  # fmt: skip
        whole = sum(abs(float(money or 0)) for _, _, money, _ in rows) or 1.0
        out: dict[str, list[str]] = {}
        for state, count, money, positive in rows:
            if state.casefold() in said:
                continue
            kind = kinds[state]
            if kind in ("cancelled", "void", "draft", "quote", "payment") or (kind == "refund" and role == "status"):
                out.setdefault(kind, []).append(state)
                self._say_left(name, state, count, money)
            elif kind == "refund" and positive > _MOSTLY * count:
                self.reading.returns.append((name, [state]))
                told = f"{name} {state} counts negative"
                self.reading.notes.append(Note("returns", "warning", told, count, -abs(float(money or 0))))
            elif kind == "ask" or (role == "status" and kind is None and state):
                if abs(float(money or 0)) > _SHARE_ASKED * whole:
                    self.reading.questions.append(self._ask_state(name, state, count, float(money or 0)))
                else:
                    told = f"{name} {state} counts as a sale"
                    self.reading.notes.append(Note("unclear status", "note", told, count, float(money or 0)))
        for kind, states in out.items():
            self.reading.left_out.append((name, states, kind))

    def _kind(self, role: str, name: str, state: str) -> str | None:
        if "cancelled" in ideas(name) and "status" not in ideas(name):
            return "cancelled" if says_cancelled(state) else "sale"
        return kind_of_document(state) if role == "document_type" else kind_of_status(state)

    def _say_left(self, name: str, state: str, count: int, money: float | None) -> None:
        self.reading.notes.append(Note("left out", "warning", f"{name} {state}", count, float(money or 0)))

    def _ask_state(self, name: str, state: str, count: int, money: float) -> Question:
        whole = self.total(self.reading.net) if self.reading.net else 0.0
        options = tuple(
            Option(label, total, ("tables", "sales", key, name), [*getattr(self.settings, key).get(name, []), state])
            for label, total, key in (("count them", whole, "keep"), ("leave them out", whole - money, "leave_out"))
        )
        asks = f"Do the {count:,} lines whose {name} is {state} count as sales?"
        return Question("sales", self.part.file, name, asks, f"{money:,.2f} hang on them", options)

    def _signs(self, frame: pd.DataFrame) -> None:
        """A negative quantity beside a positive amount came back, if that holds on nearly all such lines."""
        reading = self.reading
        if reading.quantity is None or reading.net is None or reading.net.pieces:
            return
        sample = self._of(frame)
        net = reading.net.of(sample.numbers, sample.quantity)
        negative = sample.quantity < 0
        opposite = negative & (net > 0)
        if not opposite.any():
            return
        reading.back = float(opposite.sum()) >= 0.95 * float((negative & (net != 0)).sum())
        money, count = float(np.nansum(net[opposite])), int(opposite.sum())
        does = (
            "they count as returns" if reading.back else "they count as they are written; look whether they are returns"
        )
        told = f"a negative quantity and a positive amount: {does}"
        reading.notes.append(Note("opposite signs", "warning", told, count, money))

    # what hangs on customer and product, and what is left

    def _attributes(self) -> None:
        for column in ("currency", "parent", "industry", "region", "manager", "category", "product_kind", "account_name",
                       "product_name"):  # fmt: skip
            if column in self.used:
                continue
            for name in self.ranked.get(column, {}):
                if (
                    name in self.used.values()
                    or name in self.reading.numbers
                    or (column == "currency" and not self._codes(name))
                ):
                    continue
                self._choose(column, name)
                break
        self.reading.texts = {column: source for column, source in self.used.items() if column in TEXTS}

    def _codes(self, name: str) -> bool:
        rows = self.cursor.execute(
            f"select distinct trim({raw_name(name)}::varchar) from {self.reading.relation} limit 200"
        ).fetchall()
        words = [word for (word,) in rows if word]
        return bool(words) and all(len(word) <= 4 and not word.isdigit() for word in words)  # noqa: PLR2004 - EUR, Rs., тг

    # questions of formats

    def _undecided(self) -> None:
        reading = self.reading
        if reading.dates and reading.dates.undecided:
            reading.questions.append(self._ask_dates(reading.dates))
        if reading.net is None:
            return
        money = reading.money
        used = dict.fromkeys([*reading.net.sources, *([reading.quantity] if reading.quantity else [])])
        for formula in (money.list, money.cost):
            used |= dict.fromkeys(formula.sources if formula else ())
        for name in used:
            numbers = reading.numbers.get(name)
            if numbers is not None and numbers.undecided:
                reading.questions.append(self._ask_decimal(name, numbers))

    def _ask_dates(self, dates: Dates) -> Question:
        reading = self.reading
        source = raw_name(reading.date_source)
        options = []
        for written in dates.options:
            read = read_dates(self.cursor, reading.relation, reading.date_source, declared=written, today=self.today,
                              time_zone=self.time_zone)  # fmt: skip
            net = reading.amount(reading.net) if reading.net else "0"
            months = self.cursor.execute(
                f"select strftime(day, '%Y-%m') as month, sum(net) from (select {read.value(source)} as day, {net} as net"
                f" from {reading.relation}) where day is not null group by month order by month"
            ).fetchall()
            shown = ", ".join(f"{month} {float(money or 0):,.2f}" for month, money in months[:3])
            whole = sum(float(money or 0) for _, money in months)
            label = (
                f"{written}: {read.readable:,} lines, {len(months)} months ({shown}{' …' if len(months) > 3 else ''})"  # noqa: PLR2004
            )
            where = (
                ("tables", "sales", "date_format")
                if self.alone
                else ("tables", "sales", "date_formats", self.part.file)
            )
            options.append(Option(label, whole, where, written))
        only = "; ".join(f"{count:,} lines fit only {written}" for written, count in dates.only.items() if count)
        why = f"{dates.undecided:,} lines such as {dates.example} fit both{f', {only}' if only else ''}"
        asks = f"In which order are day and month written in {reading.date_source}?"
        return Question("sales", self.part.file, reading.date_source, asks, why, tuple(options))

    def _ask_decimal(self, name: str, numbers: Numbers) -> Question:
        options = []
        where = ("tables", "sales", "decimals", name)
        if self.alone and self._fits_all():
            where = ("tables", "sales", "decimal")
        for mark in (".", ","):
            other = read_numbers(self.cursor, self.reading.relation, [name], declared=mark)[name]
            total = self.total(self.reading.net, {name: other}) if self.reading.net else None
            shown = {".": "a point marks decimals", ",": "a comma marks decimals"}[mark]
            options.append(Option(shown, total, where, mark))
        why = f"{numbers.undecided:,} values such as {numbers.example} can be read in two ways"
        return Question("sales", self.part.file, name, f"How are the numbers in {name} written?", why, tuple(options))

    def _fits_all(self) -> bool:
        """Say whether one decimal mark could be said for all number columns of the file, whichever it is."""
        names = list(self.reading.numbers)
        for mark in (".", ","):
            other = read_numbers(self.cursor, self.reading.relation, names, declared=mark, exact=self.part.exact)
            if any(other[name].numeric < self.reading.numbers[name].numeric for name in names):
                return False
        return True

    def _note(self) -> None:
        reading = self.reading
        used = set(self.used.values())
        for column, words in self.settings.keep.items():
            used.add(column if words else "")
        used |= set(self.settings.leave_out) | set(self.settings.returns)
        reading.unused = [name for name in self.names if name not in used]
        if reading.money.doubt:
            reading.notes.append(Note("doubtful amount", "warning", reading.money.doubt))
        for name, told in reading.money.told.items():
            reading.notes.append(Note("not the amount", "note", f"{name}: {told}"))


def _bounded(values: np.ndarray) -> np.ndarray:
    """Leave out numbers beyond any money, which no line may hold and whose products no float does.

    >>> _bounded(np.array([2.5, 1e300]))
    array([2.5, nan])
    """
    return np.where(np.abs(values) <= _BEYOND_MONEY, values, np.nan)


def condition(column: str, values: list[str]) -> str:
    """Write the SQL of a file's column having one of these values, whatever their case; "*" is anything at all."""
    if "*" in values:
        return f"trim(coalesce({raw_name(column)}::varchar, '')) <> ''"
    words = ", ".join(f"lower({literal(value.strip())})" for value in values)
    return f"lower(trim(coalesce({raw_name(column)}::varchar, ''))) in ({words})"


def _missing(part: Part, column: str, names: list[str], ranked: Mapping[str, Iterable[str]]) -> str:
    shown = ", ".join(name if len(name) <= 60 else f"{name[:59]}…" for name in names[:12])  # noqa: PLR2004 - what a line holds
    more = f" … ({len(names)} columns)" if len(names) > 12 else ""  # noqa: PLR2004 - likewise
    if likely := next(iter(ranked.get(column, ())), None):
        values = {"order_date": "no dates", "net_amount": "no numbers"}.get(column, "empty, or another on every line")
        told = f"by its name {likely[:60]} is the column {column} of sales, and its values are {values}"
    else:
        told = f"the column {column} of sales is not in the file"
    return (
        f"{part.file}: {told}. It has: {shown}{more}."
        f' Name it in book.toml, for example [tables.sales.columns] {column} = "…". Nothing was changed.'
    )
