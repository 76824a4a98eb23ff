"""What every account and product of a book has, whatever the files say of it: a name, a topmost parent, a manager."""

import duckdb
import pandas as pd

from kam.intake.finding import Finding

_COMPLETE = """
insert into accounts by name select distinct account_id from sales_month
where account_id not in (select account_id from accounts) order by all;
insert into products by name select distinct product_id from sales_month
where product_id is not null and product_id not in (select product_id from products) order by all;
update accounts set name = account_id where name is null;
update products set name = product_id where name is null;
alter table accounts add column root_id varchar;
update accounts set root_id = account_id;
alter table accounts add column manager varchar;
update accounts set
    manager = coalesce((select name from managers where managers.manager_id = accounts.manager_id), manager_id);
"""
_PARENTS = """
select account_id, parent_id from accounts
where parent_id in (select account_id from accounts) and parent_id <> account_id
"""


def complete(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """List every account and product that sales name; find each account's topmost parent and its manager's name."""
    cursor.execute(_COMPLETE)
    parents = dict(cursor.execute(_PARENTS).fetchall())
    roots, circles = [], set()
    for account in parents:
        path = [account]
        while (above := parents.get(path[-1])) is not None and above not in path:
            path.append(above)
        circle = path[path.index(above) :] if above is not None else path[-1:]
        roots.append((account, min(circle)))
        if above is not None:
            circles.update(circle)
    if roots:
        frame = pd.DataFrame(roots, columns=["account_id", "root_id"])
        cursor.register("roots", frame)
        cursor.execute(
            "update accounts set root_id = roots.root_id from roots where accounts.account_id = roots.account_id"
        )
        cursor.unregister("roots")
    if not circles:
        return []
    weakens = "figures by parent: these accounts belong to one another, and the first of a circle counts as its top"
    return [Finding("accounts", "parents in a circle", "warning", len(circles), min(circles), weakens)]
