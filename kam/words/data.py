"""What the data of a book come to: how much came in, what was refused, what to know of and what is missing."""

import pandas as pd

from kam.words.numbers import counted, percent


def finding(intake: pd.DataFrame, accounts: int, findings: pd.DataFrame, missing: pd.DataFrame) -> str:
    """Say in one sentence how much came in, how much was refused, and how many tables are missing.

    Parameters
    ----------
    intake, findings, missing
        The frames of those names that a book answers with.
    accounts
        How many accounts the sales lines name.

    Returns
    -------
    str
        Plain text, such as "60,214 sales lines of 120 accounts came in, nothing was refused; 3 tables are missing."
    """
    lines = int(intake.loc[intake["table"] == "sales", "rows_accepted"].sum())
    said = f"{counted(lines, 'sales line')} of {counted(accounts, 'account')} came in, {refusal(intake)}"
    warnings = int((findings["severity"] == "warning").sum())
    parts = [said]
    if warnings:
        parts.append(f"{counted(warnings, 'warning')} {'is' if warnings == 1 else 'are'} worth a look")
    if len(missing):
        parts.append(f"{counted(len(missing), 'table')} {'is' if len(missing) == 1 else 'are'} missing")
    return "; ".join(parts) + "."


def refusal(intake: pd.DataFrame) -> str:
    """Say how many rows of all tables were refused, and what share that is of those read.

    >>> refusal(pd.DataFrame({"rows_read": [200, 1], "rows_refused": [3, 0]}))
    '3 of 201 rows were refused (1.5 %)'
    """
    refused, read = int(intake["rows_refused"].sum()), int(intake["rows_read"].sum())
    if not refused:
        return "nothing was refused"
    share = refused / read
    smallest = 0.0005  # half of the last digit a percentage shows
    written = percent(share) if share >= smallest else "under 0.1 %"
    return f"{refused:,} of {counted(read, 'row')} {'was' if refused == 1 else 'were'} refused ({written})"


def read_as(how: str, source: str, written: str) -> str:
    """Say how a column was found in its file, and how it writes its values.

    >>> read_as("guessed", "InvoiceDate", "d-m-y"), read_as("same name", "name", "")
    ('guessed from its name; dates written d-m-y', 'the same name')
    >>> read_as("declared", "Betrag", "decimal ,")
    'declared in book.toml; decimal mark ,'
    """
    decided = {"declared": "declared in book.toml", "same name": "the same name", "guessed": "guessed from its name"}
    said = decided.get(how, how)
    if written.startswith("decimal "):
        return f"{said}; decimal mark {written.removeprefix('decimal ')}"
    if written == "serial":
        return f"{said}; days counted from 1899-12-30, as spreadsheets do"
    if written == "counted" or not source:
        return f"{said}; the row's number"
    return f"{said}; dates written {written}" if written else said


def checked(failure: str | None, intake: pd.DataFrame) -> str:
    """Say what a check of files found.

    >>> checked(None, pd.DataFrame({"rows_read": [12], "rows_refused": [0]}))
    'These files can be opened: 12 rows were read, nothing was refused.'
    """
    if failure is not None:
        return f"These files cannot be opened as they are. {failure}"
    rows = int(intake["rows_read"].sum())
    return (
        f"These files can be opened: {counted(rows, 'row')} {'was' if rows == 1 else 'were'} read, {refusal(intake)}."
    )


def known_of(table: str, check: str, count: int, example: str) -> str:
    """Say one finding of intake.

    >>> known_of("sales", "absurd amounts", 4, "168,470: 16446 on 2011-12-09")
    'Absurd amounts in sales: 4, for example 168,470: 16446 on 2011-12-09'
    >>> known_of("sales", "lines without cost", 0, "86.1% of revenue has one")
    'Lines without cost in sales: 86.1% of revenue has one'
    """
    title = f"{check[0].upper()}{check[1:]} in {table}"
    if not count:
        return f"{title}: {example}"
    return f"{title}: {count:,}" + (f", for example {example}" if example else "")
