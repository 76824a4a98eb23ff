"""Which lines do not count or count negative: by the words of a status, of a kind of document, and by their signs."""

import numpy as np
import pandas as pd

from kam.intake.asking import total_of
from kam.intake.concepts import ideas
from kam.intake.look import Look, choose
from kam.intake.question import Option, Question
from kam.intake.raw import raw_name
from kam.intake.reading import Note, condition
from kam.intake.sampling import as_sample
from kam.intake.status import kind_of_document, kind_of_status, says_cancelled

_MOSTLY = 0.5
_SHARE_ASKED = 0.01
_MOST_STATES = 60


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
    net = look.reading.amount(look.reading.net) if look.reading.net else "0"
    rows = look.cursor.execute(
        f"select state, count(*), sum(net) from (select trim({raw_name(column)}::varchar) as state, {net} as net"
        f" from {look.reading.relation} where {condition(column, words)}) group by state order by 2 desc limit 20"
    ).fetchall()
    look.reading.left_out.append((column, words, "declared"))
    severity = "note" if column in look.own_left_out else "warning"
    for state, count, money in rows:
        told = f"{column} {state or 'blank'}"
        look.reading.notes.append(Note("left out", severity, told, count, float(money or 0)))


def _look_at_state(look: Look, role: str, name: str) -> None:
    net = look.reading.amount(look.reading.net) if look.reading.net else "0"
    rows = look.cursor.execute(
        "select state, count(*), sum(net), count(*) filter (net > 0)"
        f" from (select coalesce(trim({raw_name(name)}::varchar), '')"
        f" as state, {net} as net from {look.reading.relation}) group by state order by 2 desc limit {_MOST_STATES + 1}"
    ).fetchall()
    day_of = "cancelled" in ideas(name) and "status" not in ideas(name)
    if not rows or (len(rows) > _MOST_STATES and not day_of):
        return
    kinds = {state: _kind_of(role, name, state) for state, *_ in rows}
    known = sum(count for state, count, *_ in rows if kinds[state] or not state)
    if role == "status" and not day_of and (not any(kinds.values()) or known < _MOSTLY * sum(row[1] for row in rows)):
        return  # most of its words are no states of an order
    choose(look, role, name)
    said = {word.casefold() for kind in (look.settings.leave_out, look.settings.returns, look.settings.keep)
            for word in kind.get(name, [])}  # fmt: skip
    whole = sum(abs(float(money or 0)) for _, _, money, _ in rows) or 1.0
    out: dict[str, list[str]] = {}
    for state, count, money, positive in rows:
        if state.casefold() in said:
            continue
        kind = kinds[state]
        if kind in ("cancelled", "void", "draft", "quote", "payment") or (kind == "refund" and role == "status"):
            out.setdefault(kind, []).append(state)
            _say_left(look, name, state, count, money)
        elif kind == "refund" and positive > _MOSTLY * count:
            look.reading.returns.append((name, [state]))
            told = f"{name} {state} counts negative"
            look.reading.notes.append(Note("returns", "warning", told, count, -abs(float(money or 0))))
        elif kind == "ask" or (role == "status" and kind is None and state):
            if abs(float(money or 0)) > _SHARE_ASKED * whole:
                look.reading.questions.append(_ask_state(look, name, state, count, float(money or 0)))
            else:
                told = f"{name} {state} counts as a sale"
                look.reading.notes.append(Note("unclear status", "note", told, count, float(money or 0)))
    for kind, states in out.items():
        look.reading.left_out.append((name, states, kind))


def _kind_of(role: str, name: str, state: str) -> str | None:
    if "cancelled" in ideas(name) and "status" not in ideas(name):
        return "cancelled" if says_cancelled(state) else "sale"
    return kind_of_document(state) if role == "document_type" else kind_of_status(state)


def _say_left(look: Look, name: str, state: str, count: int, money: float | None) -> None:
    look.reading.notes.append(Note("left out", "warning", f"{name} {state}", count, float(money or 0)))


def _ask_state(look: Look, name: str, state: str, count: int, money: float) -> Question:
    whole = total_of(look, look.reading.net) if look.reading.net else 0.0
    options = tuple(
        Option(label, total, ("tables", "sales", key, name), [*getattr(look.settings, key).get(name, []), state])
        for label, total, key in (("count them", whole, "keep"), ("leave them out", whole - money, "leave_out"))
    )
    asks = f"Do the {count:,} lines whose {name} is {state} count as sales?"
    return Question("sales", look.part.file, name, asks, f"{money:,.2f} hang on them", options)


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
