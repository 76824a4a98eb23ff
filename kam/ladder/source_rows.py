"""The rows behind a signal: what a leader sees on asking “where does this come from?”."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import window_parameters
from kam.base.rules import ACTIVE_DAYS
from kam.portfolio.active_units import last_whole_month

_SOLD = """
with sold as (
    select * from sales_month where account_id in (select account_id from member) and month < $after
)
"""
_SURVEYS = """
select survey_id, survey_date, coalesce(contacts.name, 'someone unnamed') as person, influence, {answer} as answer,
    comment
from surveys left join contacts using (contact_id)
where surveys.account_id in (select account_id from member) and survey_date <= $as_of and {answer} is not null
    and (left_on is null or left_on > $as_of)
order by survey_date desc, survey_id
"""
_DISCOUNTS = """
select month, sum(net_listed)::double as net, sum(list)::double as list,
    1 - sum(net_listed)::double / nullif(sum(list), 0)::double as discount_rate
from sold where month >= {start} and list is not null group by month order by month
"""
_MARGINS = """
select month, sum(net_costed)::double as net, sum(cost)::double as cost,
    (sum(net_costed) - sum(cost))::double / nullif(sum(net_costed), 0)::double as margin_rate
from sold where month >= $current and cost is not null group by month order by month
"""
_BIDS = """
select title, category, stage, rivals, opened_on, worth::double as worth
from opportunities
where account_id in (select account_id from member) and rivals is not null
    and opened_on > $as_of::date - interval 12 month and opened_on <= $as_of
order by opened_on desc, title
"""
_CATEGORIES = """
select category, count(distinct product_id) as products, sum(net)::double as net, max(month) as last_month
from sold join products using (product_id) where month >= $current and category is not null
group by category order by net desc, category
"""
_KINDS = """
select kind, products.name as product, sum(net)::double as net
from sold join products using (product_id) where month >= $current and kind is not null
group by kind, products.name order by kind = 'product', net desc, product
"""
_WALLETS = """
select account, coalesce(sum(net), 0)::double as net,
    any_value(yearly_wallet)::double as yearly_wallet,
    coalesce(sum(net), 0)::double / any_value(yearly_wallet)::double as share_of_wallet
from member join accounts using (account_id) left join sold on sold.account_id = member.account_id and month >= $current
where yearly_wallet > 0
group by member.account_id, account order by net desc, account
"""
_MONTHS = """
select month, sum(net)::double as net, sum(lines)::bigint as lines
from sold where month >= $current group by month order by month
"""
_BONDS = """
select account, min(month) as first_month, any_value(customer_since) as customer_since
from member join accounts using (account_id) left join sold using (account_id)
group by member.account_id, account order by least(min(month), any_value(customer_since)), account
"""
_PEOPLE = """
select name as person, title, "function", level, influence, attitude
from contacts
where account_id in (select account_id from member) and (left_on is null or left_on > $as_of)
order by influence desc, person
"""
_TOUCHES = """
select touch_date, coalesce(contacts.name, 'someone unnamed') as person, contacts."function", contacts.level, influence,
    coalesce(managers.name, touches.manager_id) as manager, channel, purpose, note
from touches left join contacts using (contact_id) left join managers on managers.manager_id = touches.manager_id
where touches.account_id in (select account_id from member)
    and touch_date > $as_of::date - interval {span} and touch_date <= $as_of and {wanted}
order by touch_date desc, person
"""
_STILL_HERE = "contacts.contact_id is not null and (left_on is null or left_on > $as_of)"
_VALUE = """
select delivered_on, kind, description, amount::double as amount, confirmed
from value_delivered
where account_id in (select account_id from member)
    and delivered_on > $as_of::date - interval 12 month and delivered_on <= $as_of
