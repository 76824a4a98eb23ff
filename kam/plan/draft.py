"""What a plan for an account could hold, from the gaps the book shows: proposals with reason, source and numbers."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import pandas as pd

from kam.base.numbers import count, money, percent, points
from kam.base.policy import THRESHOLDS, Thresholds
from kam.base.texts import _, ngettext
from kam.plan.past import Past
from kam.plan.plan_proposal import Proposer, plain

MOST_STEPS, MOST_RISKS, MOST_CATEGORIES = 3, 3, 2
ONE_PERSON = 0.6  # of the active ties: above, the relationship hangs on one person
COLUMNS = (
    "kind",
    "title",
    "reason",
    "source",
    "metric",
    "category",
    "unit",
    "baseline",
    "target",
    "window_months",
    "starts_on",
    "due_on",
    "owner",
    "serves",
    "serves_note",
    "way_up",
)
SIGNAL_METRICS: Mapping[str, str] = MappingProxyType(
    {
        "recommendation": "nps",
        "discount depth": "discount rate",
        "margin rate": "margin rate",
        "categories": "categories",
        "share of wallet": "share of wallet",
        "coverage": "coverage",
    }
)
"""The signals of the ladder that an objective can measure, and the metric that does."""
_WORSE_THAN_PEERS = ("margin rate", "discount rate")


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the book shows of one account, each a frame of the book's own questions; empty where there is nothing.

    Attributes
    ----------
    climb
        `Book.climb` of the account.
    relationship
        The account's row of `Book.relationships`.
    risks
        The account's rows of `Book.risks`.
    white_space
        The account's rows of `Book.white_space`: category, state, expected_value, why.
    """

    climb: pd.DataFrame
    relationship: pd.DataFrame
    risks: pd.DataFrame
    white_space: pd.DataFrame | None = None


def draft_plan(
    cursor: duckdb.DuckDBPyConnection,
    account: str,
    gaps: Gaps,
    *,
    past: Past,
    today: dt.date,
    currency: str | None,
    owner: str | None = None,
    thresholds: Thresholds = THRESHOLDS,
) -> pd.DataFrame:
    """Propose objectives and actions for an account; a person takes them or leaves them, nothing is stored.

    Objectives: revenue; a margin or discount rate worse than the peers' median; what the ladder says would lift the
    account, where a metric measures it; a category that peers buy and it does not. The baseline is what is measured
    now, over twelve months; the target is the change over a year that 70 % of the windows at this account and its
    peers did not surpass, so it is asked for, but has been done. Without enough windows the target is left open.
    Actions, due in 90 days: the other steps up the ladder that no plan covers, risks that nobody mitigates, ties that
    hang on one person, people of weight who left.

    Parameters
    ----------
    cursor
        An opened book.
    account
        The account.
    gaps
        What the book shows of it.
    past
        The past of the same book.
    today
        The day the plan would start after.
    currency
        The book's currency.
    owner
        Who would answer for it: the account's manager.
    thresholds
        How ambitious a proposed target is.

    Returns
    -------
    DataFrame
        One row a proposal, objectives first: kind (objective or action), title, reason, source, then the columns of
        the objectives table where it is one; of an action title, due_on, owner and way_up.
    """
    proposer = Proposer(cursor, account, past, today, currency, owner, thresholds)
    found = [*_objectives(proposer, gaps), *_actions(proposer, gaps)]
    types = {"baseline": "float64", "target": "float64", "window_months": "Int64"}
    types |= dict.fromkeys(("starts_on", "due_on"), "datetime64[us]")
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS, "str") | types)


def _objectives(proposer: Proposer, gaps: Gaps) -> Iterator[dict[str, object]]:
    proposals = [
        _revenue(proposer),
        *(_against_peers(proposer, metric) for metric in _WORSE_THAN_PEERS),
        *_from_white_space(proposer, gaps.white_space),
        *(_from_step(proposer, step) for step in steps(gaps.climb).to_dict("records")),
    ]
    seen: set[tuple[object, object]] = set()
    for proposal in proposals:
        if proposal is not None and (key := (proposal["metric"], proposal.get("category"))) not in seen:
            seen.add(key)
            yield proposal


def _revenue(proposer: Proposer) -> dict[str, object] | None:
    if (proposer.now("revenue") or 0) <= 0:
        return None
    return proposer.objective("revenue", reason=_("A plan follows what the account brings."), source=_("sales"))


def _against_peers(proposer: Proposer, metric: str) -> dict[str, object] | None:
    now, median = proposer.now(metric), proposer.peers_median(metric)
    sign = -1 if metric == "discount rate" else 1
    if now is None or median is None or sign * (now - median) >= 0:
        return None
    reason = (
        _("Its discount rate of {now} is worse than the {median} of the median peer.")
        if metric == "discount rate"
        else _("Its margin rate of {now} is worse than the {median} of the median peer.")
    ).format(now=percent(now), median=percent(median))
    return proposer.objective(metric, reason=reason, source=_("sales, against peers"), serves_note=_("revenue stream"))


