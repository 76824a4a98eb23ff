"""Who stands behind the customers of a book: people, contact, voice, problems, referrals, and their own business."""

import pandas as pd

from kam.base.periods import MONTHS, month_end, shift
from kam.people.coverage import coverage as _coverage
from kam.people.coverage import coverage_gaps as _coverage_gaps
from kam.people.network import network as _network
from kam.people.relationships import relationships as _relationships
from kam.people.reporting import reporting_lines as _reporting_lines
from kam.people.stakeholders import departures as _departures
from kam.people.stakeholders import stakeholders as _stakeholders
from kam.people.stakeholders import ties as _ties
from kam.people.touches import contact_rhythm as _contact_rhythm
from kam.people.touches import touches as _touches
from kam.view import View, question


@question
def relationships(view: View) -> pd.DataFrame:
    """Return how many people know us at each account, who is for and against us, and what hangs on one person."""
    return view.ask(_relationships, as_of=view.as_of)


@question
def network(view: View) -> pd.DataFrame:
    """Return the relationships of all accounts together, weighed by revenue, one row; `prior_…` a year ago."""
    before = month_end(shift(view.as_of, -MONTHS))
    then = relationships(view.view(as_of=before)) if before >= view.first_day else None
    return _network(relationships(view), then)


@question
def reporting_lines(view: View, account_id: str) -> pd.DataFrame:
    """Return the people of one account in the order of who reports to whom, with depth."""
    return _reporting_lines(stakeholders(view, account_id))


@question
def stakeholders(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the people at the customers: post, influence, attitude, last contact, who of ours knows them."""
    return view.of(account_id).ask(_stakeholders, as_of=view.as_of)


@question
def ties(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return who of ours met whom of theirs within twelve months, and how often."""
    return view.of(account_id).ask(_ties, as_of=view.as_of)


@question
def departures(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the influential people who left within twelve months, and who came after them."""
    return view.of(account_id).ask(_departures, as_of=view.as_of)


@question
def coverage(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return which function × level at an account is covered, and which is a gap."""
    return view.of(account_id).ask(_coverage, as_of=view.as_of)


@question
def coverage_gaps(view: View) -> pd.DataFrame:
    """Return at how many accounts each function × level is a gap."""
    return view.ask(_coverage_gaps, as_of=view.as_of)


@question
def touches(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the touches of twelve months: who met whom, why, and what was said."""
    return view.of(account_id).ask(_touches, as_of=view.as_of)


@question
def contact_rhythm(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the touches of each of twelve months by purpose: to give value, to sell, to serve, to be in touch."""
    return view.of(account_id).ask(_contact_rhythm, as_of=view.as_of)
