"""Reading a book of the tests: its accounts on some days, and what is said of them."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from kam.ladder.gather import Listed, hear, listed


def read(
    book: duckdb.DuckDBPyConnection, *days: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> Listed:
    """Hear what is known of the whole book on these days, and list the accounts, all or only some."""
    return listed(book, hear(book, days=days, level=level, told=True), accounts=accounts)
