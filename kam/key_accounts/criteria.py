"""Where each active account stands on the four criteria: a score or, where that is not known, an interval."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.numbers import count, day, percent, window
from kam.base.rules import HALFWAY
from kam.base.terms import CRITERIA, RATED
from kam.base.texts import _, ngettext
from kam.key_accounts.ratings import BEHAVIOUR, behaviour, intervals, ratings
from kam.key_accounts.sales_criteria import combined, part_rows, sales_parts

_RATINGS = {"role": "strategic role", "collaboration": "collaboration"}
"""The criteria that people rate, and their names in the ratings table."""

ENDS = [f"{criterion}_score{end}" for criterion in CRITERIA for end in ("", "_low", "_high")]
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "revenue",
    "growth",
    "margin_rate",
    "prior_margin_rate",
    *ENDS,
    *(f"{criterion}_{what}" for criterion in RATED for what in ("rated_on", "loudness")),
    "in_view",
]
PART_COLUMNS = ["criterion", "part", "value", "unit", "points", "weight", "observed", "evidence"]


def criteria(
    cursor: duckdb.DuckDBPyConnection, accounts: pd.DataFrame, *, as_of: dt.date, half_life: float = 12.0
) -> pd.DataFrame:
    """Score every active account (revenue > 0 over the twelve months to `as_of`) on the four criteria, 0 to 100.

    Revenue = 0.7 × size + 0.3 × active months; growth = the mean of what is known of growth, white space, share of
    wallet and base versions (`kam.key_accounts.sales_criteria.sales_parts`); strategic role and collaboration from
    ratings and, for collaboration, behaviour (`kam.key_accounts.ratings.intervals`). What is not known is the interval
    0 … 100, never filled in. Scores and places are always those of the whole book: nobody becomes key because others
    are out of sight.

    Parameters
    ----------
    cursor
        A cursor of a view; by parent subsidiaries roll up, and the ratings of all members count.
    accounts
        The frame of `kam.portfolio.accounts.accounts` of the whole book as of the same day.
    as_of
        Nothing dated later is used.
    half_life
        Months after which a rating is half as loud.

    Returns
    -------
    pandas.DataFrame
        One row an active account, largest revenue first: account_id, name, manager, revenue, growth (ratio),
        margin_rate, prior_margin_rate, then for each criterion `*_score` (NaN unknown), `*_score_low`, `*_score_high`;
        `role_rated_on`, `role_loudness` (of the newest rating, 1 today, NaN unrated) and the same for collaboration;
        `in_view`.
    """
    found = sales_parts(cursor, accounts, as_of=as_of)
    for criterion in ("revenue", "growth"):
        score = combined(found, criterion)
        found[f"{criterion}_score"] = score
        found[f"{criterion}_score_low"], found[f"{criterion}_score_high"] = score.fillna(0.0), score.fillna(100.0)
    rated = ratings(cursor, as_of=as_of, half_life=half_life)
    behaved = behaviour(cursor, as_of=as_of, among=found["account_id"])
    voices = {"collaboration": pd.Series(behaved["voice"].to_numpy(), index=found["account_id"])}
    for criterion, name in _RATINGS.items():
        votes = rated[rated["criterion"] == name]
        span = intervals(votes, voice=voices.get(criterion)).reindex(found["account_id"]).reset_index(drop=True)
        found[f"{criterion}_score"] = span["middle"]
        found[f"{criterion}_score_low"], found[f"{criterion}_score_high"] = (
            span["low"].fillna(0.0),
            span["high"].fillna(100.0),
        )
        found[f"{criterion}_rated_on"], found[f"{criterion}_loudness"] = span["rated_on"], span["loudness"]
    found["in_view"] = found["account_id"].isin(cursor.execute("select unit_id from member").df()["unit_id"])
    return found[COLUMNS]


def matrix(found: pd.DataFrame, end: str = "") -> np.ndarray:
    """Take scores as accounts × criteria: the middles, 50 where unknown, or the ends "_low" or "_high"."""
    return found[[f"{criterion}_score{end}" for criterion in CRITERIA]].fillna(HALFWAY).to_numpy(dtype=float)


def criterion_parts(
    cursor: duckdb.DuckDBPyConnection,
    accounts: pd.DataFrame,
    account_id: str,
    *,
    as_of: dt.date,
    half_life: float = 12.0,
) -> pd.DataFrame:
    """Take one account's scores apart: every part of every criterion, what was seen, when, and how much it counts.

    `accounts` is as for `criteria`.

    Returns
    -------
    pandas.DataFrame
        criterion, part, value (raw, in `unit`; NaN unknown), unit, points (0–100; NaN unknown), weight (its share in
        the criterion; the weights of a known criterion add up to 1), observed (the day of a rating, the last day of
        the window), evidence (what was seen, or why it is unknown). Σ weight × points is the criterion's score. No
        rows for an account that is not active.
    """
    found = sales_parts(cursor, accounts, as_of=as_of)
    place = found.index[found["account_id"] == account_id]
    if place.empty:
        return pd.DataFrame(columns=PART_COLUMNS).astype(_TYPES)
    rated = ratings(cursor, as_of=as_of, half_life=half_life)
    rated = rated[rated["account_id"] == account_id]
    behaved = behaviour(cursor, as_of=as_of, among=found["account_id"]).loc[place[0]]
    role, collaboration = (rated[rated["criterion"] == name] for name in _RATINGS.values())
    rows = [
        part_rows(found.loc[place[0]], as_of=as_of),
        _rating_rows("role", role, as_of=as_of),
        _rating_rows("collaboration", collaboration, as_of=as_of, voices=int(pd.notna(behaved["voice"]))),
        _behaviour_rows(behaved, raters=len(collaboration), as_of=as_of),
    ]
    return pd.concat([part.astype(_TYPES) for part in rows], ignore_index=True)[PART_COLUMNS]


_TYPES = dict.fromkeys(("criterion", "part", "unit", "evidence"), "str") | {
    **dict.fromkeys(("value", "points", "weight"), "float64"),
    "observed": "datetime64[us]",
}


def _rating_rows(criterion: str, rated: pd.DataFrame, *, as_of: dt.date, voices: int = 0) -> pd.DataFrame:
    if rated.empty:
        evidence = _("nobody has rated it by {day}").format(day=day(as_of))
        none = {"part": _("rating"), "weight": 0.0, "evidence": evidence}
        return pd.DataFrame([none], columns=PART_COLUMNS).assign(criterion=criterion, unit="score 1–5")
    raters = len(rated)
    return pd.DataFrame(
        {
            "part": [
                (_("rating by {rater} of {member}") if isinstance(member, str) else _("rating by {rater}")).format(
                    rater=rater, member=member
                )
                for rater, member in zip(rated["rater"], rated["member"], strict=True)
            ],
            "value": rated["score"],
            "points": rated["points"],
            "weight": rated["loudness"] / rated["loudness"].sum() * raters / (raters + voices),
            "observed": rated["rated_on"],
            "evidence": rated["evidence"].fillna(_("the rater wrote nothing down")),
        }
    ).assign(criterion=criterion, unit="score 1–5")


def _behaviour_rows(behaved: pd.Series, *, raters: int, as_of: dt.date) -> pd.DataFrame:
    known = sum(pd.notna(behaved[column]) for column in BEHAVIOUR)
    rows = []
    for column, (name, unit) in BEHAVIOUR.items():
        value = float(behaved[column])
        counts = np.isfinite(value)
        rows.append(
            {
                "part": name,
                "value": value,
                "unit": unit,
                "points": float(behaved[f"{column}_points"]),
                "weight": 1 / known / (raters + 1) if counts and raters else 0.0,
                "observed": pd.Timestamp(as_of) if counts else pd.NaT,
                "evidence": _behaved(column, value, raters=raters, as_of=as_of),
            }
        )
    return pd.DataFrame(rows).assign(criterion="collaboration")


def _behaved(column: str, value: float, *, raters: int, as_of: dt.date) -> str:
    if not np.isfinite(value):
        return _("nothing recorded that tells accounts apart")
    number = int(value)
    said = {
        "value_contact": _("{share} of the touches gave value, {year}"),
        "value_delivered": ngettext(
            "{number} thing it gained from us beyond the goods, {year}",
            "{number} things it gained from us beyond the goods, {year}",
            number,
        ),
        "joint_plans": ngettext(
            "{number} running plan that serves its own goal", "{number} running plans that serve its own goal", number
        ),
    }[column].format(share=percent(value), number=count(number), year=window(as_of))
    return said if raters else _("{said}; counts once somebody has rated it").format(said=said)
