"""What every question to an opened book rests on: its database, the month and the accounts in view, a cursor each."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Concatenate, ParamSpec, Self

import duckdb
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.kept import Kept
from kam.base.ladder_policy import with_policy
from kam.base.periods import as_of_month, checked_level, month_end, month_start
from kam.base.policy import Policies
from kam.hidden import hide_names, without_attitudes
from kam.intake.cache import Loaded
from kam.intake.files import Stamp
from kam.intake.load import LoadError
from kam.store.live_records import LiveRecords

P = ParamSpec("P")
# Today and a year ago: what the questions on one page share. At 5,000 accounts a standing holds 100 MB.
_RESULTS_KEPT = 2

# Monthly totals dated on the first of a month tell of the whole month: the data reach to its last day.
_BOOK = """
select name, currency, first_day, if(is_monthly, last_day(last_day), last_day), is_monthly, has_orders, lines,
    lines_with_product, lines_with_quantity
from book, sales_told
"""
BEYOND = ("orders", "products", "quantities")
"""What sales may tell beside date, customer and amount."""
_SCOPE = """
select account_id from accounts
where ($manager is null or manager in (select unnest($manager)))
    and ($region is null or region in (select unnest($region)))
    and ($industry is null or industry in (select unnest($industry)))
"""
_CHOICES = """
select distinct manager, region, industry from accounts
where account_id in (select account_id from sales_month)
order by all
"""
_MEMBERS = """
select account_id from accounts where case when $level = 'parent' then root_id else account_id end = $id
"""


class Opened:
    """An opened book before its first question: what is in view, and how a question is put."""

    def __init__(
        self,
        loaded: Loaded,
        connection: duckdb.DuckDBPyConnection,
        records: LiveRecords,
        *,
        as_of: dt.date | str | None = None,
        scope: list[str] | None = None,
        hide_people: bool = False,
        kept: Kept | None = None,
    ) -> None:
        self._loaded = loaded
        self._connection = connection
        self._records = records
        self._scope = scope
        with closing(connection.cursor()) as cursor:
            name, currency, first, last, monthly, orders, lines, *told = cursor.execute(_BOOK).fetchall()[0]
        self.name: str = name
        self.currency: str | None = currency
        self.first_day: dt.date = first
        self.last_day: dt.date = last
        self.holds_monthly_totals: bool = monthly
        shares = (float(orders), *(count / max(lines, 1) for count in told))
        self._told: dict[str, float] = dict(zip(BEYOND, shares, strict=True))
        self.today: dt.date = loaded.settings.today or last
        self.as_of: dt.date = _as_of(as_of or loaded.settings.as_of, first, last)
        self.policies = Policies.read(loaded.settings.policy)
        self._likelihoods = with_policy(loaded.settings.policy.get("ladder", {}))
        self._kept = kept or Kept(_RESULTS_KEPT)
        self.hides_people: bool = hide_people or loaded.settings.hide_people

    @property
    def data_version(self) -> str:
        """What changes with every change of the files' content and of what people write."""
        return f"{self._loaded.version}{self._records.serial}"

    @property
    def failure(self) -> LoadError | None:
        """Why the files as they are now could not be loaded, if this is an earlier good state of them."""
        return self._loaded.failure

    @property
    def seen(self) -> Stamp:
        """The stamp of the files that were read: while it is theirs, the book is up to date."""
        return self._loaded.seen

    def view(
        self,
        *,
        as_of: dt.date | str | None = None,
        manager: Sequence[str] = (),
        region: Sequence[str] = (),
        industry: Sequence[str] = (),
        hide_people: bool = False,
    ) -> Self:
        """Narrow the book to some accounts, or see it as of another month; costs next to nothing.

        `hide_people` hides the names and attitudes of the customers' people in every answer; where the book or this
        view hides them already, no view shows them again. What was written into the book since, here or by another
        program, is in view.
        """
        self._records.refresh()
        wanted = {"manager": list(manager), "region": list(region), "industry": list(industry)}
        scope = None
        if any(wanted.values()):
            with closing(self._cursor()) as cursor:
                rows = cursor.execute(_SCOPE, {name: values or None for name, values in wanted.items()}).fetchall()
            scope = [account for (account,) in rows]
        return type(self)(self._loaded, self._connection, self._records, as_of=as_of or self.as_of, scope=scope,
                          hide_people=hide_people or self.hides_people, kept=self._kept)  # fmt: skip

    def has(self, what: str) -> bool:
        """Say whether any line of the book's sales tells of "orders", "products" or "quantities"."""
        return self.share_with(what) > 0

    def share_with(self, what: str) -> float:
        """Return the share of the book's sales lines that name a product or a quantity; of orders, 1 or 0 for all."""
        if what not in BEYOND:
            raise QuestionError(f"Sales do not tell of {what!r}; they may of {', '.join(BEYOND)}.")
        return self._told[what]

    def choices(self) -> pd.DataFrame:
        """List the managers, regions and industries that the accounts with sales have: manager, region, industry."""
        return self._read(_CHOICES)

    def close(self) -> None:
        """Let go of the book's database."""
        self._connection.close()

    @property
    def view_key(self) -> tuple[object, ...]:
        """What answers depend on beside the question: data, policy, month, accounts in view, and who may be named."""
        scope = None if self._scope is None else hashlib.sha256("\n".join(self._scope).encode()).hexdigest()
        return (self.data_version, self.as_of, self.today, scope, self.hides_people)

    def _ask(
        self,
        question: Callable[Concatenate[duckdb.DuckDBPyConnection, P], pd.DataFrame],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> pd.DataFrame:
        """Put a question to a cursor of its own: a connection shared between threads gives wrong numbers."""
        with closing(self._cursor()) as cursor:
            return self._shown(question(cursor, *args, **kwargs))

    def _shown(self, answer: pd.DataFrame) -> pd.DataFrame:
        """Take out of an answer what this view may not show."""
        return without_attitudes(answer) if self.hides_people else answer

    def _read(self, query: str, values: dict[str, object] | None = None) -> pd.DataFrame:
        return self._ask(lambda cursor: cursor.execute(query, values or {}).df())

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """Open a cursor that sees what this view may show."""
        cursor = self._connection.cursor()
        if self.hides_people:
            hide_names(cursor)
        return cursor

    def _members(self, account_id: str, level: str) -> list[str]:
        """List the accounts that make up one unit of a level: itself, or a parent and its subsidiaries."""
        found = self._read(_MEMBERS, {"id": account_id, "level": level})["account_id"].tolist()
        if not found:
            raise QuestionError(f"There is no {level} {account_id!r} in this book.")
        return found

    def _among(self, account_id: str | None, level: str) -> list[str] | None:
        """List the accounts a question is about: those of one unit of a level, or all in view."""
        checked = checked_level(level)
        return self._scope if account_id is None else self._members(account_id, checked)


def _as_of(wanted: dt.date | str | None, first: dt.date, last: dt.date) -> dt.date:
    if isinstance(wanted, str):
        try:
            wanted = dt.date.fromisoformat(wanted)
        except ValueError:
            raise QuestionError(f"{wanted!r} is no day. Write it as {last}.") from None
    complete = as_of_month(last)  # of a single unfinished month, the month before
    if wanted is None or month_end(wanted) == complete:
        return complete
    if not month_start(first) <= wanted <= month_end(last):
        raise QuestionError(f"The book holds sales from {first} to {last}; it cannot be seen as of {wanted}.")
    return month_end(wanted)
