"""The ladder's sentences give the numbers of the frame, and read right when there is nothing to say."""

import pandas as pd
import pytest

from kam.ladder.words import claims_title, finding, rungs_title

BROKER, SUPPLIER, PARTNER, UNKNOWN = "commodity broker", "supplier", "strategic partner", "unknown"


def frame(*rows: tuple[float, str, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["revenue", "rung", "claimed_rung"])
    return found.astype({"rung": "str", "claimed_rung": "str"})


MIXED = frame(
    (400_000, PARTNER, PARTNER),
    (200_000, PARTNER, SUPPLIER),
    (250_000, SUPPLIER, PARTNER),
    (100_000, BROKER, SUPPLIER),
    (50_000, UNKNOWN, PARTNER),
)


def test_the_finding_counts_partners_claims_and_unknowns() -> None:
    assert finding(MIXED, "EUR") == (
        "2 of 5 accounts see us as a strategic partner and bring 60.0 % of revenue (EUR 600 k); "
        "2 of 4 claimed rungs are higher than the evidence; 1 account with 5.0 % of revenue still unknown."
    )


@pytest.mark.parametrize(
    ("ladder", "part"),
    [
        (frame(), "No account has bought anything yet, so there is nothing to place on the ladder."),
        (frame((5, UNKNOWN, PARTNER), (5, UNKNOWN, None)), "The evidence does not yet place any of 2 accounts on"),
        (frame((5, BROKER, None)), "no claimed rung that evidence can judge; none unknown."),
        (frame((0, PARTNER, PARTNER)), "1 of 1 account sees us as a strategic partner; none of 1 claimed rung"),
    ],
)
def test_the_finding_of_bare_ladders(ladder: pd.DataFrame, part: str) -> None:
    assert part in finding(ladder)


def test_titles_state_what_the_charts_show() -> None:
    assert rungs_title(MIXED) == "60.0 % of revenue comes from strategic partners"
    assert claims_title(MIXED) == "2 of 4 claims stand above the evidence"
    brokers = frame((70, BROKER, None), (30, PARTNER, None))
    assert rungs_title(brokers) == "70.0 % of revenue comes from accounts to whom we are one of many"
    assert claims_title(brokers) == "No claimed rung can be held against evidence yet"
    assert rungs_title(frame((5, UNKNOWN, None))) == rungs_title(frame()) == "No account's rung is known yet"
    assert rungs_title(frame((0, SUPPLIER, None))) == "1 account placed on the ladder"
