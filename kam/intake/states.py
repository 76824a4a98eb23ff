"""Which lines do not count or count negative: by the words of a status, of a kind of document, and by their signs."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from kam.intake.asking import total_of
from kam.intake.concepts import ideas
from kam.intake.look import Look, choose
from kam.intake.open_question import Option, Question
from kam.intake.raw import raw_name
from kam.intake.reading import Note, condition
from kam.intake.sampling import as_sample
from kam.intake.status import OUT, is_a_step, kinds_of_documents, kinds_of_states, says_cancelled
from kam.intake.totals import plain
from kam.intake.wordlists import wordlists

_MOSTLY = 0.5
_SHARE_ASKED = 0.01
_MOST_STATES = 60
_FEW_STATES = 8  # a column of so few words, of which one is a state, holds states
_SHOWN = 3
_CODE = re.compile(r"\d{0,3}|\w")  # a state that only the system's makers know
_HEAVY = 0.3  # returns and payments are fewer than sales; where they are not, they may be sales
_SIDES = frozenset(
    ["d", "c", "s", "h", "dr", "cr", *map(plain, wordlists("lines")["debit"] + wordlists("lines")["credit"])]
)


def find_states(look: Look) -> None:
    """Find the lines that do not count, by the words of a status or of a kind of document."""
    for role in ("status", "document_type"):
        for name in list(look.ranked.get(role, {}))[:3]:
            if name not in look.used.values() and name not in look.reading.numbers:
                _look_at_state(look, role, name)
    look.reading.returns += [(column, words) for column, words in look.settings.returns.items() if column in look.types]
    for column, words in look.settings.leave_out.items():
        if column in look.types:
            _leave_out(look, column, words)


def _leave_out(look: Look, column: str, words: list[str]) -> None:
    """Leave out the lines that book.toml or a recipe names, and say how many and how much that is."""
    look.reading.left_out.append((column, words, "declared"))
    state = "'(filled)'" if "*" in words else f"trim({raw_name(column)}::varchar)"
    for told, count, money, *_ in _by_state(look, state, condition(column, words)):
        severity = "note" if column in look.own_left_out or not money else "warning"
        look.reading.notes.append(Note("left out", severity, f"{column} {told or '(blank)'}", count, money))


State = tuple[str, int, float, int, int]
"""A word, its lines, their money, and how many of them have a positive amount, and a negative one."""


def _by_state(look: Look, state: str, where: str = "true") -> list[State]:
    """Count the lines of each state."""
    net = look.reading.amount(look.reading.net) if look.reading.net else "0"
    return look.cursor.execute(
        "select state, count(*), coalesce(sum(net), 0)::double, count(*) filter (net > 0), count(*) filter (net < 0)"
        f" from (select coalesce({state}, '') as state, {net} as net from {look.reading.relation} where {where})"
        f" group by state order by 2 desc, state limit {_MOST_STATES + 1}"
    ).fetchall()


def _look_at_state(look: Look, role: str, name: str) -> None:
    """Sort the words of one column: what is left out, what came back, what a person must say."""
    is_day = "cancelled" in ideas(name) and "status" not in ideas(name)
    cell = f"trim({raw_name(name)}::varchar)"
    if is_day:
        _leave_cancelled(look, name, cell)
        return
    rows = _by_state(look, cell)
    if not rows or len(rows) > _MOST_STATES:
        return
    said = look.said(name)
    if (back := _other_side(rows)) is not None:
        choose(look, role, name)
        if not said:
            _take_back(look, name, back, rows)
        return
    states = [state for state, *_ in rows]
    documents = role == "document_type"
    kinds = kinds_of_documents(states) if documents else kinds_of_states(states)
    tells = any(kind not in (None, "sale") for kind in kinds.values()) and len(rows) <= _FEW_STATES
    known = sum(row[1] for row in rows if kinds[row[0]])
    of_the_sale = role == "status" and not ideas(name) & {"customer", "product", "manager"}
    coded = of_the_sale and len(rows) <= _FEW_STATES and all(_CODE.fullmatch(state) for state in states)
    if not (tells or coded) and known < _MOSTLY * sum(row[1] for row in rows if row[0]):
        return  # most of its words are no states of an order
    choose(look, role, name)
    fresh = [row for row in rows if row[0].casefold() not in said]
    invoiced = documents and any("invoice" in ideas(state) for state in states)
    for row in fresh:
        if invoiced and kinds[row[0]] == "sale" and is_a_step(row[0]):
            look.unclear.append((name, [row[0]], row[1], row[2], "leave_out"))
        else:
            _judge(look, role, name, row, kinds[row[0]], rows)


def _judge(look: Look, role: str, name: str, row: State, kind: str | None, rows: list[State]) -> None:
    """Act on one word: leave its lines out, count them negative, ask, or say that they count."""
    state, count, money, positive, negative = row
    lines, whole = sum(each[1] for each in rows), sum(abs(each[2]) for each in rows) or 1.0
    heavy = role == "document_type" and kind in ("refund", "payment") and count > _HEAVY * lines
    unknown = kind is None and state and count <= _MOSTLY * lines  # what most lines are is a sale
    out = kind in OUT or (kind == "refund" and role == "status")
    takes_back = out and negative > 0 and any(each[3] for each in rows)  # some or all of it reverses other lines
    if takes_back and abs(money) > _SHARE_ASKED * whole:
        look.unclear.append((name, [state], count, money, "leave_out"))
    elif out or (kind == "payment" and not (heavy and positive)):
        look.reading.left_out.append((name, [state], kind or ""))
        look.reading.notes.append(Note("left out", "warning" if money else "note", f"{name} {state}", count, money))
    elif kind == "refund" and positive > _MOSTLY * count and not heavy:
        _take_back(look, name, [state], rows)
    elif (kind == "ask" or unknown or (heavy and positive)) and abs(money) > _SHARE_ASKED * whole:
        other = "returns" if kind == "refund" else "leave_out"
        look.unclear.append((name, [state], count, money, other))
    elif kind == "ask" or unknown:
        look.reading.notes.append(Note("unclear status", "note", f"{name} {state} counts as a sale", count, money))


def _leave_cancelled(look: Look, name: str, cell: str) -> None:
    """Leave out the lines of a column named "cancelled" that say so, by a yes or by the day."""
    rows = [row for row in _by_state(look, cell) if says_cancelled(row[0])]
    if not rows or name in look.settings.keep:
        return
    choose(look, "status", name)
    count, money = sum(row[1] for row in rows), sum(row[2] for row in rows)
    look.reading.left_out.append((name, [row[0] for row in rows], "cancelled"))
    look.reading.notes.append(Note("left out", "warning", f"{name}: {rows[0][0]}", count, money))


def _other_side(rows: list[State]) -> list[str] | None:
    """Of a column that says debit and credit alone, name the side on which fewer lines stand: they came back."""
    sides = [row for row in rows if row[0]]
    if {row[0] for row in sides} == {"+", "-"}:
        return ["-"] if all(row[2] >= 0 for row in sides) else None
    if len(sides) != 2 or not all(plain(row[0]) in _SIDES for row in sides) or any(row[2] < 0 for row in sides):  # noqa: PLR2004
        return None
    return [min(sides, key=lambda row: row[1])[0]]


def _take_back(look: Look, name: str, states: list[str], rows: list[State]) -> None:
    look.reading.returns.append((name, states))
    for state, count, money, *_ in rows:
        if state in states:
            told = f"{name} {state} counts negative"
            look.reading.notes.append(Note("returns", "warning", told, count, -abs(money)))


def ask_unclear(look: Look) -> None:
    """Ask whether the lines of each word count that nobody knows or that may mean either."""
    asked = [_ask_states(look, *unclear) for unclear in look.unclear]
    look.reading.questions += [
        question for question in asked if len({round(option.money or 0.0, 2) for option in question.options}) > 1
    ]  # lines that are left out already need no answer


def _ask_states(look: Look, name: str, states: list[str], count: int, money: float, other: str) -> Question:
    reading = look.reading
    counted = ("count them", reading, "keep")
    rest = ("leave them out", replace(reading, left_out=[*reading.left_out, (name, states, "")]), "leave_out")
    if other == "returns":
        taken_back = replace(reading, returns=[*reading.returns, (name, states)])
        rest = ("they came back: count them negative", taken_back, "returns")
    options = tuple(
        Option(
            label,
            total_of(look.cursor, read, read.net) if read.net else 0.0,
            ("tables", "sales", key, name),
            [*getattr(look.settings, key).get(name, []), *states],
        )
        for label, read, key in (counted, rest)
    )
    shown = " or ".join(states[:_SHOWN]) + (" …" if len(states) > _SHOWN else "")
    which = f"whose {name} is {shown}" if any(states) else f"without {name}"
    asks = f"Do the {count:,} lines {which} count as sales?"
    return Question("sales", reading.part.file, name, asks, f"{money:,.2f} hang on them", options)


def find_signs(look: Look, frame: pd.DataFrame) -> None:
    """Take a negative quantity beside a positive amount for what came back, if nearly all such lines are so."""
    reading = look.reading
    if reading.quantity is None or reading.net is None or reading.net.pieces:
        return
    sample = as_sample(look, frame)
    net = reading.net.of(sample.numbers, sample.quantity)
    negative = sample.quantity < 0
    opposite = negative & (net > 0)
    if not opposite.any():
        return
    reading.back = float(opposite.sum()) >= 0.95 * float((negative & (net != 0)).sum())
    money, count = float(np.nansum(net[opposite])), int(opposite.sum())
    does = "they count as returns" if reading.back else "they count as they are written; look whether they are returns"
    told = f"a negative quantity and a positive amount: {does}"
    reading.notes.append(Note("opposite signs", "warning", told, count, money))
