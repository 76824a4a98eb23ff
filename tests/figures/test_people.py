"""What the figures of people draw: marks where the domain says, names of those against us, gaps as gaps."""

import pandas as pd
import pytest

from kam.base.schema import CONTACT_LEVELS, FUNCTIONS
from kam.chart.palette import THEMES, palette
from kam.people import words
from kam.people.figures import cells_figure, gaps_figure, rhythm_figure
from kam.people.figures_one_account import OTHERS, reporting_figure, stakeholder_figure
from kam.people.figures_relationship_map import KINDS, relationship_map_figure
from tests.figures.reading import points, subtitle

NEVER = float("nan")
PEOPLE = pd.DataFrame(
    [
        ("A", "boss", "Bo <b>Lund", "Director", "management", "executive", 5.0, 2.0, 10.0, False, 0.0, "Ada", None),
        ("A", "buyer", "Mina Rask", "Buyer", "purchasing", "head", 2.0, -1.0, 200.0, False, 140.0, None, "boss"),
        ("A", "new", "Nu", None, None, None, None, None, NEVER, False, NEVER, None, "buyer"),
        ("A", "gone", "Al", "Head", "technical", "head", 4.0, -2.0, 20.0, True, NEVER, None, None),
    ],
    columns=[
        "account_id",
        "contact_id",
        "name",
        "title",
        "function",
        "level",
        "influence",
        "attitude",
        "days_since",
        "departed",
        "exposed",
        "known_by",
        "reports_to_id",
    ],
).assign(left_on=None)
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C", "D"],
        "name": ["Nord", "Süd", "Ost", "West"],
        "revenue": [900.0, 400.0, 100.0, 9.0],
        "coverage": [0.2, 0.8, 0.0, None],
        "net_support": [-0.5, 0.5, 0.1, None],
        "key_person_theirs": [0.9, 0.4, None, None],
        "key_name_theirs": ["Bo", "Jo", None, None],
        "key_person_ours": [0.8, 0.9, None, None],
        "key_name_ours": ["Ada", "Ben", None, None],
        "hangs_on": ["both", "ours", "nobody", None],
        "anti_supporter_exposure": [300.0, 0.0, 0.0, None],
    }
)


@pytest.mark.parametrize("theme", THEMES)
def test_an_account_on_one_person_stands_out_and_one_of_which_nothing_is_known_is_counted(theme: str) -> None:
    fig = relationship_map_figure(ACCOUNTS, "EUR", theme=theme)
    assert [trace.name for trace in fig.data] == list(KINDS)
    assert [row[0] for row in points(fig, "one person").customdata] == ["A"]
    assert points(fig, "one person").marker.line.color == palette(theme).accent
    assert points(fig, "nobody met").marker.symbol == "circle-open"
    assert "Not drawn: 1 account" in subtitle(fig)
    title = words.map_title(ACCOUNTS, "EUR")
    assert fig.layout.meta["title"] == title
    assert fig.layout.meta["alt"].startswith(
        f"{title}. one person: 1 account, several: 1 account, nobody met: 1 account"
    )


def test_the_person_against_us_is_named_with_the_money_and_the_one_who_left_is_not_there() -> None:
    fig = stakeholder_figure(PEOPLE, "EUR")
    assert fig.layout.meta["title"] == words.stakeholder_title(PEOPLE, "EUR")
    written = [note.text for note in fig.layout.annotations]
    assert written == ["B. &lt;b&gt;Lund", "M. Rask<br><b>EUR 140</b>", "Nu"]
    assert points(fig, "purchasing").marker.color[0].startswith("rgba(138, 36, 84")
    assert points(fig, "function unknown").x[0] == pytest.approx(-3.38)
    assert "Exposes EUR\xa0140 of revenue." in points(fig, "purchasing").customdata[0][1]


