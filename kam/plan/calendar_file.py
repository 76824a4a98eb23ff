"""Open milestones as a calendar file that mail programs and phones take in (iCalendar, RFC 5545)."""

import datetime as dt
import hashlib
import re

import pandas as pd

from kam.base.schema import OPEN
from kam.base.texts import _

_OCTETS = 75  # a line holds no more (RFC 5545, 3.1)
_END = "\r\n"
_TOLD = {
    "plan": _("Plan: {value}"),
    "owner": _("Owner: {value}"),
    "department": _("Department: {value}"),
    "status": _("Status: {value}"),
}
# Whatever some program takes for the end of a line, and all other control characters (RFC 5545, 3.3.11).
_UNPRINTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BREAK = re.compile("\r\n|\r|\n")


def calendar_file(milestones: pd.DataFrame, *, book: str, today: dt.date) -> str:
    r"""Write the open milestones as all-day events.

    Each keeps its UID from one export to the next, so that taking a newer file in moves the event instead of doubling
    it. Text from the book is escaped and stripped of control characters: it cannot add a line of its own.

    Parameters
    ----------
    milestones
        milestone_id, title, account, plan, owner, department, status, due_on, baseline_on, risk_reason. Rows without
        a due day or already done are left out.
    book
        The book's name: two books may use the same ids.
    today
        The book's today, as the time the events were written.

    Examples
    --------
    >>> calendar_file(pd.DataFrame({"status": []}), book="B", today=dt.date(2026, 9, 30)).split("\r\n")[:2]
    ['BEGIN:VCALENDAR', 'VERSION:2.0']
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//kam//Key account plans//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(_('{book}: milestones').format(book=book))}",
    ]
    for row in milestones[milestones["status"].isin(OPEN)].to_dict("records"):
        if pd.notna(row["due_on"]):
            lines += _event(row, book, today)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + _END for line in lines)


def _event(row: dict, book: str, today: dt.date) -> list[str]:
    day = pd.Timestamp(row["due_on"]).date()
    uid = hashlib.sha256(f"{book}\n{row['milestone_id']}".encode()).hexdigest()[:32]
    summary = ", ".join(str(row[name]) for name in ("title", "account") if _is_told(row[name]))
    promised = (
        None if pd.isna(row["baseline_on"]) else _("First promised: {day}").format(day=f"{row['baseline_on']:%Y-%m-%d}")
    )
    told = [
        *(text.format(value=row[name]) for name, text in _TOLD.items() if _is_told(row[name])),
        *([] if promised is None else [promised]),
        *([str(row["risk_reason"])] if _is_told(row["risk_reason"]) else []),
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@kam",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(chr(10).join(told))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _is_told(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(value: str) -> str:
    r"""Escape a text (RFC 5545, 3.3.11).

    >>> _text("Audit; phase 1, then\r\nEND:VEVENT")
    'Audit\\; phase 1\\, then\\nEND:VEVENT'
    """
    clean = _UNPRINTED.sub(" ", _BREAK.sub("\n", value))
    for letter in ("\\", ";", ","):
        clean = clean.replace(letter, f"\\{letter}")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character; a line that goes on begins with a space."""
    parts, part, room = [], "", _OCTETS
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if size > room:
            parts.append(part)
            part, room = " ", _OCTETS - 1
        part, room = part + letter, room - size
    return _END.join([*parts, part])
