"""What the figures of the ladder draw: rungs with their certainty, claims against evidence, pulls of signals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.terms import RUNGS
from kam.chart.palette import palette, tint
from kam.ladder import words, words_rungs
from kam.ladder.figures import moves_figure, rungs_figure
from kam.ladder.figures_claims import claims_figure, interval
from kam.ladder.figures_evidence import evidence_figure, outcomes_figure
from tests.figures.books import WINDOW, evidence, ladder
from tests.figures.reading import bars, ids, points, subtitle

LIGHT = palette("light")
RUNG = ladder().iloc[0]


def test_rungs_are_split_by_how_sure_they_are() -> None:
    fig = rungs_figure(ladder(), "EUR", window=WINDOW)
    assert fig.layout.meta["title"] == words.rungs_title(ladder())
    bands = {(trace.name, trace.xaxis): list(trace.x) for trace in fig.data if trace.type == "bar" and trace.xaxis}
    assert bands == {
        ("sure, ≥ 90%", "x"): [0, 0, 1],
        ("likely, ≥ 75%", "x"): [1, 0, 0],
        ("leaning", "x"): [0, 1, 0],
        ("unknown", "x"): [1],
        ("sure, ≥ 90%", "x2"): [0, 0, 100],
        ("likely, ≥ 75%", "x2"): [300, 0, 0],
        ("leaning", "x2"): [0, 200, 0],
        ("unknown", "x2"): [400],
    }


def test_the_expected_size_of_a_rung_counts_every_account_with_its_probability() -> None:
    fig = rungs_figure(ladder(), "EUR", window=WINDOW)
    assert list(points(fig, "expected", "x").x) == pytest.approx([1.4, 1.2, 1.4])
    assert list(points(fig, "expected", "x2").x) == pytest.approx([440, 315, 245])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_rung_keeps_its_colour_in_every_band_and_the_unknown_its_hatch(theme: str) -> None:
    colours = palette(theme)
    fig = rungs_figure(ladder(), "EUR", window=WINDOW, theme=theme)
    for name, strength in (("sure, ≥ 90%", 1.0), ("leaning", 0.28)):
        trace = bars(fig, name, "x")
        assert list(trace.marker.color) == [tint(colours.rung[rung], colours.page, strength) for rung in RUNGS]
        assert list(trace.marker.line.color) == [colours.rung[rung] for rung in RUNGS]
    assert bars(fig, "unknown", "x").marker.pattern.shape == "/"


def test_bars_of_many_accounts_carry_no_account() -> None:
    fig = rungs_figure(ladder(), "EUR", window=WINDOW)
    carried = {row[0] for trace in fig.data if trace.customdata is not None for row in trace.customdata}
    assert carried == {""}


def test_claims_stand_by_the_width_of_their_gap() -> None:
    fig = claims_figure(ladder())
    assert fig.layout.meta["title"] == words.claims_title(ladder())
    expected, claimed = points(fig, "expected"), points(fig, "claimed")
    assert ids(expected) == ["S", "B", "P"]
    assert list(expected.x) == pytest.approx([1.95, 1.2, 2.95])
    assert list(claimed.x) == [3, 1, 3]
    assert list(expected.marker.color) == [
        LIGHT.rung["supplier"],
        LIGHT.rung["commodity broker"],
        LIGHT.rung["strategic partner"],
    ]
    assert "Left out: 1 without a claim" in subtitle(fig)


def test_the_range_of_a_claim_holds_nine_tenths_of_the_probability() -> None:
    band = bars(claims_figure(ladder()), "range")
    low, high = band.base[2], band.base[2] + band.x[2]
    assert (low, high) == pytest.approx((2.5, 3.5 - 0.05 / 0.95))


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda shares: sum(shares) > 0.01))
def test_an_interval_is_ordered_and_holds_the_median_rung(shares: list[float]) -> None:
    total = sum(shares)
    normed = [share / total for share in shares]
    low, high = interval(normed)
    assert 0.5 <= low <= high <= 3.5
    middle = 1 + int(np.searchsorted(np.cumsum(normed), 0.5))
    assert low <= middle + 0.5
    assert high >= middle - 0.5


def test_evidence_stands_by_group_strongest_first_in_the_colour_of_its_way() -> None:
    fig = evidence_figure(evidence(), account_id="A9", rung=RUNG)
    assert fig.layout.meta["title"] == words.evidence_title(RUNG)
    pulls = bars(fig, "pull")
    assert list(pulls.x) == [-1.5, 0.2, 0.8]
    assert list(pulls.y) == sorted(pulls.y)
    assert set(ids(pulls)) == {"A9"}
    up, down = LIGHT.rung["strategic partner"], LIGHT.rung["commodity broker"]
    assert list(pulls.marker.line.color) == [down, up, up]
    assert pulls.marker.color[0] == down
    assert pulls.marker.color[1] == pulls.marker.color[2] == tint(up, LIGHT.page, 0.65)
    assert "1 signal not measured" in subtitle(fig)


def test_an_empty_ladder_says_so() -> None:
    for fig in (
        rungs_figure(ladder().head(0), "EUR", window=WINDOW),
        claims_figure(ladder().tail(1)),
        evidence_figure(evidence().tail(1), account_id="A", rung=RUNG),
    ):
        assert len(fig.data) == 0
        assert len(fig.layout.annotations) == 1
        assert fig.layout.meta["alt"] == fig.layout.annotations[0].text.replace("<br>", " ")


def test_5000_accounts_fit_the_ladder() -> None:
    many = ladder().loc[np.resize(np.arange(4), 5000)].reset_index(drop=True)
    assert sum(bars(rungs_figure(many, "EUR", window=WINDOW), "leaning", "x").x) == 1250
    assert len(points(claims_figure(many), "claimed").x) == 15


FLOWS = pd.DataFrame(
    [
        ["commodity broker", "supplier", 2, 20.0],
        ["supplier", "supplier", 5, 50.0],
        ["strategic partner", "supplier", 1, 10.0],
        ["unknown", "strategic partner", 3, 30.0],
    ],
    columns=["from_rung", "to_rung", "accounts", "revenue"],
)

SHIFTS = pd.DataFrame(
    [
        (came, now, revenue / accounts, came != now and "unknown" not in (came, now))
        for came, now, accounts, revenue in FLOWS.itertuples(index=False)
        for _ in range(accounts)
    ],
    columns=["from_rung", "to_rung", "revenue", "moved"],
)


def test_only_steps_between_known_rungs_are_coloured_and_they_lie_on_top() -> None:
    fig = moves_figure(FLOWS, SHIFTS, "EUR", subtitle="S")
    (drawn,) = fig.data
    assert (fig.layout.meta["title"], subtitle(fig)) == (words.moves_title(SHIFTS, "EUR"), "S")
    up, down = (tint(LIGHT.money[way], LIGHT.page, 0.75) for way in ("up", "down"))
    assert list(drawn.link.value) == [5, 3, 2, 1]
    assert [colour in (up, down) for colour in drawn.link.color] == [False, False, True, True]
    assert list(drawn.link.color[2:]) == [up, down]
    assert sum(drawn.link.value) == FLOWS["accounts"].sum()


def test_each_side_lists_its_rungs_from_the_highest_down() -> None:
    (drawn,) = moves_figure(FLOWS, SHIFTS, "EUR", subtitle="S").data
    assert list(drawn.node.label) == [
        "strategic partner  1 · 10.0",
        "supplier  5 · 50.0",
        "commodity broker  2 · 20.0",
        "unknown  3 · 30.0",
        "strategic partner  3 · 30.0",
        "supplier  8 · 80.0",
    ]
    assert list(drawn.node.y) == sorted(drawn.node.y[:4]) + sorted(drawn.node.y[4:])


OUTCOMES = pd.DataFrame(
    [
        ["margin rate", "commodity broker", 3, 9.0, 0.10, None, None, None, None, None],
        ["margin rate", "supplier", 8, 80.0, 0.30, 0.28, 0.32, 0.20, None, None],
        ["NRR", "supplier", 8, 80.0, 1.10, 0.90, 1.30, None, None, None],
    ],
    columns=[
        "measure",
        "rung",
        "accounts",
        "revenue",
        "value",
        "low",
        "high",
        "difference",
        "difference_low",
        "difference_high",
    ],
).astype({"low": float, "high": float})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_outcomes_are_dots_in_the_colour_of_their_rung_with_range_and_number(theme: str) -> None:
    fig = outcomes_figure(OUTCOMES, window=WINDOW, theme=theme)
    assert fig.layout.meta["title"] == words_rungs.outcomes_finding(OUTCOMES)
    assert subtitle(fig).startswith(f"{WINDOW}, by the rung of a year before")
    dots = points(fig, "value")
    assert list(dots.marker.color) == [palette(theme).rung[rung] for rung in OUTCOMES["rung"]]
    assert list(dots.x) == pytest.approx([0.0, 0.2 / 0.22, 0.5])  # each measure spans its own axis
    written = [note.text for note in fig.layout.annotations]
    assert "10.0 % (too few)" in written
    assert "30.0 % (28.0–32.0)" in written


def test_without_outcomes_nothing_is_drawn() -> None:
    assert not outcomes_figure(OUTCOMES.iloc[:0], window=WINDOW).data


def test_without_an_earlier_state_nothing_is_drawn() -> None:
    assert not moves_figure(FLOWS.iloc[:0], SHIFTS.iloc[:0], "EUR", subtitle="S").data
