"""What customers say of us: satisfaction, problems, referrals, what they gain from us, and their own business."""

import pandas as pd

from kam.view import View, question
from kam.voice.customer import swot as _swot
from kam.voice.customer import value_balance as _value_balance
from kam.voice.customer import value_delivered as _value_delivered
from kam.voice.problems import problems as _problems
from kam.voice.problems import solved
from kam.voice.problems import time_to_resolve as _time_to_resolve
from kam.voice.referrals import referral_rows as _referral_rows
from kam.voice.referrals import referrals as _referrals
from kam.voice.satisfaction import satisfaction as _satisfaction
from kam.voice.satisfaction import satisfaction_total as _satisfaction_total
from kam.voice.satisfaction import survey_answers as _survey_answers


@question
def satisfaction(view: View) -> pd.DataFrame:
    """Return NPS and CSAT of each account with n and standard error, beside the year before."""
    return view.ask(_satisfaction, as_of=view.as_of)


@question
def satisfaction_total(view: View) -> pd.DataFrame:
    """Return NPS and CSAT over all answers of the accounts in view: one row."""
    return view.ask(_satisfaction_total, as_of=view.as_of)


@question
def survey_answers(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the answers behind NPS and CSAT, of these twelve months and of the twelve before."""
    return view.of(account_id).ask(_survey_answers, as_of=view.as_of)


@question
def problems(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the problems and disputes open today: age, owner, department, severity, target, overdue."""
    return view.of(account_id).ask(_problems, today=view.today)


@question
def solved_problems(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the problems and disputes closed within twelve months, with the days they took."""
    return view.of(account_id).ask(solved, as_of=view.as_of)


@question
def time_to_resolve(view: View, by: str | None = None, account_id: str | None = None) -> pd.DataFrame:
    """Return median days to solve a problem and the share within target, in all or by department or manager."""
    return _time_to_resolve(solved_problems(view, account_id), problems(view, account_id), by=by)


@question
def referrals(view: View) -> pd.DataFrame:
    """Return how often each account recommended us, how often that was won, and what it brought."""
    return view.ask(_referrals, as_of=view.as_of)


@question
def referral_rows(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return each referral: to whom, whether it was won, and what it brought."""
    return view.of(account_id).ask(_referral_rows, as_of=view.as_of)


@question
def value_delivered(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return what the customers gained from us beyond the goods."""
    return view.of(account_id).ask(_value_delivered, as_of=view.as_of)


@question
def value_balance(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return what the customers got from us in twelve months beside what we got from them: one row."""
    return view.of(account_id).ask(_value_balance, as_of=view.as_of)


@question
def swot(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return the strengths, weaknesses, opportunities and threats of the customers' own business."""
    return view.of(account_id).ask(_swot, as_of=view.as_of)
