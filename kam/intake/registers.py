"""How every table but sales is read: a bad row is refused, never the book; what fits nothing is dropped and said."""

import datetime as dt
from dataclasses import dataclass, field, replace

import duckdb

from kam.base.errors import IntakeError
from kam.base.schema import Table
from kam.intake.clean import Clean, Typed, rules_of, settle
from kam.intake.column_matching import Match, match_columns
from kam.intake.dates import read_dates
from kam.intake.finding import Finding
from kam.intake.formats import NUMBER_KINDS, Reader, plain_columns, reader
from kam.intake.number_marks import Numbers, read_numbers
from kam.intake.part import ROW, Part
from kam.intake.raw import raw_name
from kam.intake.settings import TableSettings
from kam.intake.sources import never_missing

_WORDS_SHOWN = 5


@dataclass(slots=True)
class Register:
    """A table that was read: its rows, which column was read from which, and what a reader should know."""

    clean: Clean | None
    matches: list[tuple[str, Match]] = field(default_factory=list)  # file, match
    findings: list[Finding] = field(default_factory=list)


def read_register(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    label: str,
    parts: list[Part],
    settings: TableSettings,
    *,
    today: dt.date,
    time_zone: str | None,
    limit: int,
) -> Register:
    """Read the files of one table; a file that cannot be read as that table is named and left out."""
    register = Register(None)
    typed = []
    for part in parts:
        try:
            typed.append(_typed(cursor, table, part, settings, register, today=today, time_zone=time_zone))
        except IntakeError as error:
            told = str(error).removesuffix(" Nothing was changed.")
            register.findings.append(Finding(table.name, "file not read", "warning", part.rows, told, table.adds))
    if not typed:
        return register
    register.clean = settle(cursor, table, label, typed, limit=limit, written=written_register)
    return register


def _typed(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    part: Part,
    settings: TableSettings,
    register: Register,
    *,
    today: dt.date,
    time_zone: str | None,
) -> Typed:
    types = dict(part.columns)
    matches = match_columns(table, list(types), declared=settings.columns, file=part.file)
    numbers = _numbers(cursor, table, part, matches, settings)
    sources = ((table[match.column], match.source, types[match.source]) for match in matches)
    plain = plain_columns(cursor, part.relation, sources) if part.kind != "text" else set()
    readers: list[Reader] = []
    for match in matches:
        column, kind = table[match.column], types[match.source]
        dates = None
        if column.kind == "date" and kind == "VARCHAR":
            declared = settings.date_formats.get(part.file) or settings.date_format
            dates = read_dates(cursor, part.relation, match.source, declared=declared, today=today, time_zone=time_zone)
            if dates.undecided:
                register.findings.append(_undecided(table, part, match, dates.options, "date_format"))
                dates = read_dates(
                    cursor, part.relation, match.source, declared=dates.options[0], today=today, time_zone=time_zone
                )
        found = numbers.get(match.source)
        if found is not None and found.undecided and column.kind in NUMBER_KINDS:
            register.findings.append(_undecided(table, part, match, (".", ","), "decimal"))
        each = reader(
            column,
            (match.source, kind),
            numbers=found,
            dates=dates,
            meant=settings.values.get(column.name),
            plain=match.column in plain,
        )
        if not column.required and match.how == "guessed" and not each.sure and _fits_nothing(cursor, part, each):
            register.findings.append(
                Finding(
                    table.name,
                    "column dropped",
                    "warning",
                    0,
                    f"{match.source} was guessed to be {column.name}, and none of its values fits",
                    column.meaning,
                )
            )
            continue
        register.findings += _unknown_words(cursor, table, part, each)
        readers.append(each)
        register.matches.append((part.file, replace(match, written=each.written)))
    if table.key and table.key not in {each.column.name for each in readers}:
        value = f"""'{table.name}-' || "{ROW}\""""
        readers.insert(0, Reader(table[table.key], ROW, value, "true", sure=True, written="counted"))
    filled = never_missing(cursor, part)
    made = tuple(readers)
    return Typed(part, part.relation, made, rules_of(table, made, today, filled=filled))


def _numbers(
    cursor: duckdb.DuckDBPyConnection, table: Table, part: Part, matches: list[Match], settings: TableSettings
) -> dict[str, Numbers]:
    types = dict(part.columns)
    names = [
        match.source
        for match in matches
        if table[match.column].kind in NUMBER_KINDS and types[match.source] == "VARCHAR"
    ]
    found = read_numbers(cursor, part.relation, names, declared=settings.decimal, exact=part.exact) if names else {}
    for name, mark in settings.decimals.items():
        if name in found:
            found |= read_numbers(cursor, part.relation, [name], declared=mark, exact=part.exact)
    return found


def _undecided(table: Table, part: Part, match: Match, options: tuple[str, ...], key: str) -> Finding:
    told = (
        f"{part.file}: {match.source} can be read in several ways ({', '.join(options)}); it is read as {options[0]}."
        f' Write {key} = "{options[0]}" or "{options[-1]}" under [tables.{table.name}]'
    )
    return Finding(table.name, "read in one of several ways", "warning", 0, told, table[match.column].meaning)


def _fits_nothing(cursor: duckdb.DuckDBPyConnection, part: Part, each: Reader) -> bool:
    rows = cursor.execute(
        f"select count(*) filter ({each.present}), count(*) filter (({each.value}) is not null) from {part.relation}"
    ).fetchall()
    present, fitting = rows[0]
    return present > 0 and fitting == 0


def _unknown_words(cursor: duckdb.DuckDBPyConnection, table: Table, part: Part, each: Reader) -> list[Finding]:
    """Show the words that are none of a choice, with their counts and the line that maps one."""
    if each.column.kind != "choice":
        return []
    rows = cursor.execute(
        f"select trim({raw_name(each.source)}::varchar) as word, count(*) as n from {part.relation}"
        f" where {each.present} and ({each.value}) is null group by word order by n desc, word"
    ).fetchall()
    if not rows:
        return []
    words = ", ".join(f"{word[:40]} ({count:,})" for word, count in rows[:_WORDS_SHOWN])
    how = f'[tables.{table.name}.values.{each.column.name}] "{rows[0][0][:40]}" = "{each.column.choices[0]}"'
    told = f"{words}; say what they mean, for example {how}"
    count = sum(count for _, count in rows)
    return [Finding(table.name, f"words outside {each.column.name}", "warning", count, told, each.column.meaning)]


def written_register(typed: Typed, column: str) -> str:
    """Write the SQL of what a file holds for a column of the schema."""
    each = next(each for each in typed.readers if each.column.name == column)
    names = {name for name, _ in typed.part.columns}
    return f"coalesce({raw_name(each.source)}::varchar, '')" if each.source in names else "''"
