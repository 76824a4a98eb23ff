"""One file of sales while it is looked at: its candidates, the columns taken so far, and how they write values."""

import datetime as dt
import re

import duckdb

from kam.base.errors import IntakeError
from kam.base.schema import SALES
from kam.intake.column_matching import Match, listed, ranked_columns
from kam.intake.concepts import ideas, unified
from kam.intake.dates import Dates, read_dates
from kam.intake.month_names import meaning
from kam.intake.number_marks import read_numbers
from kam.intake.part import Part
from kam.intake.raw import quote, raw_name
from kam.intake.reading import MONEY, Reading
from kam.intake.recipe import merged, recognised
from kam.intake.settings import TableSettings
from kam.intake.typed import may_be_days
from kam.intake.wordlists import wordlists
from kam.intake.year_and_month import put_together, year_and_month

NUMBERS = ("quantity", *MONEY, "other")
_MOSTLY = 0.5
_FEW_TURNED = 3
_SIDES = [frozenset(map(unified, wordlists("lines")[side])) for side in ("debit", "credit")]
_FEWEST_MONTHS = 3
_BARE_DATE = 5  # how surely "Date" alone means the day of the order
_SHOWN_LETTERS = 60  # what a line holds
_DAYS = ("DATE", "TIMESTAMP", "INTEGER", "BIGINT", "DOUBLE", "FLOAT", "DECIMAL", "UINTEGER", "UBIGINT")


class Look:
    """One part on its way to a reading: what each name can mean, and which column was taken for what."""

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
            SALES,
            self.names,
            declared=self.settings.columns,
            file=part.file,
            known=known,
            recipe=set(self.settings.columns) - set(own.columns),
        )
        self.used: dict[str, str] = {}
        self.unclear: list[tuple[str, list[str], int, float, str]] = []  # column, words, lines, money, else

    def said(self, name: str) -> set[str]:
        """Return the words of a column of which book.toml says whether their lines count."""
        kinds = (self.settings.leave_out, self.settings.returns, self.settings.keep)
        return {word.casefold() for kind in kinds for word in kind.get(name, [])}


def find_formats(look: Look) -> None:
    """Find out how the number columns and the day are written.

    Raises
    ------
    IntakeError
        No column holds days.
    """
    part, settings = look.part, look.settings
    numeric = dict.fromkeys(
        name for role in NUMBERS for name in look.ranked.get(role, {}) if look.types[name] == "VARCHAR"
    )
    look.reading.numbers = read_numbers(
        look.cursor, part.relation, list(numeric), declared=settings.decimal, exact=part.exact
    )
    for name, mark in settings.decimals.items():
        if name in look.reading.numbers:
            again = read_numbers(look.cursor, part.relation, [name], declared=mark, exact=part.exact)
            if look.alone or again[name].numeric >= look.reading.numbers[name].numeric:
                look.reading.numbers |= again
    _look_at_others(look)
    _find_day(look)


def _find_day(look: Look) -> None:
    """Take the first column that holds days, or year and month, quarter or week in columns of their own."""
    apart = year_and_month(look.cursor, look.part)
    for name in look.ranked.get("order_date", {}) or _days_by_their_values(look):
        if name in apart.values() or (apart and not _is_of_the_sale(look, name)):
            continue
        if look.types[name] != "VARCHAR":
            if look.types[name].startswith(_DAYS):
                look.reading.date_source = name
                return
        elif (dates := _dates(look, name)) is not None:
            _read_days(look, name, dates)
            return
    if apart:
        look.part = look.reading.part = put_together(look.cursor, look.part, apart)
        name, typed = look.part.columns[-1]
        look.names.append(name)
        look.types[name] = typed
        look.used |= {f"order_date {column}": column for column in apart.values()}
        if (dates := _dates(look, name)) is not None:
            _read_days(look, name, dates)
            return
    raise IntakeError(missing_column(look, "order_date"))


def _is_of_the_sale(look: Look, name: str) -> bool:
    """Say whether a date is by its name that of the sale, not of a delivery, a payment or an export."""
    strength = look.ranked.get("order_date", {}).get(name, 0)
    return strength > _BARE_DATE or (strength == _BARE_DATE and ideas(name) == {"date"})


def _read_days(look: Look, name: str, dates: Dates) -> None:
    look.reading.dates, look.reading.date_source = dates, name
    _refuse_turned(look, name, dates)


def _look_at_others(look: Look) -> None:
    """Where no name says that it is an amount, look at the numbers of columns whose names say nothing, too."""
    if (
        look.ranked.get("net_amount")
        or look.ranked.get("amount_with_tax")
        or look.settings.columns.get("net_amount") == ""
    ):
        return
    meant = {name for found in look.ranked.values() for name in found}
    others = [name for name in look.names if name not in meant and "id" not in ideas(name)]
    texts = [name for name in others if look.types[name] == "VARCHAR"]
    if texts:
        look.reading.numbers |= read_numbers(
            look.cursor, look.part.relation, texts, declared=look.settings.decimal, exact=look.part.exact
        )
    look.ranked["other"] = dict.fromkeys(others, 1)


def _dates(look: Look, name: str) -> Dates | None:
    declared = look.settings.date_formats.get(look.part.file) or look.settings.date_format
    found = read_dates(
        look.cursor, look.part.relation, name, declared=declared, today=look.today, time_zone=look.time_zone
    )
    sure = look.how.get(("order_date", name)) in ("declared", "same name")
    return found if sure or not found.filled or found.readable > _MOSTLY * found.filled else None


