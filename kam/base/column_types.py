"""The pandas types of an answer's columns, the same whether it holds no row, only unknowns or everything."""

import pandas as pd

from kam.base.schema import Table

_TYPES = {"varchar": "str", "date": "datetime64[us]", "bigint": "Int64", "double": "float64", "boolean": "boolean"}


def typed(frame: pd.DataFrame, table: Table, more: dict[str, str] | None = None) -> pd.DataFrame:
    """Give the columns of a table their pandas types, and the further columns theirs.

    DuckDB hands over a text column without a single value as objects, and a whole number as `int64` or `Int64`
    by whether one is missing; who compares or joins such frames should not have to know.

    Parameters
    ----------
    frame
        Rows with (at least) the columns of `table`.
    table
        The table of the schema whose columns the frame holds; decimals become float64.
    more
        Types of further columns.

    Returns
    -------
    DataFrame
        A new frame, same rows and columns.

    Examples
    --------
    >>> from kam.base.schema import READINGS
    >>> row = {"reading_id": [None], "objective_id": ["O1"], "read_on": [None], "value": [1], "note": [None]}
    >>> list(map(str, typed(pd.DataFrame(row), READINGS).dtypes))
    ['str', 'str', 'datetime64[us]', 'float64', 'str']
    """
    types = {column.name: _TYPES.get(column.duckdb_type, "float64") for column in table}
    return frame.astype(types | (more or {}))
