"""The data dictionary: every table and column of a book as one Markdown page, written from the schema.

`python -m kam.dictionary > docs/data-dictionary.md` writes it anew.
"""

import sys
from collections.abc import Iterable

from kam.base.schema import RATING_ANCHORS, RATINGS, SALES, TABLES, Column, Kind, Table

TYPE_WORDS: dict[Kind, str] = {
    "id": "id",
    "text": "text",
    "date": "date",
    "money": "money",
    "number": "number",
    "factor": "number, all decimals",
    "whole": "whole number",
    "share": "share, 0–1",
    "flag": "yes or no",
    "choice": "one of a list",
}
LARGE = 1e9

_INTRODUCTION = """\
# Data dictionary

Every table and column that a book can hold, written from `kam/base/schema.py` by
`python -m kam.dictionary > docs/data-dictionary.md`. Only `sales` must be there; every other table adds what is
said under its name. A column marked *required* must be present and filled in every row of its table; rows that
break a rule are kept apart with the reason, the others go in.
"""
_HEAD = "| column | type | required | unit | allowed | refers to | meaning | also known as |"
_RULE = "|---|---|---|---|---|---|---|---|"


def data_dictionary() -> str:
    """Write the page: an introduction, an index, then one section a table with one row a column.

    Examples
    --------
    >>> data_dictionary().splitlines()[0]
    '# Data dictionary'
    """
    index = "\n".join(f"- [{table.name}](#{table.name}): {table.row}" for table in TABLES.values())
    sections = "\n".join(table_section(table) for table in TABLES.values())
    return f"{_INTRODUCTION}\n{index}\n\n{sections}"


def table_section(table: Table) -> str:
    """Write the section of one table.

    Examples
    --------
    >>> from kam.base.schema import READINGS
    >>> print(table_section(READINGS).splitlines()[0])
    ## readings
    """
    need = "Required." if table is SALES else "Optional."
    key = f" Key: `{table.key}`." if table.key else ""
    rows = "\n".join(column_row(column) for column in table)
    anchors = f"\n{rating_anchors()}" if table is RATINGS else ""
    head = f"## {table.name}\n\nA row is {table.row}. It adds {table.adds}. {need}{key}"
    return f"{head}\n\n{_HEAD}\n{_RULE}\n{rows}\n{anchors}"


def rating_anchors() -> str:
    """Write what each rating is, in the customer's behaviour.

    Examples
    --------
    >>> print(rating_anchors().splitlines()[0])
    What a score is, in the customer's behaviour; 2 and 4 lie between:
    """
    lines = [
        f"| {criterion} | {score} | {text} |"
        for criterion, anchors in RATING_ANCHORS.items()
        for score, text in anchors.items()
    ]
    head = "What a score is, in the customer's behaviour; 2 and 4 lie between:"
    return "\n".join([head, "", "| criterion | score | the customer |", "|---|--:|---|", *lines]) + "\n"


def column_row(column: Column) -> str:
    """Write the line of one column.

    Examples
    --------
    >>> from kam.base.schema import SURVEYS
    >>> column_row(SURVEYS["csat"])
    '| `csat` | whole number |  |  | 1 … 5 |  | satisfaction: 1 poor … 5 excellent |  |'
    """
    cells = (
        f"`{column.name}`",
        TYPE_WORDS[column.kind],
        "yes" if column.required else "",
        column.unit or "",
        _allowed(column),
        f"`{column.references}`" if column.references else "",
        column.meaning,
        ", ".join(column.synonyms),
    )
    return f"| {' | '.join(_escaped(cells))} |"


def _allowed(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    low, high = _bound(column.low), _bound(column.high)
    if low and high:
        return f"{low} … {high}"
    return f"from {low}" if low else f"to {high}" if high else ""


def _bound(value: float | None) -> str:
    if value is None:
        return ""
    size = f"{abs(value):.0e}".replace("e+0", "e").replace("e+", "e") if abs(value) >= LARGE else f"{abs(value):g}"
    return f"−{size}" if value < 0 else size


def _escaped(cells: Iterable[str]) -> list[str]:
    return [cell.replace("|", "\\|") for cell in cells]


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
