"""Whom a question is about: the units of a level, and which of their accounts are in view, laid out on a cursor."""

from collections.abc import Sequence

import duckdb

from kam.base.periods import checked_level

_UNIT = """
create or replace temp table unit as
select account_id, if($level = 'parent', root_id, account_id) as unit_id,
    (dense_rank() over (order by if($level = 'parent', root_id, account_id)) - 1)::integer as unit,
    coalesce(name, account_id) as account, manager_id, manager, region, industry,
    $accounts::varchar[] is null or account_id in (select unnest($accounts::varchar[])) as in_view
from accounts
"""
_MEMBER = "create or replace temp view member as from unit where in_view"


def lay_out(
    cursor: duckdb.DuckDBPyConnection, *, level: str = "account", accounts: Sequence[str] | None = None
) -> None:
    """Lay the temporary relations `unit` and `member` out on a cursor, which every statement may use.

    `unit` has a row an account of the book: account_id, unit_id (itself, or by parent the topmost one above it), unit
    (the units' numbers in the order of their ids), account (its name, or its id), manager_id, manager, region,
    industry, in_view (one of `accounts`; all, if none are given). `member` has those of its rows that are in view.

    Raises
    ------
    QuestionError
        There is no such level.
    """
    asked = {"level": checked_level(level), "accounts": None if accounts is None else list(accounts)}
    cursor.execute(_UNIT, asked)
    cursor.execute(_MEMBER)
