"""On portfolios with known rungs, evidence finds them and says honestly how sure it is; claims do worse."""

from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from kam.base.terms import RUNGS
from kam.ladder.rung import ladder
from tests.ladder.calibration import CHANCES, brier, calibration_error, diagram, places, reliability
from tests.ladder.portfolios import AS_OF, portfolio
from tests.ladder.reading import read

SEEDS, ACCOUNTS = (1, 2), 500
# What is forgotten step by step: first all is known, at the end two groups are left.
_FORGET = (
    "select 1",
    "delete from contacts; delete from touches; delete from milestones; delete from value_delivered; delete from cases",
    "delete from surveys",
    "update sales_month set list = null, net_listed = null, cost = null, net_costed = null; delete from opportunities",
)


@pytest.fixture(scope="module")
def ladders() -> list[pd.DataFrame]:
    """Place portfolios on the ladder, beside the truth: with all there is to know, then with less at each step."""
    drawn = [portfolio(seed, ACCOUNTS) for seed in SEEDS]
    books = [each.book() for each in drawn]
    found = []
    for forget in _FORGET:
        for book in books:
            book.execute(forget)
        placed = [places(ladder(read(book, AS_OF)), each) for book, each in zip(books, drawn, strict=True)]
        found.append(pd.concat(placed, ignore_index=True))
    return found


def test_what_is_known_is_right(ladders: list[pd.DataFrame]) -> None:
    known = ladders[0][ladders[0]["rung"] != "unknown"]
    assert len(known) > 0.75 * len(ladders[0])
    assert (known["rung"] == known["true"]).mean() >= 0.85


def test_evidence_beats_what_managers_claim_and_what_says_nothing(ladders: list[pd.DataFrame]) -> None:
    found = ladders[0]
    claimed = pd.get_dummies(found["claimed_rung"])[list(RUNGS)].to_numpy(dtype=float)
    all_supplier = pd.DataFrame(0.0, index=found.index, columns=list(RUNGS)).assign(supplier=1.0).to_numpy()
    seen = brier(found[CHANCES].to_numpy(), found["true"])
    assert seen < 0.5 * brier(claimed, found["true"])
    assert seen < 0.5 * brier(all_supplier, found["true"])


def test_it_is_as_often_right_as_it_says(ladders: list[pd.DataFrame]) -> None:
    assert calibration_error(ladders[0]) <= 0.05


def test_each_further_group_leaves_fewer_unknown(ladders: list[pd.DataFrame]) -> None:
    six_groups, four_groups, three_groups, two_groups = ((found["rung"] == "unknown").mean() for found in ladders)
    assert six_groups < four_groups < three_groups < two_groups == 1.0


def test_the_diagram_has_a_dot_for_each_bin_and_is_well_formed(ladders: list[pd.DataFrame]) -> None:
    bins = reliability(ladders[0])
    picture = ET.fromstring(diagram(bins))  # noqa: S314 - our own text
    assert len(picture.findall("{http://www.w3.org/2000/svg}circle")) == len(bins)


def test_claims_too_high_show_as_gaps(ladders: list[pd.DataFrame]) -> None:
    found = ladders[0]
    too_high = found["claimed_rung"] != found["true"]
    assert found["gap"][too_high].mean() > found["gap"][~too_high].mean() + 0.5
