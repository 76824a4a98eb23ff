"""How the people at the customers are hidden: the relations a question reads, and the columns of its answer.

Where names are to be hidden, every cursor of a book sees these views in the place of the tables, so that no question,
also none yet to be written, can return a contact's name, a person's id, or a free text about people that may name one.
Attitude and influence stay in the sums over an account (net support, exposure) that three people or more stand behind,
and leave every answer that has a row a person.
"""

import duckdb
import pandas as pd

from kam.base.schema import PEOPLE

FEW = 3  # people with a known attitude, below which a sum over them tells that of a single one
_INITIALS = """
list_aggregate(list_transform(
    list_filter(string_split_regex(trim(name), '\\s+'), lambda word: word <> ''), lambda word: upper(word[1]) || '.'
), 'string_agg', ' ')
"""
_ID = "case when {0} is not null then 'person ' || substr(md5({0}), 1, 10) end as {0}"
# The parts put into the statements are the constants written here, and the name the database itself gives.
_VIEWS = {
    "contacts": f"{_INITIALS} as name, {_ID.format('contact_id')}, {_ID.format('reports_to')}",
    "touches": f"null::varchar as note, {_ID.format('contact_id')}",
    "surveys": f"null::varchar as comment, {_ID.format('contact_id')}",
    "referrals": "case when new_account_id is not null then referred_name end as referred_name",
}
_OF_ONE_PERSON = ("attitude", "influence", "exposed")  # influence, too: with a sum it would tell whose attitude it is
_OF_FEW = ("net_support", "anti_supporters", "anti_supporter_exposure")
_FROM_FILES = ("value", "example")
_STANDING = "support"  # the signal that tells how the people of an account stand to us


def hide_names(cursor: duckdb.DuckDBPyConnection) -> None:
    """Lay the views over the tables, for this cursor alone: names become initials, free texts about people go.

    >>> cursor = duckdb.connect()
    >>> _ = cursor.execute(
    ...     "create table contacts as select 'Ann van Berg' as name, 'K1' as contact_id, 'K2' as reports_to"
    ... )
    >>> for other in ("touches", "surveys", "referrals"):
    ...     _ = cursor.execute(
    ...         f"create table {other} (contact_id text, note text, comment text, referred_name text,"
    ...         " new_account_id text)"
    ...     )
    >>> hide_names(cursor)
    >>> cursor.execute("select name, contact_id = 'K1' from contacts").fetchall()
    [('A. V. B.', False)]
    """
    database = cursor.execute("select current_database()").fetchall()[0][0].replace('"', '""')
    for table, instead in _VIEWS.items():
        cursor.execute(
            f'create or replace temp view {table} as select * replace ({instead}) from "{database}".main.{table}'  # noqa: S608 - see above
        )


def without_attitudes(answer: pd.DataFrame) -> pd.DataFrame:
    """Take out of an answer what tells the attitude of a single person: in rows a person, and in sums over too few."""
    unsaid = pd.Series(float("nan"), index=answer.index)
    told: dict[str, pd.Series] = {name: unsaid for name in _OF_ONE_PERSON if name in answer}
    if "attitudes" in answer:
        told |= {name: answer[name].where(answer["attitudes"] >= FEW) for name in _OF_FEW if name in answer}
    if "table" in answer:  # what intake refused or found, in the letters of the file
        is_theirs = answer["table"].isin(PEOPLE)
        told |= {name: answer[name].mask(is_theirs, "hidden") for name in _FROM_FILES if name in answer}
    if {"signal", "observed"} <= set(answer.columns):
        told["observed"] = answer["observed"].mask(answer["signal"] == _STANDING, "hidden: how its people stand to us")
    return answer.assign(**told)
