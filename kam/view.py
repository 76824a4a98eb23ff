"""One opened book as of a month, of some accounts, by account or by parent: what every question is put to."""

import datetime as dt
import hashlib
from collections.abc import Callable, Generator, Hashable, Sequence
from contextlib import closing, contextmanager
from copy import copy
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

import duckdb
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.kept import Kept
from kam.base.ladder_policy import with_policy
from kam.base.periods import as_of_month, checked_level, month_end, month_start
from kam.base.policy import Policies
from kam.base.units import lay_out
from kam.hidden import hide_names, without_attitudes
from kam.intake.cache import Loaded
from kam.intake.files import Stamp
from kam.intake.load import LoadError
from kam.store.live_records import LiveRecords

P = ParamSpec("P")
T = TypeVar("T")
Question = TypeVar("Question", bound=Callable[..., pd.DataFrame])
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
_MEMBERS = "select account_id from accounts where if($level = 'parent', root_id, account_id) = $id"


class View:
    """An opened book and what is in view of it; a question is a function of it.

    Every cursor of a view has the relations of `kam.base.units`: `unit`, a row an account of the book, and `member`,
    those of its rows that are in view.
    """

    def __init__(
        self,
        loaded: Loaded,
        connection: duckdb.DuckDBPyConnection,
        records: LiveRecords,
        *,
        as_of: dt.date | str | None = None,
    ) -> None:
        self._loaded = loaded
        self._connection = connection
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self.live_records = records
        self.scope: list[str] | None = None
        self.level = "account"
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
        self.likelihoods = with_policy(loaded.settings.policy.get("ladder", {}))
        self._kept = Kept(_RESULTS_KEPT)
        self.hides_people: bool = loaded.settings.hide_people

    @property
    def data_version(self) -> str:
        """What changes with every change of the files' content and of what people write."""
        return f"{self._loaded.version}{self.live_records.serial}"

    @property
    def failure(self) -> LoadError | None:
        """Why the files as they are now could not be loaded, if this is an earlier good state of them."""
        return self._loaded.failure

    @property
    def seen(self) -> Stamp:
        """The stamp of the files that were read: while it is theirs, the book is up to date."""
        return self._loaded.seen

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be written into this book; None where it can."""
        return self.live_records.workspace.obstacle

    def view(
        self,
        *,
        as_of: dt.date | str | None = None,
        level: str | None = None,
        manager: Sequence[str] | None = None,
        region: Sequence[str] | None = None,
        industry: Sequence[str] | None = None,
        hide_people: bool = False,
    ) -> Self:
        """Narrow the book to some accounts, see it as of another month, or by parent; costs next to nothing.

        What is not given stays as it is; of the managers, regions and industries, those not given are all as soon as
        one of them is given. `level` is "account", or "parent": parents with all their subsidiaries. `hide_people`
        hides the names and attitudes of the customers' people in every answer; where the book or this view hides them
        already, no view shows them again. What was written into the book since, here or by another program, is in view.
        """
        self.live_records.refresh()
        wanted = {"manager": manager, "region": region, "industry": industry}
        scope = self.scope
        if any(values is not None for values in wanted.values()):
            scope = self._in(wanted) if any(wanted.values()) else None
        return self._seen(scope, as_of=as_of, level=level, hide_people=hide_people)

    @property
    def whole(self) -> Self:
        """All accounts of the book, or all parents where this view is by parent, whoever is in view."""
        return self._seen(None)

    @property
    def by_account(self) -> Self:
        """What is in view, one account by one, also where this view is by parent."""
        return self if self.level == "account" else self._seen(self.scope, level="account")

    def of(self, account_id: str | None) -> Self:
        """One account, or a parent with its subsidiaries, whoever is in view; what is in view, if None is given.

        Raises
        ------
        QuestionError
            There is no such account or parent.
        """
        return self if account_id is None else self._seen(self.members(account_id))

    def members(self, account_id: str) -> list[str]:
        """List the accounts that make up one unit of this view's level: itself, or a parent and its subsidiaries."""
        rows = self.read(_MEMBERS, id=account_id, level=self.level)
        if rows.empty:
            raise QuestionError(f"There is no {self.level} {account_id!r} in this book.")
        return rows["account_id"].tolist()

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
        return self.read(_CHOICES)

    def close(self) -> None:
        """Let go of the book's database."""
        for cursor in self._idle:
            cursor.close()
        self._connection.close()

    @property
    def view_key(self) -> tuple[Hashable, ...]:
        """What answers depend on beside the question: data, policy, month, who is in view, and who may be named."""
        scope = None if self.scope is None else hashlib.sha256("\n".join(self.scope).encode()).hexdigest()
        return (self.data_version, self.as_of, self.level, self.today, scope, self.hides_people)

    @contextmanager
    def cursor(self) -> Generator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own, on which this view is laid out: a shared connection gives threads wrong numbers."""
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._laid_out()
        yield cursor
        self._idle.append(cursor)  # one on which something failed is not lent again

    def _laid_out(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        if self.hides_people:
            hide_names(cursor)
        lay_out(cursor, level=self.level, accounts=self.scope)
        return cursor

    def read(self, query: str, **values: object) -> pd.DataFrame:
        """Answer one statement, with its named values."""
        with self.cursor() as cursor:
            return cursor.execute(query, values).df()

    def ask(
        self, calculation: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Put a calculation to a cursor of its own."""
        with self.cursor() as cursor:
            return calculation(cursor, *args, **kwargs)

    def kept(self, kind: str, make: Callable[[], T], *key: Hashable) -> T:
        """Return what several questions to this view share, made once; of each kind the last few are kept."""
        return self._kept.get(kind, (self.view_key, *key), make)

    def kept_for_all(self, kind: str, make: Callable[[], T], *key: Hashable) -> T:
        """Return what is shared by all views of the book: it hangs on the key alone, not on who is in view."""
        return self._kept.get(kind, (self.data_version, *key), make)

    def _in(self, wanted: dict[str, Sequence[str] | None]) -> list[str]:
        with closing(self._connection.cursor()) as cursor:
            rows = cursor.execute(_SCOPE, {name: list(values or ()) or None for name, values in wanted.items()})
            return [account for (account,) in rows.fetchall()]

    def _seen(
        self,
        scope: list[str] | None,
        *,
        as_of: dt.date | str | None = None,
        level: str | None = None,
        hide_people: bool = False,
    ) -> Self:
        seen = copy(self)
        seen._idle = []  # noqa: SLF001 - a view of its own, which lends cursors of its own
        seen.scope = scope
        seen.level = checked_level(level or self.level)
        seen.as_of = _as_of(as_of or self.as_of, self.first_day, self.last_day)
        seen.hides_people = hide_people or self.hides_people
        return seen


def question(answer: Question) -> Question:
    """Make a function of a view a question: from its answer goes what the view may not show."""

    @wraps(answer)
    def shown(view: View, *args: Any, **kwargs: Any) -> pd.DataFrame:  # noqa: ANN401 - the question's own
        found = answer(view, *args, **kwargs)
        return without_attitudes(found) if view.hides_people else found

    return cast("Question", shown)


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
