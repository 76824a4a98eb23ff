"""Who entered and who left the list within a year, and which criterion moved them."""

import numpy as np
import pandas as pd

from kam.base.rules import ON_THE_LIST
from kam.base.terms import CRITERIA
from kam.key_accounts.criteria import matrix
from kam.key_accounts.segmentation import Standing, stated_scores

MOVES = {(True, True): "stays", (True, False): "enters", (False, True): "leaves", (False, False): "stays out"}
"""On the list now and a year ago → the move."""
COLUMNS = [
    "account_id",
    "name",
    "p_key",
    "prior_p_key",
    "score",
    "prior_score",
    "move",
    "reason",
    "reason_change",
    "prior_expected_rung",
]
TEXTS = ["account_id", "name", "move", "reason"]


def moves(now: Standing, before: Standing | None) -> pd.DataFrame:
    """Hold today's list against the one that the same policy gave a year ago, on what could be known then.

    On the list is who has P(key) ≥ 0.5. The reason is the criterion whose weighted score moved most in the direction
    in which P(key) moved (the weighted score, if P(key) stood still); an unknown criterion counts as 50, as in the
    score. There is none if no criterion moved that way, so that others made the move, or if the account was not active
    at both times.

    Parameters
    ----------
    now, before
        The standings at both times; None if the book does not reach back to the year before the earlier one.

    Returns
    -------
    pandas.DataFrame
        One row an account in view that is active now or was, P(key) now descending: account_id, name, p_key,
        prior_p_key, score, prior_score (NaN where not active), move ("enters", "leaves", "stays", "stays out"),
        reason ("revenue", "growth", "role", "collaboration" or missing), reason_change (points of that criterion, not
        weighted), prior_expected_rung. No rows without a year ago.
    """
    if before is None:
        return (
            pd.DataFrame(columns=COLUMNS)
            .astype(dict.fromkeys(set(COLUMNS) - set(TEXTS), "float64"))[COLUMNS]
            .astype(dict.fromkeys(TEXTS, "str"))
        )
    both = _state(now).add_suffix("_now").join(_state(before).add_suffix("_before"), how="outer").reset_index()
    points = [
        both[[f"{criterion}_{time}" for criterion in CRITERIA]].to_numpy(dtype=float) for time in ("now", "before")
    ]
    change = points[0] - points[1]
    p_key, score = ((both[f"{name}_now"] - both[f"{name}_before"]).to_numpy(dtype=float) for name in ("p_key", "score"))
    turn = np.sign(np.where(p_key != 0, p_key, score))
    pushes = np.nan_to_num(change * np.array(now.policy.weights) * turn[:, None])
    strongest = pushes.argmax(axis=1)
    is_reason = pushes.max(axis=1, initial=0.0) > 0
    listed = zip(both["p_key_now"] >= ON_THE_LIST, both["p_key_before"] >= ON_THE_LIST, strict=True)
    rows = pd.DataFrame(
        {
            "account_id": both["account_id"],
            "name": both["name_now"].fillna(both["name_before"]),
            "p_key": both["p_key_now"],
            "prior_p_key": both["p_key_before"],
            "score": both["score_now"],
            "prior_score": both["score_before"],
            "move": [MOVES[pair] for pair in listed],
            "reason": np.where(is_reason, np.array(CRITERIA, dtype=object)[strongest], None),
            "reason_change": np.where(is_reason, np.take_along_axis(change, strongest[:, None], axis=1)[:, 0], np.nan),
            "prior_expected_rung": both["expected_rung_before"],
        }
    ).astype(dict.fromkeys(TEXTS, "str"))
    return rows.sort_values(["p_key", "score", "account_id"], ascending=[False, False, True], ignore_index=True)


def _state(found: Standing) -> pd.DataFrame:
    state = found.scored[["account_id", "name", "expected_rung"]].assign(
        score=stated_scores(found)["score"], p_key=found.draws.p_key()
    )
    state[list(CRITERIA)] = matrix(found.scored)
    return state[found.scored["in_view"]].set_index("account_id")
