"""The finding of the milestones page in words."""

import datetime as dt

import pandas as pd
import pytest

from kam.plan.words_milestones import finding, objectives_title, timeline_title

TODAY = dt.date(2026, 9, 30)
NOTHING = pd.DataFrame({"status": []})


def steps(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["status", "title", "account", "owner", "due_on"])
    return frame.astype({"due_on": "datetime64[us]"})


def goals(**numbers: int) -> pd.DataFrame:
    return pd.DataFrame({"status": [name.replace("_", " ") for name, number in numbers.items() for _ in range(number)]})


DONE = ("done", "Kick-off", "Acme", "Ines", "2026-01-05")
LATE = ("overdue", "Sponsor signs", "Bolt", "Ines", "2026-09-29")
LATER = ("overdue", "Joint  workshop\n", "Nordwind", "Roth", "2026-08-20")
LOST = ("overdue", "Visit", None, None, "2026-09-29")
SOON = ("due soon", "Review", "Acme", "Ines", "2026-10-05")
SOONER = ("due soon", "Audit", "Acme", "Ines", "2026-10-30")
PLANNED = ("planned", "Renewal", "Acme", "Ines", "2026-12-01")


@pytest.mark.parametrize(
    ("milestones", "objectives", "sentence"),
    [
        (
            steps(DONE, LATE, LATER, SOON, SOONER, PLANNED),
            goals(red=2, green=6, amber=1, not_measured=3),
            (
                "2 of 6 milestones are overdue, the worst is “Joint workshop” at Nordwind, 41 days late (owner Roth);"
                " 2 more fall due by 30 Oct 2026; 2 of 9 measured objectives are red."
            ),
        ),
        (
            steps(LATE, DONE),
            goals(red=1),
            (
                "1 of 2 milestones is overdue: “Sponsor signs” at Bolt, 1 day late (owner Ines);"
                " 1 of 1 measured objective is red."
            ),
        ),
        (
            steps(LOST, SOON),
            NOTHING,
            "1 of 2 milestones is overdue: “Visit”, 1 day late (no owner); 1 more falls due by 5 Oct 2026.",
        ),
        (
            steps(DONE, SOON),
            goals(green=4),
            "None of 2 milestones is overdue; 1 falls due by 5 Oct 2026; none of 4 measured objectives is red.",
        ),
        (
            steps(DONE, PLANNED),
            goals(not_measured=1),
            "None of 2 milestones is overdue; none of 1 objective can be measured.",
        ),
        (steps(), goals(red=2), "There are no milestones; 2 of 2 measured objectives are red."),
        (
            steps(),
            NOTHING,
            (
                "There are no milestones or objectives here; with plans, dated steps and targets this page"
                " shows what is"
                " done, due and going wrong."
            ),
        ),
    ],
)
def test_the_finding_names_what_is_overdue_what_comes_and_what_is_red(
    milestones: pd.DataFrame, objectives: pd.DataFrame, sentence: str
) -> None:
    assert finding(milestones, objectives, TODAY) == sentence


def test_the_title_of_the_timeline_counts_what_stands_out() -> None:
    late = ("done late", "x", "Acme", "Ines", "2026-01-01")

    assert timeline_title(steps(LATE, SOON, SOONER, late)) == "1 milestone overdue, 2 due soon, 1 done late"
    assert timeline_title(steps(DONE)) == "No milestone overdue, none due soon, none done late"
    assert timeline_title(steps()) == "No milestones"


def test_the_title_of_the_objectives_counts_the_red_ones() -> None:
    assert objectives_title(goals(red=3, green=1, not_measured=5)) == "3 of 4 measured objectives are red"
    assert objectives_title(goals(green=2)) == "None of 2 measured objectives is red"
    assert objectives_title(NOTHING) == "No objectives"
