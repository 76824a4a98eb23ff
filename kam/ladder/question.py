"""Where each customer of a book places us on the ladder, on which evidence, and what would lift or lower it."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from kam.base.ladder_policy import compared
from kam.base.likelihoods import PRICE
from kam.base.periods import MONTHS, month_end, month_start, shift, window_start
from kam.base.rules import SLIP_MONTHS
from kam.ladder.climb import best_steps as _best_steps
from kam.ladder.climb import climb as _climb
from kam.ladder.climb import covered_ways
from kam.ladder.climb import ways_up as _ways_up
from kam.ladder.evidence import evidence
from kam.ladder.gather import Heard, Listed, hear, listed
from kam.ladder.outcomes import rung_outcomes as _rung_outcomes
from kam.ladder.rung import ladder as _ladder
from kam.ladder.rung import ladder_history as _ladder_history
from kam.ladder.rung import ladders
from kam.ladder.rung_moves import flows
from kam.ladder.rung_moves import ladder_moves as _ladder_moves
from kam.ladder.slip import slip_risk as _slip_risk
from kam.ladder.source_rows import source_rows
from kam.ladder.worth_of_evidence import best_evidence as _best_evidence
from kam.ladder.worth_of_evidence import evidence_worth as _evidence_worth
from kam.portfolio.question import accounts
from kam.view import View, question

QUARTER = 3


@question
def ladder(view: View, as_of: dt.date | None = None) -> pd.DataFrame:
    """Return where each account places us on the ladder, how sure that is, and what its manager claims."""
    return _ladder(_seen(view, as_of or view.as_of), likelihoods=view.likelihoods)


@question
def ladder_history(view: View, quarters: int = 12) -> pd.DataFrame:
    """Return the rungs at the ends of so many quarters up to the as-of month, as far back as a year of data is."""
    return _ladder_history(_looked_back(view, ladder_days(view, quarters)), likelihoods=view.likelihoods)


def ladder_days(view: View, quarters: int = 12) -> list[dt.date]:
    """List the days the ladder can be compared between: each quarter's end back from the as-of month, oldest first.

    A day counts if the data cover the twelve months before it; the as-of month itself always does.
    """
    days = [month_end(shift(view.as_of, -QUARTER * back)) for back in range(max(quarters, 1))]
    covered = [day for day in days[1:] if month_start(view.first_day) <= window_start(day)]
    return [*reversed(covered), view.as_of]


@question
def ladder_evidence(view: View, account_id: str) -> pd.DataFrame:
    """Return every signal of one account's rung: its level, weight, pull in log-odds, and where it was seen."""
    return evidence(_seen(view.of(account_id), view.as_of), likelihoods=view.likelihoods)


@question
def ladder_rows(view: View, account_id: str, signal: str) -> pd.DataFrame:
    """Return the rows behind one signal of one account."""
    return view.of(account_id).ask(source_rows, signal, as_of=view.as_of)


@question
def ladder_policy(view: View) -> pd.DataFrame:
    """Return the likelihood table this book is judged by, the standard one beside it, and what was replaced."""
    return compared(view.likelihoods)


@question
def ladder_moves(view: View, start: dt.date | None = None, end: dt.date | None = None) -> pd.DataFrame:
    """Return how many accounts, with how much revenue, went from which rung to which between two days."""
    return flows(ladder_shifts(view, start, end))


@question
def ladder_shifts(view: View, start: dt.date | None = None, end: dt.date | None = None) -> pd.DataFrame:
    """Return each account's rung on two days, a year apart if not given; only a known rung can be moved from."""
    end = end or view.as_of
    start = start or month_end(shift(end, -MONTHS))
    before, after = ladders(_looked_back(view, [start, end]), likelihoods=view.likelihoods)
    return _ladder_moves(before, after)


@question
def climb(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return what would lift P(next rung) most, signal by signal: of one account, or of all in view."""
    found = _seen(view.of(account_id), view.as_of)
    covered = view.ask(covered_ways, as_of=view.as_of)
    return _climb(found, covered=covered, likelihoods=view.likelihoods)


@question
def best_steps(view: View) -> pd.DataFrame:
    """Return the step of each account that lifts P(next rung) most, by the revenue it would lift."""
    return _best_steps(climb(view))


@question
def ways_up(view: View, account_id: str) -> pd.DataFrame:
    """Return what would lift one account most on each of the five ways up, and which action covers it."""
    return _ways_up(climb(view, account_id))


@question
def slip_risk(view: View, months: int = SLIP_MONTHS) -> pd.DataFrame:
    """Return which accounts may slip: evidence that only ages for so many months, or signals that turned lately."""
    before = month_end(shift(view.as_of, -SLIP_MONTHS))
    found = _looked_back(view, [before, view.as_of])
    return _slip_risk(found, months=months, likelihoods=view.likelihoods)


@question
def evidence_worth(view: View) -> pd.DataFrame:
    """Return which missing evidence would settle the rung of which unknown account, with what revenue."""
    return _worth(view).copy()


@question
def best_evidence(view: View) -> pd.DataFrame:
    """Return what each kind of evidence would settle over the twenty accounts where it is worth most."""
    return _best_evidence(_worth(view))


@question
def rung_outcomes(view: View) -> pd.DataFrame:
    """Return margin, discount and retention by the rung of a year ago, judged without prices, with ranges."""
    before = month_end(shift(view.as_of, -MONTHS))
    (judged,) = ladders(_looked_back(view, [before]), likelihoods=view.likelihoods, without=[PRICE])
    return _rung_outcomes(judged, accounts(view))


def _worth(view: View) -> pd.DataFrame:
    """Work out once what further evidence is worth, for the list of it and for its sums."""

    def make() -> pd.DataFrame:
        return _evidence_worth(_seen(view, view.as_of), likelihoods=view.likelihoods)

    return view.kept("evidence worth", make)


def _seen(view: View, day: dt.date) -> Listed:
    """List the accounts in view on one day with what was heard of them; the last lists are kept."""
    heard = _heard(view, "heard", [day], told=True)
    return view.kept("listed", lambda: view.ask(listed, heard), day)


def _looked_back(view: View, days: Sequence[dt.date]) -> Listed:
    """List the accounts in view on several days; who asks about one quarter's end will ask about the others."""
    quarters = ladder_days(view)
    every = quarters if set(days) <= set(quarters) else days
    return view.ask(listed, _heard(view, "heard before", every).on(days))


def _heard(view: View, kind: str, days: Sequence[dt.date], *, told: bool = False) -> Heard:
    """Hear the whole book once, whoever is in view; the last hearings are kept."""

    def make() -> Heard:
        return view.ask(hear, days=days, told=told)

    # who may be named changes what is told of a survey answer
    return view.kept_for_all(kind, make, view.hides_people, view.level, *days)
