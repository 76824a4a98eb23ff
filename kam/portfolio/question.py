"""What the accounts of a book bring: revenue, margin, growth, steadiness, concentration, retention."""

import pandas as pd

from kam.base.errors import QuestionError
from kam.base.terms import DIMENSIONS
from kam.portfolio.accounts import accounts as _accounts
from kam.portfolio.accounts import changes as _changes
from kam.portfolio.categories import categories as _categories
from kam.portfolio.concentration import concentration as _concentration
from kam.portfolio.headline import headline as _headline
from kam.portfolio.monthly import monthly as _monthly
from kam.portfolio.retention import retention as _retention
from kam.view import View, question

_FAMILY = """
select account_id, name, case when account_id in (select parent_id from accounts where account_id = $id)
    then 'parent' else 'subsidiary' end as relation
from accounts
where account_id <> $id and (parent_id = $id or account_id in (select parent_id from accounts where account_id = $id))
order by relation, name
"""


@question
def accounts(view: View) -> pd.DataFrame:
    """Return every account's revenue, growth, margin, discount, share, Pareto class and steadiness."""
    return view.ask(_accounts, as_of=view.as_of)


@question
def monthly(view: View) -> pd.DataFrame:
    """Return revenue, margin and quantity by account and month, up to the as-of month."""
    return view.ask(_monthly, as_of=view.as_of)


@question
def categories(view: View, account_id: str) -> pd.DataFrame:
    """Return what one account buys by category, now and a year ago."""
    return view.of(account_id).ask(_categories, as_of=view.as_of)


@question
def family(view: View, account_id: str) -> pd.DataFrame:
    """Return the parent above an account and the subsidiaries under it: account_id, name, relation."""
    return view.read(_FAMILY, id=account_id)


@question
def concentration(view: View) -> pd.DataFrame:
    """Return on how few accounts the revenue rests: one row."""
    return _concentration(accounts(view))


@question
def retention(view: View, by: str | None = None) -> pd.DataFrame:
    """Return NRR, GRR and logo retention of last year's accounts: one row, or one a manager, region or industry."""
    if by is not None and by not in DIMENSIONS:
        raise QuestionError(f"Retention cannot be told by {by!r}; it can by {', '.join(DIMENSIONS)}.")
    return _retention(accounts(view), by=by)


@question
def headline(view: View) -> pd.DataFrame:
    """Return revenue, growth, margin, retention and concentration over twelve months, month end by month end."""
    return view.ask(_headline, as_of=view.as_of)


@question
def changes(view: View) -> pd.DataFrame:
    """Return who bought more or less than the year before, came or went: the biggest change first."""
    return _changes(accounts(view))
