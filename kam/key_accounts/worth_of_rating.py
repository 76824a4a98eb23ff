"""What would change the answer: the score that would make an account key, and the ratings that would settle most."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kam.base.rules import BORDERLINE_FROM, KEY_FROM
from kam.base.terms import CRITERIA, RATED
from kam.key_accounts.criteria import matrix
from kam.key_accounts.ratings import SCORE_STEP
from kam.key_accounts.segmentation import Standing

FULL = 100.0
STALE = 0.5
ANSWERS = SCORE_STEP * np.arange(5.0)
"""The points of the ratings 1 to 5."""
LEVER_COLUMNS = ["criterion", "score", "needed", "change", "p_key_at_best"]
WORTH_COLUMNS = ["account_id", "name", "criterion", "p_key", "p_key_low", "p_key_high", "crosses", "worth"]


def levers(found: Standing, account_id: str) -> pd.DataFrame:
    """Say how far each criterion alone would have to move to make an account key, all else as it is.

    In the draws that ranked everybody the account is on the list if its score is above the last place of the others;
    so each draw asks for a score of the criterion, and the one needed satisfies 80 % of the draws. What is unknown of
    the account's other criteria stays unknown.

    Returns
    -------
    pandas.DataFrame
        A row a criterion: criterion; score (0–100, NaN unknown); needed, the smallest score at which P(key) ≥ 0.8 (NaN
        if even 100 is not enough); change = needed − score; p_key_at_best, P(key) at 100. No rows for an account that
        is not active.
    """
    places = np.flatnonzero(found.scored["account_id"] == account_id).tolist()
    rows, ends = [], _ends(found)
    for place in places:
        asked = _asked(found, ends, place, range(len(CRITERIA)))
        for column, criterion in enumerate(CRITERIA):
            score = float(found.scored[f"{criterion}_score"].iloc[place])
            wanted = np.sort(asked[column])
            most = float(wanted[int(np.ceil(KEY_FROM * len(wanted))) - 1])
            needed = max(0.0, most) if most < FULL else np.nan
            rows.append((criterion, score, needed, needed - score, float((wanted < FULL).mean())))
    numbers = dict.fromkeys(LEVER_COLUMNS[1:], "float64")
    return pd.DataFrame(rows, columns=LEVER_COLUMNS).astype(numbers | {"criterion": "str"})


def rating_worth(found: Standing) -> pd.DataFrame:
    """Say which ratings would settle most: how far P(key) would move if a missing or stale one were made.

    Asked for is every criterion that people rate and nobody has, or not within the half-life. The new rating is taken
    to settle the criterion: at 25(s − 1) points, whatever was said before. Its five values count as equally likely.

    Returns
    -------
    pandas.DataFrame
        A row an account in view and criterion, worth descending: account_id, name, criterion ("role",
        "collaboration"), p_key now; p_key_low, p_key_high if it were rated 1 or 5; crosses, whether one of these lies
        on another side of 0.2 or 0.8 than now; worth, the mean of |P(key) after − now| over the five ratings.
    """
    p_key = found.draws.p_key()
    rows, ends = [], _ends(found)
    for criterion in RATED:
        column = CRITERIA.index(criterion)
        loudness = found.scored[f"{criterion}_loudness"]
        is_open = found.scored["in_view"] & ~(loudness >= STALE)
        for place in np.flatnonzero(is_open & (found.policy.weights[column] > 0)).tolist():
            wanted = _asked(found, ends, place, [column])[0]
            after = np.array([(wanted < points).mean() for points in ANSWERS])
            now = p_key[place]
            rows.append((place, criterion, now, after[0], after[-1], np.abs(after - now).mean()))
    asked = pd.DataFrame(rows, columns=["place", "criterion", "p_key", "p_key_low", "p_key_high", "worth"])
    names = found.scored[["account_id", "name"]].iloc[asked["place"].astype("int64")].reset_index(drop=True)
    sides = [
        np.digitize(asked[name].astype("float64"), (BORDERLINE_FROM, KEY_FROM))
        for name in ("p_key", "p_key_low", "p_key_high")
    ]
    asked = names.join(asked).assign(crosses=(sides[0] != sides[1]) | (sides[0] != sides[2]))
    numbers = dict.fromkeys(("p_key", "p_key_low", "p_key_high", "worth"), "float64")
    ordered = asked[WORTH_COLUMNS].sort_values(["worth", "account_id", "criterion"], ascending=[False, True, True])
    return ordered.reset_index(drop=True).astype(numbers | dict.fromkeys(("account_id", "name", "criterion"), "str"))


def _ends(found: Standing) -> tuple[np.ndarray, np.ndarray]:
    low, high = (matrix(found.scored, end).astype(np.float32) for end in ("_low", "_high"))
    return low, high


def _asked(
    found: Standing, ends: tuple[np.ndarray, np.ndarray], place: int, columns: Sequence[int]
) -> list[np.ndarray]:
    """Return, for each criterion asked for, the score that each draw wants of the account to be on the list.

    Weights and the other accounts are those of the draws; the account's own open criteria are drawn anew.
    """
    weights = found.draws.weights.T
    rng = np.random.default_rng([found.seed, place])
    low, high = (end[place] for end in ends)
    gained = weights * low[:, None]
    for column in np.flatnonzero(high > low).tolist():
        gained[column] += weights[column] * (high - low)[column] * rng.random(weights.shape[1], dtype=np.float32)
    missing = found.draws.to_beat(place) - gained.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        asked = [(missing + gained[column]) / weights[column] for column in columns]
    # a criterion that weighs nothing in a draw decides nothing there: whatever its score, the others do
    nothing = np.where(missing < 0, -np.inf, np.inf)
    return [np.where(weights[column] > 0, wanted, nothing) for column, wanted in zip(columns, asked, strict=True)]
