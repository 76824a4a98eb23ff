"""What the Key accounts page says."""

import numpy as np
import pandas as pd
import pytest

from kam.key_accounts import words


def key(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    """Make accounts of name, class, revenue and change of the margin rate."""
    frame = pd.DataFrame(rows, columns=["name", "key_class", "revenue", "change"])
    return frame.assign(
        account_id=frame["name"],
        key_for_role=False,
        margin_rate=0.3 + frame["change"],
        prior_margin_rate=0.3,
        role_score=50.0,
        collaboration_score=50.0,
        p_key=0.5,
        score=60.0,
        matrix="star",
    )


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (
            key(("A", "key", 9, 0), ("B", "borderline", 1, 0)),
            "1 account is key whatever the weights; 1 is a coin toss.",
        ),
        (key(("A", "maintain", 9, 0)), "No account is key whatever the weights; none are a coin toss."),
        (
            key(("A", "key", 9, -0.061), ("B", "key", 1, -0.2)),
            (
                "2 accounts are key whatever the weights; none are a coin toss. A is large, and its margin rate fell by"
                " 6.1 pp."
            ),
        ),
        (
            key(("A", "key", 9, -0.001)).assign(key_for_role=True),
            "1 account is key whatever the weights; none are a coin toss. A is small and key for its role.",
        ),
        (
            key(*((name, "key", 9, np.nan) for name in "ABCDE")).assign(key_for_role=True),
            (
                "5 accounts are key whatever the weights; none are a coin toss. A, B, C and 2 more are"
                " small and key for"
                " their role."
            ),
        ),
    ],
)
def test_the_finding(frame: pd.DataFrame, said: str) -> None:
    assert words.finding(frame) == said


WORTH = pd.DataFrame({"name": ["B", "B", "C"], "crosses": [True, True, False]})


def test_places_are_open_while_criteria_are_unknown() -> None:
    frame = key(("A", "key", 9, 0), ("B", "borderline", 1, 0))
    assert words.unrated(frame, WORTH, 5) is None
    frame.loc[1, "role_score"] = np.nan
    assert words.unrated(frame, WORTH, 5) == (
        "1 account has no rating of strategic role or collaboration; 1 of 2 places on the list is open. An unknown"
        " criterion counts as anything from 0 to 100. Ratings of B would settle most."
    )
    nobody = frame.assign(role_score=np.nan, collaboration_score=np.nan)
    assert str(words.unrated(nobody, WORTH.iloc[2:], 5)).startswith(
        "Nobody has rated strategic role or collaboration of any account; 1 of 2 places"
    )


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        (("key", "key", "key"), "3 of 3 places on the list are open, 3 of them because of that."),
        (("key", "key", "borderline"), "3 of 3 places on the list are open, 2 of them because of that."),
        (("borderline",) * 3, "3 of 3 places on the list are open, none of them because of that."),
    ],
)
def test_a_place_that_weights_leave_open_is_not_laid_to_missing_ratings(classes: tuple[str, ...], said: str) -> None:
    now = key(*((name, "borderline", 9.0, 0.0) for name in "ABC")).assign(role_score=np.nan, collaboration_score=np.nan)
    assert said in str(words.unrated(now, WORTH, 3, now.assign(key_class=list(classes))))


def test_what_nobody_weighs_besides_leaves_nothing_to_compare() -> None:
    assert words.without(["role", "collaboration"], (0, 0, 50, 50), 30.0) is None


def move(**more: object) -> pd.Series:
    return pd.Series({"p_key": 0.9, "prior_p_key": 0.1, "reason": "growth", "reason_change": 31.2} | more)


def test_why_an_account_came_or_went() -> None:
    assert words.move_reason(move()) == "growth +31 points"
    assert words.move_reason(move(reason="role", reason_change=-4.0)) == "strategic role −4 points"
    assert words.move_reason(move(prior_p_key=np.nan)) == "was not active a year ago"
    assert words.move_reason(move(p_key=np.nan)) == "is not active any more"
    assert words.move_reason(move(reason=np.nan)) == "others moved past it"


LEVERS = pd.DataFrame(
    {
        "criterion": ["revenue", "growth", "role"],
        "score": [50.0, 40.0, np.nan],
        "needed": [np.nan, 90.0, 76.0],
        "p_key_at_best": [0.3, 0.9, 0.95],
    }
)


def test_the_shortest_way_to_make_an_account_key() -> None:
    assert words.levers_finding(LEVERS, 0.4) == (
        "The shortest way to make it key: strategic role: at 76 points, a rating of 5 (now unknown)."
    )
    assert words.levers_finding(LEVERS[:1], 0.4) == "No single criterion is enough to make it key."
    assert words.levers_finding(LEVERS, 0.85) == "It is key: on the list under 85.0 % of weightings."
    assert words.levers_finding(LEVERS[:0], np.nan).startswith("It has no revenue")
    assert words.lever(LEVERS.iloc[1]) == "growth: at 90 points (now 40)"
    assert words.lever(LEVERS.iloc[0]).startswith("revenue: not by itself")


def test_titles_of_the_charts() -> None:
    frame = key(("A", "key", 9, 0), ("B", "borderline", 1, 0))
    assert words.robustness_title(frame, 1) == "1 account depends on how one weighs"
    assert words.robustness_title(frame[:1], 5) == (
        "The list of 1 is the same under all weights that are near the stated ones"
    )
    assert words.matrix_title(frame) == "2 attractive accounts yet to be won for a partnership, first of all A"
    assert words.matrix_title(frame.assign(matrix="status")).startswith("No attractive account")
    assert words.moves_finding(pd.DataFrame({"move": ["enters", "stays"]})).startswith(
        "Within a year 1 account entered the list and none left it"
    )
    assert words.moves_finding(pd.DataFrame({"move": []})).startswith("The book does not reach back")
