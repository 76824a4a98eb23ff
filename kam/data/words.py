"""What the data of a book come to: how much came in, what was refused, what to know of and what is missing."""

from collections.abc import Sequence

import pandas as pd

from kam.base.numbers import count, percent
from kam.base.texts import _, joined, ngettext, sentence
from kam.data.words_reading import exactly, still_open


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
    of_accounts = ngettext("{accounts} account", "{accounts} accounts", accounts).format(accounts=count(accounts))
    said = ngettext(
        "{lines} sales line of {accounts} came in, {refusal}",
        "{lines} sales lines of {accounts} came in, {refusal}",
        lines,
    ).format(lines=count(lines), accounts=of_accounts, refusal=refusal(intake))
    warnings = int((findings["severity"] == "warning").sum())
    look = ngettext("{warnings} warning is worth a look", "{warnings} warnings are worth a look", warnings)
    absent = ngettext("{tables} table is missing", "{tables} tables are missing", len(missing))
    return sentence(
        said,
        look.format(warnings=count(warnings)) if warnings else "",
        absent.format(tables=count(len(missing))) if len(missing) else "",
    )


def refusal(intake: pd.DataFrame) -> str:
    """Say how many rows of all tables were refused, and what share that is of those read.

    >>> refusal(pd.DataFrame({"rows_read": [200, 1], "rows_refused": [3, 0]}))
    '3 of 201 rows were refused (1.5 %)'
    """
    refused, read = int(intake["rows_refused"].sum()), int(intake["rows_read"].sum())
    if not refused:
        return _("nothing was refused")
    share = refused / read
    smallest = 0.0005  # half of the last digit a percentage shows
    rows = ngettext("{rows} row", "{rows} rows", read).format(rows=count(read))
    return ngettext(
        "{refused} of {rows} was refused ({share})", "{refused} of {rows} were refused ({share})", refused
    ).format(refused=count(refused), rows=rows, share=percent(share) if share >= smallest else _("under 0.1 %"))


def read_as(how: str, source: str, written: str, why: str = "") -> str:
    """Say how a column was found in its file, what in its values spoke for it, and how it writes them.

    >>> read_as("guessed", "InvoiceDate", "d-m-y"), read_as("same name", "name", "")
    ('guessed from its name; dates written d-m-y', 'the same name')
    >>> read_as("declared", "Betrag", "decimal ,")
    'declared in book.toml; decimal mark ,'
    >>> read_as("declared", "Betrag", "", "declared in book.toml")
    'declared in book.toml'
    >>> read_as("worked out", "quantity × Price", "decimal .", "no amount of the line is given")
    'worked out: no amount of the line is given; decimal mark .'
    >>> read_as("guessed", "Betrag", "decimal ,", "its name and values say so")
    'its name and values say so; decimal mark ,'
    """
    decided = {
        "declared": _("declared in book.toml"),
        "same name": _("the same name"),
        "guessed": _("guessed from its name"),
        "recipe": _("known of this system's files"),
    }
    said = decided.get(how, how)
    if why and why != said:
        said = _("{decided}: {why}").format(decided=said, why=why)
    if how == "guessed" and why.startswith("its name"):
        said = why
    if written.startswith("decimal "):
        return joined(said, _("decimal mark {mark}").format(mark=written.removeprefix("decimal ")))
    if written == "serial":
        return joined(said, _("days counted from 1899-12-30, as spreadsheets do"))
    if written == "counted" or not source:
        return joined(said, _("the row's number"))
    return joined(said, _("dates written {form}").format(form=written) if written else "")


def older(failure: str, questions: int) -> str:
    """Say that the figures shown are of an earlier state of the files, and why.

    >>> older("sales.csv is empty. Nothing was changed.", 0)
    'These are older data. The files have changed and cannot be read: sales.csv is empty. Nothing was changed.'
    """
    if questions:
        return _("These are older data. The files have changed. {what_is_open}").format(
            what_is_open=still_open(questions)
        )
    return _("These are older data. The files have changed and cannot be read: {failure}").format(failure=failure)


def not_read(failure: str) -> str:
    """Say that files cannot be read as they are, and why.

    >>> not_read("sales.csv is empty. Nothing was changed.")
    'These files cannot be opened as they are read now. sales.csv is empty. Nothing was changed.'
    """
    return _("These files cannot be opened as they are read now. {failure}").format(failure=failure)


def touching(findings: pd.DataFrame, tables: Sequence[str] = ()) -> str:
    """Say on a page of figures how many warnings are about the data they rest on; "" where there is none.

    `tables` are those the page shows beside the sales and what hangs on them.

    >>> findings = pd.DataFrame({"table": ["sales", "sales", "plans"], "severity": ["warning", "note", "warning"]})
    >>> touching(findings), touching(findings, ["plans"])
    ('1 warning about the data touches these figures', '2 warnings about the data touch these figures')
    """
    under = {"sales", "accounts", "products", "managers", "rates", *tables}
    number = int((findings["severity"].eq("warning") & findings["table"].isin(under)).sum())
    if not number:
        return ""
    return ngettext(
        "{warnings} warning about the data touches these figures",
        "{warnings} warnings about the data touch these figures",
        number,
    ).format(warnings=count(number))


def known_of(
    table: str, check: str, count: int, example: str, money: float | None = None, currency: str | None = None
) -> str:
    """Say one finding of intake, with the money that hangs on it.

    >>> known_of("sales", "absurd amounts", 4, "168,470: 16446 on 2011-12-09", 168470.0, "GBP")
    'Absurd amounts in sales: 4, for example 168,470: 16446 on 2011-12-09; GBP 168,470.00 hang on it'
    >>> known_of("sales", "lines without cost", 0, "86.1% of revenue has one")
    'Lines without cost in sales: 86.1% of revenue has one'
    """
    if not count:
        told = _("{check} in {table}: {example}")
    elif example:
        told = _("{check} in {table}: {count:,}, for example {example}")
    else:
        told = _("{check} in {table}: {count:,}")
    return joined(
        told.format(check=f"{check[:1].upper()}{check[1:]}", table=table, count=count, example=example),
        "" if money is None or pd.isna(money) else _("{amount} hang on it").format(amount=exactly(money, currency)),
    )
