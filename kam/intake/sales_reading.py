"""How the sales lines of one file are read: which column is which, tested on its values, with what is left open."""

import datetime as dt
import re
from collections.abc import Iterable

import duckdb
import numpy as np
import pandas as pd

from kam.base.errors import IntakeError
from kam.intake.amount_readings import Amounts
from kam.intake.asking import ask_amount, ask_undecided
from kam.intake.column_matching import Match
from kam.intake.concepts import ideas, says_more
from kam.intake.formula import Formula
from kam.intake.list_and_cost import add_list_and_cost
from kam.intake.look import NUMBERS, Look, choose, find_formats, missing_column, numeric
from kam.intake.no_sales import find_no_sales
from kam.intake.number_marks import read_numbers
from kam.intake.part import Part
from kam.intake.party_columns import choose_attributes, choose_people_and_goods, converted_amounts
from kam.intake.price_units import tell_units
from kam.intake.raw import raw_name
from kam.intake.reading import MONEY, TEXTS, Note, Reading
from kam.intake.real_lines import take_real_lines
from kam.intake.sampling import as_sample, choose_quantity, sampled
from kam.intake.settings import TableSettings
from kam.intake.snapshots import find_snapshots
from kam.intake.states import ask_unclear, find_signs, find_states

_THOUSANDS = re.compile(
    r"(?i)\b(in|en)\b.{0,20}\b(000|thousands?|tausend|tsd|milliers|miles|millions?|mio)\b|هزار|میلیون"
    r"|\b(TEUR|TCHF|TUSD|TGBP|k(EUR|USD|GBP|CHF)|Mio\.? ?(EUR|€))\b|\bT€|[k$€£]('000|000)s?\b|[€$£] ?(k|m|mn)\b"
)
_MOSTLY = 0.5
_AMOUNTS = ("net_amount", "list_amount", "cost_amount")


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
    look = Look(cursor, part, settings, today=today, time_zone=time_zone, known=set(known), alone=alone)
    find_formats(look)
    choose(look, "order_date", look.reading.date_source)
    choose_people_and_goods(look)
    take_real_lines(look)
    if "account_id" not in look.used:
        raise IntakeError(missing_column(look, "account_id"))
    look.reading.texts = {column: source for column, source in look.used.items() if column in TEXTS}
    sample = sampled(look)
    choose_quantity(look)
    amounts = {role: found for role in (*MONEY, "other") if (found := numeric(look, role))}
    search = Amounts(
        as_sample(look, sample),
        amounts,
        _said(look, sample),
        look.settings.amounts,
        chosen=frozenset(look.settings.columns.values()),
        converted=converted_amounts(look),
    )
    look.reading.money = search.decide()
    if look.reading.money.net:
        _leave_running_pieces(look, search)
        add_list_and_cost(search, look.reading.money.net[0])
        _tell_other_pieces(look, search)
    _take_amounts(look)
    _hold_against_orders(look)
    find_states(look)
    find_signs(look, sample)
    find_no_sales(look)
    choose_attributes(look)
    find_snapshots(look)
    ask_unclear(look)
    if len(look.reading.money.net) > 1:
        look.reading.questions.insert(0, ask_amount(look, look.reading.money))
    ask_undecided(look)
    _note_the_rest(look)
    return look.reading


def _leave_running_pieces(look: Look, search: Amounts) -> None:
    """Leave a quantity that runs on from month to month as the amount does: the pieces of a line are not told."""
    reading = look.reading
    name = reading.quantity
    if name is None or reading.money.net[0].over != "year to date" or not search.runs_on(name):
        return
    del look.used["quantity"]
    reading.quantity = None
    reading.matches = [match for match in reading.matches if match.column != "quantity"]
    reading.notes.append(Note("running quantity", "warning", f"{name} counts the year so far; it is not used"))


def _tell_other_pieces(look: Look, search: Amounts) -> None:
    """Say which other column could be the quantity where the amount is worked out from it."""
    reading = look.reading
    if reading.quantity is None or not reading.money.net[0].pieces:
        return
    pieces = search.sample.quantity
    others = [
        name
        for name in look.ranked.get("quantity", {})
        if name != reading.quantity
        and name in search.sample.numbers
        and not np.array_equal(search.sample.numbers[name], pieces, equal_nan=True)
    ]
    if others:
        told = f"{', '.join(others[:3])} could be the pieces sold, too; {reading.quantity} is taken"
        reading.notes.append(Note("other quantity", "warning", told))


