"""Reading a book of the tests: its accounts on some days, and what is said of them."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from kam.ladder.gather import Listed, hear, listed
from tests.relations import seen


def read(
    book: duckdb.DuckDBPyConnection, *days: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> Listed:
    """Hear what is known of the whole book on these days, and list the accounts, all or only some."""
    seen(book, level=level, only=accounts)
    return listed(book, hear(book, days=days, told=True))
