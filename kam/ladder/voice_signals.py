"""The customer's voice: how its people see us and whether they would recommend us, from surveys."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from kam.base.texts import _
from kam.ladder.measures import Measure
from kam.portfolio.active_units import DAYS, day_parameters

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("perception", _("“how do you see us?” answered {value} of 3"), "number"),
        Measure("recommendation", _("“would you recommend us?” answered {value} of 10"), "number"),
    )
}
_READINGS = """
, answer as (
    select account_id, contact_id, survey_id, survey_date, 0 as signal, perception as value,
        perception - 1 as level_index
    from surveys where perception is not null
    union all
    select account_id, contact_id, survey_id, survey_date, 1, nps,
        case when nps <= 6 then 0 when nps <= 8 then 1 else 2 end
    from surveys where nps is not null
), replaced as (
    select *, lead(survey_date) over (partition by account_id, signal, contact_id order by survey_date, survey_id)
        as until
    from answer where contact_id is not null
    union all
    -- Answers without a name cannot be told apart: those of the account's last such day all count.
    select *, min(survey_date) over (partition by account_id, signal order by survey_date
        range between interval 1 day following and unbounded following)
    from answer where contact_id is null
), weighed as (
    select unit, day, signal, level_index, value, survey_date, survey_id, contacts.name,
        coalesce(influence, avg(influence) over (partition by unit, day, signal), 1)::double as say
    from replaced
    join unit using (account_id)
    left join contacts using (contact_id)
    join day on survey_date <= as_of and as_of < coalesce(until, date '9999-12-31')
    where left_on is null or left_on > as_of
)
select unit, day, signal, level_index::bigint as level_index,
    say / sum(say) over (partition by unit, day, signal) as share, survey_date as observed_on, value::double as value,
    if($told, 'survey ' || survey_id || ' of ' || strftime(survey_date, '%-d %b %Y')
        || ' by ' || coalesce(name, 'someone unnamed'), null) as source
from weighed
"""
READINGS = DAYS + _READINGS


def readings(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], told: bool = True) -> pd.DataFrame:
    """Read the survey answers that count: the newest of each person up to each day, for each question on its own.

    Who has left by that day no longer speaks for the customer. A person's share in the signal is the person's
    influence ÷ the influence of all who answered; where it is unknown, the mean of the known ones stands in, and
    without any known all weigh the same. Levels: perception 1, 2, 3 as answered; recommendation 0–6, 7–8, 9–10.

    Returns
    -------
    pandas.DataFrame
        unit and day (numbers), signal (categorical), level_index (0 towards the broker), share (of the signal, adding
        up to 1), observed_on, value (the answer), source (empty unless `told`: a name for every answer takes time).
    """
    answers = cursor.execute(READINGS, day_parameters(days) | {"told": told}).df()
    signal = pd.Categorical.from_codes(answers["signal"].to_numpy(dtype=np.int64), categories=pd.Index(list(MEASURES)))
    return answers.assign(signal=signal, observed_on=answers["observed_on"].astype("datetime64[us]"))