def _said(look: Look, sample: pd.DataFrame) -> dict[str, str]:
    """Map the schema's columns to those of the file that a setting or their own name says they are.

    A recipe's column without numbers says nothing here: the others are looked at.
    """
    numbers = {name.removeprefix("number ") for name in map(str, sample) if name.startswith("number ")}
    for column in (name for name in NUMBERS if name in look.own_columns):
        source = look.own_columns[column]
        if source in look.types and source not in numbers:
            raise IntakeError(
                f"{look.part.file}: book.toml reads {column} from {source!r}, which holds no numbers or is read as"
                " something else already. Name another column. Nothing was changed."
            )
    same = [column for column in _AMOUNTS if look.settings.columns.get(column) != ""]
    declared = {
        column: source
        for column, source in look.settings.columns.items()
        if source in look.types and (column not in NUMBERS or source in numbers)
    }
    return {column: column for column in same if column in numbers} | declared


def _take_amounts(look: Look) -> None:
    money, reading = look.reading.money, look.reading
    if not money.net:
        raise IntakeError(missing_column(look, "net_amount"))
    reading.net = money.net[0]
    for column, formula in (("net_amount", reading.net), ("list_amount", money.list), ("cost_amount", money.cost)):
        if formula is not None:
            profit = column == "cost_amount" and money.cost_is_profit
            written = f"net less {formula.source}" if profit else formula.written
            how = _how_amount(look, column, formula)
            why = "as long as the question is open" if len(money.net) > 1 else formula.why
            reading.matches.append(Match(column, written, how, why=why, written=_marks(look, formula)))
            for source in formula.sources:
                look.used.setdefault(f"{column} {source}", source)


def _tell_returns(look: Look) -> None:
    """Say of numbers of what came back, in a column of their own, that they are not taken off."""
    reading = look.reading
    names = [name for name in reading.unused if "refund" in ideas(name) and not says_more(name)]
    names = [name for name in names if look.types[name] == "VARCHAR" and not ideas(name) & {"price", "percent"}]
    for name, numbers in read_numbers(look.cursor, reading.relation, names, declared=None).items() if names else ():
        value = numbers.value(raw_name(name), "double")
        lines, money = look.cursor.execute(
            f"select count(*) filter (v <> 0), sum(v) from (select {value} as v from {reading.relation})"
        ).fetchall()[0]
        if lines and numbers.numeric == numbers.filled:
            told = f"{name} is not taken off: {money:,.2f} in all"
            reading.notes.append(Note("returns beside", "warning", told, lines))


def _hold_against_orders(look: Look) -> None:
    """Hold the sums of the lines against the amount of the whole order, where that mostly agrees."""
    reading = look.reading
    whole = next(iter(numeric(look, "order_amount")), None)
    if whole is None or "order_id" not in reading.texts or reading.net is None or whole in reading.net.sources:
        return
    orders, differing, money = look.cursor.execute(
        "with o as (select own, sum(net) as net, any_value(whole) as whole from (select"
        f" {raw_name(reading.texts['order_id'])} as own, {reading.amount(reading.net)} as net,"
        f" {reading.number(whole)} as whole"
        f" from {reading.relation}) group by own having whole is not null)"
        " select count(*), count(*) filter (abs(net - whole) > 0.02 + 0.0005 * abs(whole)),"
        " coalesce(sum(whole - net) filter (abs(net - whole) > 0.02 + 0.0005 * abs(whole)), 0)::double from o"
    ).fetchall()[0]
    if 0 < differing <= _MOSTLY * orders:
        told = f"the lines of these orders do not add up to {whole}, which is {money:+,.2f} more in all"
        reading.notes.append(Note("order amounts", "warning", told, differing, money))


def _how_amount(look: Look, column: str, formula: Formula) -> str:
    return look.how.get((column, formula.source), "guessed") if formula.direct else "worked out"


def _marks(look: Look, formula: Formula) -> str:
    numbers = look.reading.numbers.get(formula.source)
    return numbers.written if numbers else ""


def _note_the_rest(look: Look) -> None:
    reading = look.reading
    used = set(look.used.values())
    for column, words in look.settings.keep.items():
        used.add(column if words else "")
    used |= set(look.settings.leave_out) | set(look.settings.returns)
    reading.unused = [name for name in look.names if name not in used]
    if title := next((text for text in reading.part.above if _THOUSANDS.search(text)), None):
        told = f"above the names stands {title[:80]!r}; amounts are read as they are written"
        reading.notes.append(Note("unit in a title", "warning", told))
    for name in (name for name in reading.unused if "exchange" in ideas(name)):
        query = f"select count(distinct {raw_name(name)}) from {reading.relation}"
        if look.cursor.execute(query).fetchall()[0][0] > 1:
            reading.notes.append(Note("exchange rate", "warning", f"{name} is not used: amounts count as they stand"))
    _tell_returns(look)
    tell_units(look)
    if reading.money.doubt:
        reading.notes.append(Note("doubtful amount", "warning", reading.money.doubt))
    for name, told in reading.money.told.items():
        reading.notes.append(Note("not the amount", "note", f"{name}: {told}"))