order by delivered_on desc, description
"""
_STEPS = """
select milestones.title, plans.name as plan, customer_goal, baseline_on, done_on, milestones.owner
from milestones join plans using (plan_id)
where account_id in (select account_id from member) and {wanted}
order by baseline_on desc, milestones.title
"""
_CASES = """
select title, kind, severity, opened_on, target_days, closed_on, owner
from cases
where account_id in (select account_id from member)
    and opened_on + target_days::int > $as_of::date - interval 12 month and opened_on + target_days::int <= $as_of
order by opened_on desc, title
"""
# The parts put into the statements are the constants written here, never data.
STATEMENTS = {
    "perception": _SURVEYS.format(answer="perception"),
    "recommendation": _SURVEYS.format(answer="nps"),
    "discount depth": _SOLD + _DISCOUNTS.format(start="$current"),
    "discount trend": _SOLD + _DISCOUNTS.format(start="$prior"),
    "margin rate": _SOLD + _MARGINS,
    "competitive bids": _BIDS,
    "categories": _SOLD + _CATEGORIES,
    "services share": _SOLD + _KINDS,
    "solutions share": _SOLD + _KINDS,
    "share of wallet": _SOLD + _WALLETS,
    "regularity": _SOLD + _MONTHS,
    "tenure": _SOLD + _BONDS,
    "coverage": _TOUCHES.format(span=f"{ACTIVE_DAYS} day", wanted=_STILL_HERE),
    "executive contact": _TOUCHES.format(span="12 month", wanted=f"{_STILL_HERE} and contacts.level = 'executive'"),
    "support": _PEOPLE,
    "dependence": _TOUCHES.format(span=f"{ACTIVE_DAYS} day", wanted=_STILL_HERE),
    "value delivered": _VALUE,
    "value contact": _TOUCHES.format(span="12 month", wanted="purpose is not null"),
    "joint plan": _STEPS.format(
        wanted="customer_goal is not null and done_on > $as_of::date - interval 12 month and done_on <= $as_of"
    ),
    "milestones kept": _STEPS.format(wanted="baseline_on > $as_of::date - interval 12 month and baseline_on <= $as_of"),
    "cases in time": _CASES,
}


def source_rows(cursor: duckdb.DuckDBPyConnection, signal: str, *, as_of: dt.date) -> pd.DataFrame:
    """List the rows that a signal of what is in view was computed from: an account, or a parent with its subsidiaries.

    Parameters
    ----------
    cursor
        A cursor of a view of that account.
    signal
        A signal of the likelihood table.
    as_of
        Nothing dated later is listed.

    Returns
    -------
    pandas.DataFrame
        Surveys (older answers of a person included, those of people who left not): survey_id, survey_date, person,
        influence, answer, comment. Discounts: month, net, list, discount_rate. Margin: month, net, cost, margin_rate.
        Bids: title, category, stage, rivals, opened_on, worth. Categories: category, products, net, last_month.
        Services and solutions: kind, product, net. Wallet: account, net, yearly_wallet, share_of_wallet. Regularity:
        month, net, lines. Tenure: account, first_month, customer_since. Coverage, dependence, executive and value
        contact: touch_date, person, function, level, influence, manager, channel, purpose, note. Support: person,
        title, function, level, influence, attitude. Value delivered: delivered_on, kind, description, amount,
        confirmed. Joint plan and milestones kept: title, plan, customer_goal, baseline_on, done_on, owner. Cases:
        title, kind, severity, opened_on, target_days, closed_on, owner. Money in the book's currency, last twelve
        months (twenty-four for the discount trend). No rows: nothing is known.

    Raises
    ------
    kam.base.errors.QuestionError
        There is no such signal.
    """
    if signal not in STATEMENTS:
        raise QuestionError(
            f"There is no signal {signal!r}. Choose one of: {', '.join(STATEMENTS)}. Nothing was changed."
        )
    statement = STATEMENTS[signal]
    known = window_parameters(last_whole_month(as_of)) | {"as_of": as_of}
    asked = {name: value for name, value in known.items() if f"${name}" in statement}
    return cursor.execute(statement, asked).df()
