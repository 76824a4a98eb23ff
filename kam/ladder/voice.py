"""The customer's voice: how its people see us and whether they would recommend us, from surveys."""

import datetime as dt

import duckdb
import pandas as pd

from kam.ladder.measures import Measure

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("perception", "“how do you see us?” answered {} of 3", "number"),
        Measure("recommendation", "“would you recommend us?” answered {} of 10", "number"),
    )
}
READINGS = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id from accounts
), answer as (
    select account_id, contact_id, survey_id, survey_date, 'perception' as signal, perception as value,
        perception - 1 as level_index
    from surveys where perception is not null
    union all
    select account_id, contact_id, survey_id, survey_date, 'recommendation', nps,
        case when nps <= 6 then 0 when nps <= 8 then 1 else 2 end
    from surveys where nps is not null
), newest as (
    -- Answers without a name cannot be told apart: those of the account's last such day all count.
    select * from answer where survey_date <= $as_of
    qualify rank() over (
        partition by account_id, signal, contact_id
        order by survey_date desc, case when contact_id is not null then survey_id end desc
    ) = 1
), weighed as (
    select unit_id, newest.*, contacts.name,
        coalesce(influence, avg(influence) over (partition by unit_id, signal), 1)::double as say
    from newest join unit using (account_id) left join contacts using (contact_id)
)
select unit_id as account_id, signal, level_index::bigint as level_index,
    say / sum(say) over (partition by unit_id, signal) as share, survey_date as observed_on, value::double as value,
    'survey ' || survey_id || ' of ' || strftime(survey_date, '%-d %b %Y')
        || ' by ' || coalesce(name, 'someone unnamed') as source
from weighed
"""


def readings(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str) -> pd.DataFrame:
    """Read the survey answers that count: the newest of each person up to `as_of`, for each question on its own.

    A person's share in the signal is the person's influence ÷ the influence of all who answered; where it is unknown,
    the mean of the known ones stands in, and without any known all weigh the same. Levels: perception 1, 2, 3 as
    answered; recommendation 0–6, 7–8, 9–10.

    Returns
    -------
    pandas.DataFrame
        account_id, signal (categorical), level_index (0 towards the broker), share (of the signal, adding up to 1),
        observed_on, value (the answer), source.
    """
    answers = cursor.execute(READINGS, {"as_of": as_of, "level": level}).df()
    return answers.assign(signal=pd.Categorical(answers["signal"], categories=list(MEASURES)))