def _days_by_their_values(look: Look) -> list[str]:
    """Where no name says that it is the day, name the only column all of whose values are days."""
    found = [name for name in look.names if look.types[name].startswith(("DATE", "TIMESTAMP"))]
    for name in (each for each in look.names if look.types[each] == "VARCHAR" and not found):
        numbers = look.reading.numbers.get(name)
        if numbers is not None and numbers.numeric:
            continue
        dates = _dates(look, name) if may_be_days(look.cursor, look.part.relation, raw_name(name)) else None
        if dates is not None and dates.filled and dates.readable == dates.filled:
            found.append(name)
    return found if len(found) == 1 else []


def _refuse_turned(look: Look, name: str, dates: Dates) -> None:
    """Refuse a column in which a spreadsheet has turned day and month where it could, and left the others as text.

    Raises
    ------
    IntakeError
        All days written year first could be turned, and all others could not.
    """
    if dates.only.get("y-m-d", 0) < _FEW_TURNED or not (dates.only.get("d-m-y") or dates.only.get("m-d-y")):
        return
    raw = f"trim({raw_name(name)})"
    iso, unturned, example = look.cursor.execute(
        f"select count(*), count(*) filter (substr(v, 9, 2) > '12'), min(v)"
        f" from (select {raw} as v from {look.part.relation})"
        r" where regexp_matches(v, '^\d{4}-\d{2}-\d{2}')"
    ).fetchall()[0]
    if iso >= _FEW_TURNED and not unturned:
        others = sum(count for written, count in dates.only.items() if written != "y-m-d")
        raise IntakeError(
            f"{look.part.file}: in {name} {iso:,} days are written year first, such as {example}, none of them after"
            f" the 12th of a month, and {others:,} in another way: a spreadsheet seems to have turned day and month"
            " where it could. Export the column as text. Nothing was changed."
        )


def numeric(look: Look, role: str) -> dict[str, int]:
    """Keep of the columns a name proposes those that hold numbers."""
    kept = {}
    for name, strength in look.ranked.get(role, {}).items():
        if name in look.used.values():
            continue
        numbers = look.reading.numbers.get(name)
        typed = look.types[name]
        if numbers is None:
            fits = typed.startswith(("DOUBLE", "FLOAT", "DECIMAL")) or "INT" in typed
        else:
            sure = look.how.get((role, name)) in ("declared", "same name")
            fits = sure or numbers.numeric > _MOSTLY * max(numbers.filled, 1)
        if fits:
            kept[name] = strength
    return kept


def choose(look: Look, column: str, source: str) -> None:
    """Take a column of the file for one of the schema."""
    look.used[column] = source
    how = look.how.get((column, source), "guessed")
    written = look.reading.dates.written if column == "order_date" and look.reading.dates else ""
    look.reading.matches.append(Match(column, source, how, written=written))


def _is_month(name: str) -> bool:
    """Say whether a column is named after a month of a year.

    >>> [_is_month(name) for name in ("Jan 2024", "2024-03", "März 24", "03/2024", "Month", "2024", "Q1 2024")]
    [True, True, True, True, False, False, False]
    """
    words = re.findall(r"[^\W\d_]+|\d+", name)
    if len(words) != 2:  # noqa: PLR2004 - month and year
        return False
    if any(re.fullmatch(r"[mp]\d+", meaning(word)) for word in words):
        return any(word.isdigit() for word in words)
    return re.fullmatch(r"(19|20)\d\d\W(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])\W(19|20)\d\d", name.strip()) is not None


def missing_column(look: Look, column: str) -> str:
    """Write what is said where a file has no column for what every line needs."""
    months = [name for name in look.names if _is_month(name)] if column == "order_date" else []
    if len(months) >= _FEWEST_MONTHS:
        kept = ", ".join(quote(name) for name in look.names if name not in months)
        return (
            f"{look.part.file}: its months stand as columns ({listed(months)}), and sales need a line for each. Give"
            " the file another name, months.csv say, and put a sales.sql beside it: unpivot 'months.csv' on"
            f' columns(* exclude ({kept})) into name "Month" value "Amount". Nothing was changed.'
        )
    sides = [name for side in _SIDES for name in look.names if unified(name) in side]
    if column == "net_amount" and len(sides) == 2:  # noqa: PLR2004 - debit and credit
        debit, credit = (f"coalesce({quote(name)}, 0)" for name in sides)
        return (
            f"{look.part.file}: its amounts stand in two columns ({listed(sides)}). Give the file another name,"
            f" ledger.csv say, and put a sales.sql beside it: select *, {debit} - {credit} as net_amount from"
            " 'ledger.csv' (for an account of revenue the other way round, credit less debit). Nothing was changed."
        )
    if likely := next(iter(look.ranked.get(column, ())), None):
        values = {"order_date": "no dates", "net_amount": "no numbers"}.get(column, "empty, or another on every line")
        told = f"by its name {likely[:_SHOWN_LETTERS]} is the column {column} of sales, and its values are {values}"
    else:
        told = f"the column {column} of sales is not in the file"
    return (
        f"{look.part.file}: {told}. It has: {listed(look.names)}."
        f' Name it in book.toml, for example [tables.sales.columns] {column} = "…". Nothing was changed.'
    )
