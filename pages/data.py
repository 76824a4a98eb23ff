"""Data: which book is open, what came in and what was refused, what is missing, and how to open another."""

import streamlit as st

from kam.ui.answers import ask
from kam.ui.book_files import (
    ANOTHER,
    NEW,
    TABS,
    THIS,
    accounts_with_sales,
    book_cards,
    book_facts,
    book_or_error,
    failed_load,
    open_another,
    unfinished,
)
from kam.ui.confirm import confirm
from kam.ui.file_changes import file_changes
from kam.ui.frame import begin, finding
from kam.ui.history import history
from kam.ui.intake_report import came_in, missing_tables, refused_by_reason, refused_rows, worth_knowing
from kam.ui.sales_facts import sales_facts
from kam.ui.upload import hand_over
from kam.words import data as words

begin("Data")
book = book_or_error()
if book is not None:
    intake, findings, missing = ask(book, "intake"), ask(book, "findings"), ask(book, "missing")
    accounts = accounts_with_sales(book)
    finding(words.finding(intake, accounts, findings, missing))
    book_cards(intake, accounts)
    book_facts(book)
    sales_facts(book)
    failed_load(book)

this, another, new = st.tabs([THIS, ANOTHER, NEW], key=TABS, on_change="rerun")
if this.open and book is not None:
    with this:
        st.subheader("What came in", anchor=False)
        came_in(intake, ask(book, "columns"), key="book")
        st.subheader("What was refused", anchor=False)
        refused = ask(book, "refused", table=None)
        refused_rows(refused, refused_by_reason(refused), int(intake["rows_refused"].sum()), key="book")
        st.subheader("What to know of", anchor=False)
        worth_knowing(findings, key="book")
        st.subheader("What is missing", anchor=False)
        missing_tables(missing)
        file_changes(book)
        st.subheader("What was changed in the app", anchor=False)
        history(book)
if another.open:
    with another:
        unfinished()
        open_another()
if new.open:
    with new:
        unfinished()
        own = hand_over()
        if own.files:
            confirm(own)
