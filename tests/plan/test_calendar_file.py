"""The calendar file reads back as it was meant, whatever the names hold (RFC 5545)."""

import datetime as dt
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.plan.calendar_file import calendar_file

TODAY = dt.date(2026, 9, 30)


def steps(**change: object) -> pd.DataFrame:
    row = {
        "milestone_id": "S1",
        "title": "Audit; phase 1, then",
        "account": "Nord",
        "plan": "Nord 2026",
        "owner": "Ada",
        "department": None,
        "status": "planned",
        "due_on": "2026-10-05",
        "baseline_on": "2026-10-01",
        "risk_reason": None,
    }
    return pd.DataFrame([row | change]).astype({"due_on": "datetime64[us]", "baseline_on": "datetime64[us]"})


def parsed(text: str) -> list[dict[str, str]]:
    """Read the events back: unfold, split, unescape."""
    assert text.endswith("\r\n")
    assert not re.search(r"[^\r]\n|\r[^\n]", text)
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VCALENDAR":
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    return events


def test_an_open_milestone_is_an_event_of_its_day() -> None:
    (event,) = parsed(calendar_file(steps(), book="B", today=TODAY))

    assert re.fullmatch(r"[0-9a-f]{32}@kam", event.pop("UID"))
    assert event == {
        "DTSTAMP": "20260930T000000Z",
        "DTSTART;VALUE=DATE": "20261005",
        "DTEND;VALUE=DATE": "20261006",
        "SUMMARY": "Audit; phase 1, then, Nord",
        "DESCRIPTION": "Plan: Nord 2026\nOwner: Ada\nStatus: planned\nFirst promised: 2026-10-01",
        "TRANSP": "TRANSPARENT",
        "END": "VEVENT",
    }


def test_the_uid_stays_when_all_else_moves_and_is_another_in_another_book() -> None:
    one, moved, other = (
        parsed(calendar_file(steps(**change), book=book, today=TODAY))[0]["UID"]
        for change, book in [({}, "B"), ({"title": "X", "due_on": "2027-01-01"}, "B"), ({}, "C")]
    )
    assert one == moved != other


@pytest.mark.parametrize("change", [{"status": "done"}, {"status": "done late"}, {"due_on": None}])
def test_what_is_done_or_has_no_day_is_left_out(change: dict[str, object]) -> None:
    assert parsed(calendar_file(steps(**change), book="B", today=TODAY)) == []


NASTY = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:mine\x85\u2028\x0b\x00\\n;,"


def test_a_name_cannot_add_a_line() -> None:
    text = calendar_file(steps(title=NASTY, owner=NASTY, account=NASTY), book=NASTY, today=TODAY)

    assert len(parsed(text)) == 1
    assert len(text.splitlines()) == text.count("\r\n")
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", text)


@given(st.text(max_size=300), st.text(max_size=120))
def test_any_text_is_folded_at_75_octets_and_read_back(title: str, book: str) -> None:
    text = calendar_file(steps(title="T" + title), book=book, today=TODAY)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = parsed(text)
    printed = re.sub("\r\n|\r|\n", "\n", "T" + title)
    assert event["SUMMARY"] == re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", printed) + ", Nord"