def test_the_longer_ago_we_met_the_emptier_the_mark() -> None:
    fig = stakeholder_figure(PEOPLE, "EUR")
    fills = [
        points(fig, name).marker.color[0].rpartition(", ")[2]
        for name in ("management", "purchasing", "function unknown")
    ]
    assert fills == ["1.0)", "0.25)", "0.0)"]


def posts() -> pd.DataFrame:
    places = [(function, level) for function in FUNCTIONS for level in CONTACT_LEVELS]
    frame = pd.DataFrame(places, columns=["function", "level"])
    return frame.assign(weight=0.0, people=0, active_contacts=0, state="not asked")


def test_a_gap_is_outlined_and_says_so() -> None:
    cells = posts()
    cells.loc[0, ["weight", "state", "people"]] = [2.0, "gap", 1]
    cells.loc[1, ["weight", "state", "people", "active_contacts"]] = [2.0, "covered", 1, 1]
    fig = cells_figure(cells)
    assert fig.layout.meta["title"] == words.cells_title(cells)
    assert [note.text for note in fig.layout.annotations][:3] == ["gap, 1 known", "1 met", ""]
    assert fig.layout.shapes[0].line.color == palette("light").money["down"]
    assert len(cells_figure(posts()).data) == 0


def test_gaps_are_shares_of_the_accounts_judged() -> None:
    gaps = posts().assign(judged=0, gaps=0, gap_share=float("nan"))
    assert len(gaps_figure(gaps).data) == 0
    gaps.loc[4, ["weight", "judged", "gaps", "gap_share"]] = [1.0, 4, 3, 0.75]
    fig = gaps_figure(gaps)
    assert fig.layout.meta["title"] == words.gaps_title(gaps)
    assert fig.layout.annotations[4].text == "75&#37;"
    assert "Gap at 3 of 4 accounts" in fig.data[0].customdata[4][1].replace("<br>", " ")


def test_people_stand_under_whom_they_report_to_and_ours_beyond_four_share_a_column() -> None:
    lines = PEOPLE.head(3).assign(depth=[0, 1, 2])
    ties = pd.DataFrame(
        [("boss", "Bo", f"M{number}", 9 - number, pd.Timestamp("2026-09-01"), number < 2) for number in range(7)],
        columns=["contact_id", "person", "manager", "touches", "last_touch", "active"],
    )
    fig = reporting_figure(lines, ties, ACCOUNTS.iloc[0])
    assert fig.layout.meta["title"] == words.lines_title(ACCOUNTS.iloc[0])
    texts = [note.text for note in fig.layout.annotations]
    assert [text.split("<br>")[0] for text in texts[:3]] == ["Bo &lt;b&gt;Lund", "Mina Rask", "Nu"]
    assert texts[3:] == ["M0", "M1", "M2", "M3", OTHERS]
    assert list(points(fig, "met within 90 days").x) == [0, 1]
    assert list(points(fig, "met before that").x) == [2, 3, 4, 4, 4]
    assert "2 of them unmet" in fig.layout.meta["alt"]


def test_the_rhythm_leaves_out_what_never_happens() -> None:
    months = pd.date_range("2025-10-01", periods=12, freq="MS")
    none = dict.fromkeys(("selling", "service", "relationship", "unsaid"), 0)
    rhythm = pd.DataFrame({"month": months, "value": range(12), **none})
    fig = rhythm_figure(rhythm)
    assert fig.layout.meta["title"] == words.rhythm_title(rhythm)
    assert [trace.name for trace in fig.data] == ["to give value"]
    assert len(rhythm_figure(pd.DataFrame({"month": months, "value": 0, **none})).data) == 0


def test_nobody_known_is_said() -> None:
    nobody = PEOPLE.head(0)
    for fig in (
        stakeholder_figure(nobody, None),
        relationship_map_figure(ACCOUNTS.tail(1), None),
        reporting_figure(nobody.assign(depth=0), nobody, ACCOUNTS.iloc[3]),
    ):
        assert len(fig.data) == 0
        assert fig.layout.meta["alt"]
