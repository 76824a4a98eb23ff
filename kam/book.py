"""An opened book: ask it a question, get a new frame; every page, notebook and test asks here."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Concatenate, ParamSpec, Unpack

import duckdb
import pandas as pd

from kam.errors import QuestionError
from kam.intake.cache import Loaded, connect, loaded_book
from kam.intake.load import LoadError, Progress
from kam.ladder.climb import best_steps, climb
from kam.ladder.evidence import evidence
from kam.ladder.moves import flows, ladder_moves
from kam.ladder.policy import with_policy
from kam.ladder.rung import ladder
from kam.ladder.source_rows import source_rows
from kam.metrics.accounts import accounts
from kam.metrics.categories import categories
from kam.metrics.changes import changes
from kam.metrics.concentration import concentration
from kam.metrics.dangers import dangers
from kam.metrics.headline import headline
from kam.metrics.monthly import monthly
from kam.metrics.relationship import relationships
from kam.metrics.retention import retention
from kam.metrics.windows import MONTHS, as_of_month, checked_level, month_end, month_start, shift, window_start
from kam.plan.milestones import milestones
from kam.plan.objectives import objectives
from kam.schema import TABLES
from kam.segment.criteria import criteria, criterion_parts
from kam.segment.kept import Kept
from kam.segment.key_accounts import Standing, key_accounts, rank_acceptability, standing, with_rungs
from kam.segment.moves import moves
from kam.segment.policy import Asked, Otherwise, book_policy, changed
from kam.segment.worth import levers, rating_worth

P = ParamSpec("P")
# Today and a year ago: what the questions on one page share. At 5,000 accounts a standing holds 100 MB.
_RESULTS_KEPT = 2
_DIMENSIONS = ("manager", "region", "industry")

_BOOK = "select name, currency, first_day, last_day from book"
_INTAKE = """
select "table", file, rows_read::bigint as rows_read, rows_accepted::bigint as rows_accepted,
    rows_refused::bigint as rows_refused
from intake_tables
"""
_REFUSED = """
select "table", file, line, "column", value, reason from intake_refused
where $table is null or "table" = $table order by "table", file, line
"""
_SCOPE = """
select accounts.account_id
from accounts left join managers using (manager_id)
where ($manager is null or coalesce(managers.name, accounts.manager_id) in (select unnest($manager)))
    and ($region is null or accounts.region in (select unnest($region)))
    and ($industry is null or industry in (select unnest($industry)))
"""
_CHOICES = """
select distinct coalesce(managers.name, accounts.manager_id) as manager, accounts.region, industry
from accounts left join managers using (manager_id)
where account_id in (select account_id from sales_month)
"""


_MEMBERS = """
select account_id from accounts where case when $level = 'parent' then root_id else account_id end = $id
"""
_FAMILY = """
select account_id, name, case when account_id in (select parent_id from accounts where account_id = $id)
    then 'parent' else 'subsidiary' end as relation
