"""What sales lines say about customers and products beside their ids: names, groups and regions become accounts."""

import duckdb

from kam.base.schema import PRODUCTS
from kam.intake.clean import Clean
from kam.intake.finding import Finding
from kam.intake.raw import quote

_ACCOUNTS = {
    "account_name": "name",
    "parent": "parent_id",
    "industry": "industry",
    "region": "region",
    "manager": "manager_id",
}
_PRODUCTS = {"product_name": "name", "category": "category", "product_kind": "kind"}
_MOSTLY = 0.5
_KINDS = ", ".join(f"'{kind}'" for kind in PRODUCTS["kind"].choices)


def attributes(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[Finding]:
    """Fill accounts and products with what the lines say of them, where their own tables do not say it.

    Where lines disagree, the newest value counts; how many disagree is a finding.
    """
    findings = []
    for table, key, columns in (("accounts", "account_id", _ACCOUNTS), ("products", "product_id", _PRODUCTS)):
        given = {source: target for source, target in columns.items() if source in clean.columns}
        if given and key in clean.columns:
            findings += _fill(cursor, clean, table, key, given)
    if "parent" in clean.columns:
        _parents(cursor)
    if "manager" in clean.columns:
        _managers(cursor)
    return findings


def _fill(
    cursor: duckdb.DuckDBPyConnection, clean: Clean, table: str, key: str, given: dict[str, str]
) -> list[Finding]:
    newest = ", ".join(
        f"arg_max({quote(source)}, (order_date, {quote(source)})) filter ({quote(source)} <> '') as {quote(target)},"
        f" count(distinct {quote(source)}) filter ({quote(source)} <> '') as {quote(f'{target} said')}"
        for source, target in given.items()
    )
    texts = ", ".join(map(quote, (key, *given)))
    cursor.execute(
        f"create or replace temp table told as select {quote(key)}, {newest} from"
        f" (select {texts}, max(order_date) as order_date from ({clean.rows}) where {clean.kept}"
        f" and {quote(key)} is not null group by {texts}) group by {quote(key)}"
    )
    if "kind" in given.values():
        cursor.execute(f"update told set kind = case when lower(kind) in ({_KINDS}) then lower(kind) end")
    cursor.execute(
        f"insert into {table} by name select {quote(key)} from told"
        f" where {quote(key)} not in (select {quote(key)} from {table})"
    )
    for target in given.values():
        cursor.execute(
            f"update {table} set {quote(target)} = told.{quote(target)} from told"
            f" where told.{quote(key)} = {table}.{quote(key)} and {table}.{quote(target)} is null"
        )
    findings = []
    for source, target in given.items():
        said = quote(f"{target} said")
        count, example, ids = cursor.execute(
            f"select count(*) filter ({said} > 1), min({quote(key)}) filter ({said} > 1), count(*) from told"
        ).fetchall()[0]
        if count:
            word = source.replace("_", " ")
            mostly = target == "name" and ids > 1 and count > _MOSTLY * ids
            findings.append(
                Finding(
                    "sales",
                    f"several values of {word}",
                    "warning" if mostly else "note",
                    count,
                    str(example),
                    f"{table}, if one id stands for several of them"
                    if mostly
                    else f"{table} by {word}: the newest value counts",
                )
            )
    cursor.execute("drop table told")
    return findings


def _parents(cursor: duckdb.DuckDBPyConnection) -> None:
    """Take a group's name for the account of that name; one that is no account becomes one, to add its members up."""
    cursor.execute(
        "update accounts set parent_id = named.account_id"
        " from (select name, min(account_id) as account_id from accounts group by name) as named"
        " where named.name = accounts.parent_id and named.account_id <> accounts.parent_id"
    )
    cursor.execute("update accounts set parent_id = null where parent_id = account_id or parent_id = name")
    cursor.execute(
        "insert into accounts by name select distinct parent_id as account_id, parent_id as name from accounts"
        " where parent_id is not null and parent_id not in (select account_id from accounts) order by all"
    )


def _managers(cursor: duckdb.DuckDBPyConnection) -> None:
    """Let a manager whom the lines alone name be known by that name."""
    cursor.execute(
        "insert into managers by name select distinct manager_id, manager_id as name from accounts"
        " where manager_id is not null and manager_id not in (select manager_id from managers) order by all"
    )
