"""How satisfied the customers are: NPS and CSAT of twelve months with their error, against the year before."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import MONTHS, window_parameters, window_start
from kam.base.rules import FEWEST_ANSWERS, SURE_ERRORS

_TALLIES = """
with answer as (
    select unit_id, nps, csat, survey_date, survey_date >= $current as now
    from surveys join member using (account_id) where survey_date >= $prior and survey_date <= $as_of
), money as (
    select unit_id, sum(net) filter (month >= $current) as revenue
    from sales_month join member using (account_id) where month < $after group by unit_id
), tally as (
    select {unit} as unit_id,
        count(nps) filter (now) as responses, count(*) filter (now and nps >= 9) as promoters,
        count(*) filter (now and nps <= 6) as detractors,
        count(nps) filter (not now) as prior_responses, count(*) filter (not now and nps >= 9) as prior_promoters,
        count(*) filter (not now and nps <= 6) as prior_detractors,
        count(csat) filter (now) as csat_responses, avg(csat) filter (now) as csat,
        stddev_samp(csat) filter (now) / sqrt(count(csat) filter (now)) as csat_se,
        avg(csat) filter (not now) as prior_csat, max(survey_date) as newest
    from answer group by all
)
"""
_COUNTS = """
    coalesce(responses, 0)::bigint as responses, coalesce(promoters, 0)::bigint as promoters,
    coalesce(detractors, 0)::bigint as detractors, coalesce(prior_responses, 0)::bigint as prior_responses,
    coalesce(prior_promoters, 0)::bigint as prior_promoters, coalesce(prior_detractors, 0)::bigint as prior_detractors,
    csat::double as csat, csat_se::double as csat_se, coalesce(csat_responses, 0)::bigint as csat_responses,
    prior_csat::double as prior_csat, newest
"""
# What is put into the statements are the constants written here, never data.
_EACH = (
    _TALLIES.format(unit="unit_id")
    + "select unit_id as account_id, coalesce(accounts.name, unit_id) as name, manager,"
    + " coalesce(revenue, 0)::double as revenue,"
    + _COUNTS
    + "from money left join tally using (unit_id) left join accounts on accounts.account_id = unit_id"
    + " order by revenue desc, unit_id"
)
_ALL = _TALLIES.format(unit="'all'") + "select" + _COUNTS + "from (select $after) left join tally on true"
_ANSWERS = """
select unit_id as account_id, account, survey_date, contacts.name as person, contacts.title, nps::double as nps,
    case when nps >= 9 then 'promoter' when nps >= 7 then 'passive' when nps is not null then 'detractor' end as kind,
    csat::double as csat, perception::double as perception, comment,
    case when survey_date >= $current then 'last twelve months' else 'year before' end as period
from surveys join member using (account_id) left join contacts using (contact_id)
where survey_date >= $prior and survey_date <= $as_of
order by survey_date desc, survey_id
"""
_COLUMNS = [
    *("nps", "nps_se", "responses", "csat", "csat_se", "csat_responses", "promoters", "detractors"),
    *("prior_nps", "prior_nps_se", "prior_responses", "prior_csat"),
    *("nps_change", "nps_change_se", "changed", "newest"),
]


def satisfaction(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Measure NPS and CSAT of each account, with n and standard error, and how they stood the year before.

    Only answers of the twelve months to `as_of` count; the year before are the twelve months before those. Every answer
    in a window counts once, also two of the same person.

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Last day of the as-of month.

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales, largest revenue first: account_id, name, manager, revenue, nps
        (−100…100), nps_se, responses, csat (1–5), csat_se, csat_responses, promoters, detractors, prior_nps,
        prior_nps_se, prior_responses, prior_csat, nps_change, nps_change_se, changed ("better", "worse", or "no sure
        change" within 1.96 standard errors; missing unless both years have five answers or more), newest. Unknown
        without an answer; responses are then 0.
    """
    found = _asked(cursor, _EACH, as_of)
    return found[["account_id", "name", "manager", "revenue", *_COLUMNS]]


def satisfaction_total(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Measure NPS and CSAT over all answers together: one row with the figures of `satisfaction`."""
    return _asked(cursor, _ALL, as_of)[_COLUMNS]


def survey_answers(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the answers behind NPS and CSAT of both years, the newest first.

    Returns
    -------
    pandas.DataFrame
        account_id, account, survey_date, person, title (missing where nobody is named), nps, kind (promoter, passive,
        detractor), csat, perception, comment, period ("last twelve months" or "year before").
    """
    parameters = {"as_of": as_of, "prior": window_start(as_of, 2 * MONTHS), "current": window_start(as_of)}
    return cursor.execute(_ANSWERS, parameters).df()


def nps_with_error(promoters: pd.Series, detractors: pd.Series, responses: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return NPS = 100(p − d) and its standard error 100·√[(p + d − (p − d)²)/n]; both unknown without an answer.

    The error is that of a mean of −1, 0 and 1. Where all answers agree it is 0, which says nothing about how sure a
    handful of answers are: show n beside it.

    >>> score, error = nps_with_error(pd.Series([3]), pd.Series([1]), pd.Series([4]))
    >>> score.tolist(), error.round(1).tolist()
    ([50.0], [43.3])
    """
    n = responses.where(responses > 0).astype(float)
    p, d = promoters / n, detractors / n
    return 100 * (p - d), 100 * ((p + d - (p - d) ** 2) / n) ** 0.5


def _asked(cursor: duckdb.DuckDBPyConnection, statement: str, as_of: dt.date) -> pd.DataFrame:
    rows = cursor.execute(statement, {"as_of": as_of} | window_parameters(as_of)).df()
    nps, error = nps_with_error(rows["promoters"], rows["detractors"], rows["responses"])
    then, then_error = nps_with_error(rows["prior_promoters"], rows["prior_detractors"], rows["prior_responses"])
    change, change_error = nps - then, (error**2 + then_error**2) ** 0.5
    told = (rows["responses"] >= FEWEST_ANSWERS) & (rows["prior_responses"] >= FEWEST_ANSWERS)
    changed = pd.Series("no sure change", index=rows.index, dtype="str")
    changed = changed.mask(change > SURE_ERRORS * change_error, "better")
    changed = changed.mask(change < -SURE_ERRORS * change_error, "worse").where(told)
    rows = rows.assign(nps=nps, nps_se=error, prior_nps=then, prior_nps_se=then_error)
    return rows.assign(nps_change=change, nps_change_se=change_error, changed=changed)
