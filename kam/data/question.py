"""What came into a book from its files, what was refused, and what is missing."""

import pandas as pd

from kam.base.errors import QuestionError
from kam.base.schema import TABLES
from kam.view import View, question

_INTAKE = """
select "table", file, rows_read::bigint as rows_read, rows_accepted::bigint as rows_accepted,
    rows_refused::bigint as rows_refused, rows_left_out::bigint as rows_left_out
from intake_tables
"""
_REFUSED = """
select "table", file, line, "column", value, reason from intake_refused
where $table is null or "table" = $table order by "table", file, line
"""


@question
def intake(view: View) -> pd.DataFrame:
    """Return what came in: a row a table, with its file and how many rows were read, refused and left out."""
    return view.read(_INTAKE)


@question
def refused(view: View, table: str | None = "sales") -> pd.DataFrame:
    """Return the refused rows of a table (None: of all) with file, line, column, value and reason."""
    if table is not None and table not in TABLES:
        raise QuestionError(f"A book has no table {table!r}. It can have: {', '.join(TABLES)}.")
    return view.read(_REFUSED, table=table)


@question
def reasons(view: View) -> pd.DataFrame:
    """Return how many rows of which table were refused for which reason, most first."""
    return view.read("from intake_reasons")


@question
def columns(view: View) -> pd.DataFrame:
    """Return which column of which file was read as which column of the schema, and how that was decided."""
    return view.read("from intake_columns")


@question
def findings(view: View) -> pd.DataFrame:
    """Return what was taken in but should be known: repeated lines, unknown ids, absurd amounts."""
    return view.read("from intake_findings")


@question
def missing(view: View) -> pd.DataFrame:
    """Return the tables this book does not have, and what each would add."""
    present = set(intake(view)["table"])
    rows = [(table.name, table.row, table.adds) for table in TABLES.values() if table.name not in present]
    return pd.DataFrame(rows, columns=["table", "row", "adds"])