from accounts
where account_id <> $id and (parent_id = $id or account_id in (select parent_id from accounts where account_id = $id))
order by relation, name
"""


class Book:
    """A book of business, opened; `kam.open_book` makes one.

    Every question returns a new pandas frame: ids are text, money and ratios float64, unknown is NaN. A book can be
    asked from many threads at once: each question has a cursor of its own.
    """

    def __init__(
        self,
        loaded: Loaded,
        connection: duckdb.DuckDBPyConnection,
        *,
        as_of: dt.date | None = None,
        scope: list[str] | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._loaded = loaded
        self._connection = connection
        self._scope = scope
        with closing(connection.cursor()) as cursor:
            name, currency, first, last = cursor.execute(_BOOK).fetchall()[0]
        self.name: str = name
        self.currency: str | None = currency
        self.first_day: dt.date = first
        self.last_day: dt.date = last
        self.today: dt.date = loaded.settings.today or last
        self.as_of: dt.date = _as_of(as_of or loaded.settings.as_of, first, last)
        self.data_version: str = loaded.version
        self._likelihoods = with_policy(loaded.settings.policy.get("ladder", {}))
        self._policy = book_policy(loaded.settings.policy.get("key_accounts", {}))
        self._kept = kept or Kept(_RESULTS_KEPT)

    @property
    def failure(self) -> LoadError | None:
        """Why the files as they are now could not be loaded, if this is an earlier good state of them."""
        return self._loaded.failure

    def view(
        self,
        *,
        as_of: dt.date | None = None,
        manager: Sequence[str] = (),
        region: Sequence[str] = (),
        industry: Sequence[str] = (),
    ) -> "Book":
        """Narrow the book to some accounts, or see it as of another month; costs next to nothing."""
        wanted = {"manager": list(manager), "region": list(region), "industry": list(industry)}
        scope = None
        if any(wanted.values()):
            with closing(self._connection.cursor()) as cursor:
                rows = cursor.execute(_SCOPE, {name: values or None for name, values in wanted.items()}).fetchall()
            scope = [account for (account,) in rows]
        return Book(self._loaded, self._connection, as_of=as_of or self.as_of, scope=scope, kept=self._kept)

    def choices(self) -> pd.DataFrame:
        """List the managers, regions and industries that the accounts with sales have: manager, region, industry."""
        with closing(self._connection.cursor()) as cursor:
            return cursor.execute(_CHOICES).df()

    def accounts(self, level: str = "account") -> pd.DataFrame:
        """Return every account's revenue, growth, margin, discount, share, Pareto class and steadiness."""
        return self._ask(accounts, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def monthly(self, level: str = "account") -> pd.DataFrame:
        """Return revenue, margin and quantity by account and month, up to the as-of month."""
        return self._ask(monthly, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def categories(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return what one account buys by category, now and a year ago."""
        return self._ask(categories, as_of=self.as_of, accounts=self._members(account_id, checked_level(level)))

    def family(self, account_id: str) -> pd.DataFrame:
        """Return the parent above an account and the subsidiaries under it: account_id, name, relation."""
        return self._read(_FAMILY, {"id": account_id})

    def concentration(self, level: str = "account") -> pd.DataFrame:
        """Return on how few accounts the revenue rests: one row."""
        return concentration(self.accounts(level))

    def retention(self, level: str = "account", by: str | None = None) -> pd.DataFrame:
        """Return NRR, GRR and logo retention of last year's accounts: one row, or one a manager, region or industry."""
        if by is not None and by not in _DIMENSIONS:
            raise QuestionError(f"Retention cannot be told by {by!r}; it can by {', '.join(_DIMENSIONS)}.")
        return retention(self.accounts(level), by=by)

    def headline(self, level: str = "account") -> pd.DataFrame:
        """Return revenue, growth, margin, retention and concentration over twelve months, month end by month end."""
        return self._ask(headline, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def changes(self, level: str = "account") -> pd.DataFrame:
        """Return who bought more or less than the year before, came or went: the biggest change first."""
        return changes(self.accounts(level))

    def dangers(self, level: str = "account") -> pd.DataFrame:
        """Return what is in danger, why, how much money it is about, and who acts."""
        parents = self.accounts("parent")
        return dangers(self.accounts(level), self.monthly(level), as_of=self.as_of, parents=parents,
                       ladder=self.ladder(level=level), currency=self.currency)  # fmt: skip

    def ladder(self, as_of: dt.date | None = None, level: str = "account") -> pd.DataFrame:
        """Return where each account places us on the ladder, how sure that is, and what its manager claims."""
        return self._ask(ladder, as_of=as_of or self.as_of, level=checked_level(level), accounts=self._scope,
                         likelihoods=self._likelihoods)  # fmt: skip

    def ladder_evidence(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return every signal of one account's rung: its level, weight, pull in log-odds, and where it was seen."""
        members = self._members(account_id, checked_level(level))
        return self._ask(evidence, as_of=self.as_of, level=level, accounts=members, likelihoods=self._likelihoods)

    def ladder_rows(self, account_id: str, signal: str, level: str = "account") -> pd.DataFrame:
        """Return the rows behind one signal of one account."""
        self._members(account_id, checked_level(level))
        return self._ask(source_rows, account_id, signal, as_of=self.as_of, level=level)

    def ladder_moves(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return how many accounts, with how much revenue, went from which rung to which between two days."""
        return flows(self.ladder_shifts(start, end, level))

    def ladder_shifts(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return each account's rung on two days, a year apart if not given; only a known rung can be moved from."""
        start = start or month_end(shift(end or self.as_of, -MONTHS))
        return ladder_moves(self.ladder(start, level), self.ladder(end, level))

    def climb(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what would lift P(next rung) most, signal by signal: of one account, or of all in view."""
        members = self._scope if account_id is None else self._members(account_id, checked_level(level))
        return self._ask(climb, as_of=self.as_of, level=checked_level(level), accounts=members,
                         likelihoods=self._likelihoods)  # fmt: skip

    def best_steps(self, level: str = "account") -> pd.DataFrame:
        """Return the step of each account that lifts P(next rung) most, by the revenue it would lift."""
        return best_steps(self.climb(level=level))

    def relationships(self, level: str = "account") -> pd.DataFrame:
        """Return how many people know us at each account, who is for and against us, and what hangs on one person."""
        return self._ask(relationships, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def key_accounts(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return which accounts are key and how sure that is, with the four criteria behind it."""
        return key_accounts(self._standing(self.as_of, **asked))

    def rank_acceptability(self, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return the share of draws in which one account has each rank: rank, share."""
        self._members(account_id, checked_level(asked.get("level", "account")))
        return rank_acceptability(self._standing(self.as_of, **asked), account_id)

    def criterion_parts(self, account_id: str, level: str = "account", half_life: float | None = None) -> pd.DataFrame:
        """Return one account's scores taken apart: which criterion, which part, which evidence, how old."""
        self._members(account_id, checked_level(level))
        months = changed(self._policy, half_life=half_life).half_life_months
        return self._ask(criterion_parts, account_id, as_of=self.as_of, level=level, half_life=months)

    def key_account_moves(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return who entered and who left the list of key accounts within a year, and why."""
        before = month_end(shift(self.as_of, -MONTHS))
        is_covered = month_start(self.first_day) <= window_start(before)
        return moves(self._standing(self.as_of, **asked), self._standing(before, **asked) if is_covered else None)

    def key_levers(self, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return how far each criterion of one account would have to move to make it key."""
        self._members(account_id, checked_level(asked.get("level", "account")))
        return levers(self._standing(self.as_of, **asked), account_id)

    def rating_worth(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return which missing or stale ratings would settle most."""
        return rating_worth(self._standing(self.as_of, **asked))

    def policy(self, level: str = "account") -> pd.DataFrame:
        """Return how this book weighs its accounts, and how many places its list has: one row."""
        return self._policy.frame(len(self._scored(self.as_of, level, self._policy.half_life_months)))

    def milestones(self) -> pd.DataFrame:
        """Return every plan's milestones with status, slip and owner, as of the book's today."""
        return self._ask(milestones, today=self.today, accounts=self._scope)

    def objectives(self) -> pd.DataFrame:
        """Return every plan's objectives, measured from sales and surveys where those can tell."""
        return self._ask(objectives, today=self.today, as_of=self.as_of, accounts=self._scope, ladder=self.ladder())

    def intake(self) -> pd.DataFrame:
        """Return what came in: a row a table of the book, with its file and how many rows were read and refused."""
        return self._read(_INTAKE)

    def refused(self, table: str | None = "sales") -> pd.DataFrame:
        """Return the refused rows of a table (None: of all) with file, line, column, value and reason."""
        if table is not None and table not in TABLES:
            raise QuestionError(f"A book has no table {table!r}. It can have: {', '.join(TABLES)}.")
        return self._read(_REFUSED, {"table": table})

    def columns(self) -> pd.DataFrame:
        """Return which column of which file was read as which column of the schema, and how that was decided."""
        return self._read("from intake_columns")

    def findings(self) -> pd.DataFrame:
        """Return what was taken in but should be known: repeated lines, unknown ids, absurd amounts."""
        return self._read("from intake_findings")

    def missing(self) -> pd.DataFrame:
        """Return the tables this book does not have, and what each would add."""
        present = set(self.intake()["table"])
        rows = [(table.name, table.row, table.adds) for table in TABLES.values() if table.name not in present]
        return pd.DataFrame(rows, columns=["table", "row", "adds"])

    def close(self) -> None:
        """Let go of the book's database."""
        self._connection.close()

    @property
    def view_key(self) -> tuple[object, ...]:
        """What answers depend on beside the question: the data, the policy, the month and the accounts in view."""
        scope = None if self._scope is None else hashlib.sha256("\n".join(self._scope).encode()).hexdigest()
        return (self.data_version, self.as_of, self.today, scope)

    def _ask(
        self,
        question: Callable[Concatenate[duckdb.DuckDBPyConnection, P], pd.DataFrame],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> pd.DataFrame:
        """Put a question to a cursor of its own: a connection shared between threads gives wrong numbers."""
        with closing(self._connection.cursor()) as cursor:
            return question(cursor, *args, **kwargs)

    def _standing(
        self,
        as_of: dt.date,
        *,
        draws: int = 10_000,
        seed: int = 0,
        level: str = "account",
        **otherwise: Unpack[Otherwise],
    ) -> Standing:
        """Rank the accounts as of a day under drawn weights and scores; the last answers are kept."""
        policy = changed(self._policy, **otherwise)
        scored = self._scored(as_of, level, policy.half_life_months)
        key = (self.view_key, as_of, level, policy, draws, seed)
        return self._kept.get("standing", key, lambda: standing(scored, policy=policy, draws=draws, seed=seed))

    def _scored(self, as_of: dt.date, level: str, half_life: float) -> pd.DataFrame:
        """Score the accounts as of a day, with the rung each is on."""

        def score() -> pd.DataFrame:
            found = self._ask(
                criteria, as_of=as_of, level=checked_level(level), accounts=self._scope, half_life=half_life
            )
            return with_rungs(found, self.ladder(as_of, level))

        return self._kept.get("scores", (self.view_key, as_of, level, half_life), score)

    def _read(self, query: str, values: dict[str, object] | None = None) -> pd.DataFrame:
        with closing(self._connection.cursor()) as cursor:
            return cursor.execute(query, values or {}).df()

    def _members(self, account_id: str, level: str) -> list[str]:
        """List the accounts that make up one unit of a level: itself, or a parent and its subsidiaries."""
        found = self._read(_MEMBERS, {"id": account_id, "level": level})["account_id"].tolist()
        if not found:
            raise QuestionError(f"There is no {level} {account_id!r} in this book.")
        return found


def _as_of(wanted: dt.date | None, first: dt.date, last: dt.date) -> dt.date:
    if wanted is None:
        return as_of_month(last)
    if not month_start(first) <= wanted <= month_end(last):
        raise QuestionError(f"The book holds sales from {first} to {last}; it cannot be seen as of {wanted}.")
    return month_end(wanted)


def open_book(
    folder: str | Path, as_of: dt.date | None = None, *, progress: Progress = lambda _step, _share: None
) -> Book:
    """Open a book folder: load its files, or what was kept of the last loading if nothing has changed.

    Parameters
    ----------
    folder
        A folder with at least a sales file; see the data dictionary for everything it may hold.
    as_of
        A day in the month the figures are to be seen as of; the last complete month if not given.
    progress
        Called with what is being done and how far it is (0 to 1).

    Raises
    ------
    BookError
        The folder is no book, or its `book.toml` is wrong.
    LoadError
        The files cannot be loaded, and no earlier good state of them is kept.
    """
    loaded = loaded_book(Path(folder), today=dt.datetime.now(tz=dt.UTC).date(), progress=progress)
    return Book(loaded, connect(loaded.path), as_of=as_of)
