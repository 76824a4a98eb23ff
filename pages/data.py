"""Data: which book is open, what came in and what was refused, what is missing, and how to open another."""

import streamlit as st

from kam.base.texts import _
from kam.data import words
from kam.ui.answers_given import answers_given
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
    greet_opened,
    open_another,
    unfinished,
)
from kam.ui.columns_read import change_columns, columns_read
from kam.ui.file_changes import file_changes
from kam.ui.frame import begin, discreet, finding
from kam.ui.history import history
from kam.ui.how_it_is_read import first_values
from kam.ui.intake_report import beside_columns, came_in, left_out, missing_tables, refused_rows, worth_knowing
from kam.ui.new_book_form import new_book
from kam.ui.notes import folder_notes
from kam.ui.open_books import folder
from kam.ui.remembered import ask
from kam.ui.sales_facts import sales_facts
from kam.ui.upload import hand_over

begin(_("Data"))
greet_opened()
head = st.container()
this, another, new = st.tabs([THIS, ANOTHER, NEW], key=TABS, on_change="rerun")
with this:
    book = book_or_error()
if book is not None:
    book = discreet(book)
    intake, findings, missing = ask(book.intake), ask(book.findings), ask(book.missing)
    accounts = accounts_with_sales(book)
    with head:
        finding(words.finding(intake, accounts, findings, missing))
        book_cards(intake, accounts)
        book_facts(book)
        sales_facts(book)
        failed_load(book)
if this.open and book is not None:
    notes = folder_notes(folder())
    tables, samples = first_values(folder(), hides_people=book.hides_people)
    columns = ask(book.columns)
    with this:
        st.subheader(_("What came in"), anchor=False)
        came_in(intake, columns, notes, key="book")
        st.subheader(_("How it is read"), anchor=False)
        columns_read(columns, samples, notes, key="book")
        beside_columns(findings, notes)
        if book.failure is None:  # else the files that changed are read above, and what is said is about them
            change_columns(tables, columns, samples, notes, key="book")
            answers_given(notes, key="book")
        st.subheader(_("What was left out"), anchor=False)
        left_out(findings, notes, names=list(samples.get("sales", {})), key="book", currency=book.currency)
        st.subheader(_("What was refused"), anchor=False)
        refused = ask(book.refused, table=None)
        total = int(intake["rows_refused"].sum())
        refused_rows(refused, ask(book.reasons), total, notes, key="book")
        st.subheader(_("What to know of"), anchor=False)
        worth_knowing(findings, notes, key="book", currency=book.currency)
        st.subheader(_("What is missing"), anchor=False)
        missing_tables(missing)
        file_changes(book)
        st.subheader(_("What was changed in the app"), anchor=False)
        history(book)
if another.open:
    with another:
        unfinished()
        open_another()
if new.open:
    with new:
        unfinished()
        st.subheader(_("1. Your files"), anchor=False)
        own = hand_over()
        if own.files:
            new_book(own)