def _from_white_space(proposer: Proposer, white_space: pd.DataFrame | None) -> Iterator[dict[str, object] | None]:
    if white_space is None or white_space.empty:
        return
    gaps = white_space[white_space["state"] == "gap"].sort_values("expected_value", ascending=False, kind="stable")
    for row in gaps[gaps["expected_value"] > 0].head(MOST_CATEGORIES).to_dict("records"):
        worth, category = float(row["expected_value"]), str(row["category"])
        reason = _("Peers buy {category}, and it would be worth {worth} a year. {why}").format(
            category=category, worth=money(worth, proposer.currency), why=row["why"]
        )
        yield proposer.objective(
            "revenue",
            title=_("Sell {category}: revenue").format(category=category),
            category=category,
            target=plain(worth, "revenue"),
            reason=reason,
            source=_("white space"),
            serves="opportunity",
            serves_note=_("white space in {category}").format(category=category),
        )


def steps(climb: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of `Book.climb` that lift the next rung most and that no running plan covers: three at most."""
    open_ = climb[(climb["gain"] > 0) & climb["covered_by"].isna()]
    return open_.sort_values("gain", ascending=False, kind="stable").head(MOST_STEPS)


def _lift(step: Mapping[object, object]) -> str:
    return _("“{signal}” stands at {level}; one level up lifts P({rung}) by {gain}.").format(
        signal=step["signal"], level=step["level"], rung=step["next_rung"], gain=points(step["gain"])
    )


def _from_step(proposer: Proposer, step: dict) -> dict[str, object] | None:
    metric = SIGNAL_METRICS.get(str(step["signal"]))
    if metric is None:
        return None
    return proposer.objective(
        metric,
        reason=_lift(step),
        source=_("ladder"),
        serves="rung signal",
        serves_note=step["signal"],
        way_up=step["way_up"],
    )


def _actions(proposer: Proposer, gaps: Gaps) -> Iterator[dict[str, object]]:
    if proposer.now("revenue") == 0:
        yield proposer.action(
            _("Ask why it stopped buying"), reason=_("It bought nothing in twelve months."), source=_("sales")
        )
    for step in steps(gaps.climb).to_dict("records"):
        if step["signal"] not in SIGNAL_METRICS or proposer.now(SIGNAL_METRICS[step["signal"]]) is None:
            way = str(step["way_up"])
            title = _("{way_up}: {signal} to {level}").format(
                way_up=f"{way[0].upper()}{way[1:]}", signal=step["signal"], level=step["next_level"]
            )
            yield proposer.action(title, reason=_lift(step), source=_("ladder"), way_up=way)
    yield from _from_risks(proposer, gaps.risks)
    for row in gaps.relationship.to_dict("records"):
        for holds, title, reason in RELATIONSHIP_GAPS:
            if holds(row):
                yield proposer.action(
                    title, reason=reason(row), source=_("relationships"), way_up="deepen the relationship"
                )


def _from_risks(proposer: Proposer, risks: pd.DataFrame) -> Iterator[dict[str, object]]:
    live = risks[risks["is_live"] & (risks["mitigation"].isna() | risks["owner"].isna())]
    ranked = live.sort_values("expected_loss", ascending=False, kind="stable", na_position="last")
    for row in ranked.head(MOST_RISKS).to_dict("records"):
        reason = (
            _("Its chance within a year is {chance}, its expected loss {loss}; {missing}.")
            if row["expected_loss"] > 0
            else _("Its chance within a year is {chance}; {missing}.")
        ).format(
            chance=percent(row["probability"]),
            loss=money(row["expected_loss"], proposer.currency),
            missing=_("nobody says what is done about it")
            if isinstance(row["owner"], str)
            else _("nobody says who acts"),
        )
        title = _("Act on the risk “{risk}”").format(risk=row["title"])
        yield proposer.action(title, reason=reason, source=_("risks"))


RELATIONSHIP_GAPS: tuple[tuple[Callable[[dict], bool], str, Callable[[dict], str]], ...] = (
    (
        lambda row: row["departed"] > 0,
        _("Win over the successor of who left"),
        lambda row: ngettext(
            "{people} person of weight left within twelve months.",
            "{people} people of weight left within twelve months.",
            int(row["departed"]),
        ).format(people=count(row["departed"])),
    ),
    (
        lambda row: row["key_person_theirs"] > ONE_PERSON and row["active_contacts"] > 0,
        _("Build ties to a second person of weight"),
        lambda row: _("{share} of the active ties hang on one of their people.").format(
            share=percent(row["key_person_theirs"])
        ),
    ),
    (
        lambda row: row["key_person_ours"] > ONE_PERSON and row["active_contacts"] > 1,
        _("Bring a second one of ours in"),
        lambda row: _("{share} of the active ties are held by one of ours.").format(
            share=percent(row["key_person_ours"])
        ),
    ),
    (
        lambda row: row["anti_supporters"] > 0,
        _("Meet who works against us, and find out why"),
        lambda row: ngettext(
            "Of its people, {people} work against us by what we know.",
            "Of its people, {people} work against us by what we know.",
            int(row["anti_supporters"]),
        ).format(people=count(row["anti_supporters"])),
    ),
)
"""What a row of relationships can show, what to do about it, and why."""
