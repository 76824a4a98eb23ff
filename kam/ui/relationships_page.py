"""The people parts of the pages: the book's numbers, one account's people, and what to do where nothing is known."""

import pandas as pd
import streamlit as st

from kam.base.numbers import count, known, money, percent, signed_count, signed_percent, signed_points
from kam.base.schema import TABLES
from kam.base.texts import _
from kam.book import Book
from kam.people import words
from kam.people.figures import cells_figure, rhythm_figure
from kam.people.figures_one_account import reporting_figure, stakeholder_figure
from kam.people.words_columns import (
    DEPARTURE_COLUMNS,
    GAP_COLUMNS,
    RELATIONSHIP_COLUMNS,
    TOUCH_COLUMNS,
    stakeholder_columns,
)
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, drawn
from kam.ui.links import link_to_relationships
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from kam.ui.printing import side_by_side
from kam.ui.tables import rows_behind

HIDDEN = _(
    "Names, influence and attitude of single people are hidden in this view. Sums over them, "
    "such as net support and the money exposed, are shown where three people or more stand "
    "behind them."
)


def tables_of(book: Book) -> set[str]:
    """Name the tables this book has."""
    return set(TABLES) - set(ask(book.missing)["table"])


def network_cards(book: Book, network: pd.Series) -> None:
    """Draw the six numbers of the relationships of the whole book."""

    def change(name: str, written) -> str | None:  # noqa: ANN001 - one of the writers of kam.base.numbers
        then = network[f"prior_{name}"]
        return written(network[name] - then) if known(network[name]) and known(then) else None

    def term(name: str) -> str:
        return defined(book, name)

    cards(
        [
            Card(
                _("Coverage"),
                network["coverage"],
                percent,
                change("coverage", signed_points),
                good=True,
                explained=term("coverage"),
            ),
            Card(_("Net support"), network["net_support"], signed_percent, explained=term("net support")),
            Card(
                _("Money exposed"),
                network["exposure"],
                lambda value: money(value, book.currency),
                explained=term("anti-supporter exposure"),
            ),
            Card(
                _("On one person"),
                network["on_one_share"],
                percent,
                change("on_one_share", signed_points),
                good=False,
                explained=term("key-person risk"),
            ),
            Card(
                _("Value contacts"),
                network["value_contact_share"],
                percent,
                change("value_contact_share", signed_points),
                good=True,
                explained=term("value contact share"),
            ),
            Card(
                _("Alerts: who left"),
                network["departed"],
                count,
                change("departed", signed_count),
                good=False,
                explained=term("key-person risk"),
            ),
        ]
    )


def network_rows(book: Book) -> None:
    """Offer the rows behind the numbers of the whole book."""
    people = stakeholder_columns(hidden=book.hides_people)

    def on_one() -> pd.DataFrame:
        rows = ask(book.relationships)
        return rows[rows["hangs_on"].isin(("theirs", "both", "nobody"))]

    def gaps() -> pd.DataFrame:
        rows = ask(book.coverage)
        return rows[rows["state"] == "gap"]

    def against() -> pd.DataFrame:
        rows = ask(book.stakeholders)
        return rows[rows["exposed"] > 0].sort_values("exposed", ascending=False, kind="stable")

    behind = {
        _("Coverage gaps"): (gaps, GAP_COLUMNS),
        _("Net support"): (lambda: ask(book.stakeholders), people),
        **({} if book.hides_people else {_("Anti-supporters"): (against, people)}),
        _("On one person, or nobody met"): (on_one, RELATIONSHIP_COLUMNS),
        _("Contacts"): (lambda: ask(book.touches), TOUCH_COLUMNS),
        _("Who left"): (lambda: ask(book.departures), DEPARTURE_COLUMNS),
    }
    rows_behind(behind, key="people_rows", file="people", currency=book.currency)


def people_of(book: Book, account: str, *, whole: bool) -> None:
    """Show who is who at one account; on its own page the short form: who decides, which posts know us, who left."""
    row = row_of(ask(book.relationships), account)
    if not row["contacts"]:
        if "contacts" in tables_of(book):
            st.info(
                _("Nobody is known at {name}. Note who decides there: contacts.").format(
                    name=escape_markdown(row["name"])
                ),
                icon=":material/info:",
            )
        else:
            st.info(words.missing(tables_of(book)), icon=":material/info:")
        return
    st.markdown(escape_markdown(words.account_summary(row, book.currency)))
    _alerts(book, account)
    left, right = side_by_side()
    one = {"account_id": account}
    with left:
        if book.hides_people:
            st.info(HIDDEN, icon=":material/visibility_off:")
            _reporting(book, row)
        else:
            people = ask(book.stakeholders, account_id=account)
            chart(drawn(stakeholder_figure, people, book.currency), key="stakeholders")
    with right:
        chart(drawn(cells_figure, ask(book.coverage, account_id=account)), key="cells")
        if whole:
            chart(drawn(rhythm_figure, ask(book.contact_rhythm, account_id=account)), key="rhythm")
    if whole and not book.hides_people:
        _reporting(book, row)
    people = stakeholder_columns(hidden=book.hides_people)
    behind = {
        _("People"): (lambda: ask(book.stakeholders, **one), people),
        _("Posts"): (lambda: ask(book.coverage, **one), GAP_COLUMNS),
        _("Contacts"): (lambda: ask(book.touches, **one), TOUCH_COLUMNS),
    }
    if not whole:
        link_to_relationships(account)
    rows_behind(behind, key="account_people_rows", file=f"{account} people", currency=book.currency, opens=False)


def _reporting(book: Book, row: pd.Series) -> None:
    lines, ties = (ask(each, account_id=row["account_id"]) for each in (book.reporting_lines, book.ties))
    chart(drawn(reporting_figure, lines, ties, row), key="reporting")


def _alerts(book: Book, account: str) -> None:
    """Say who of influence has left, and who works against us with how much money."""
    gone = ask(book.departures, account_id=account)
    for _each, row in gone.iterrows():
        st.warning(escape_markdown(words.departure(row)), icon=":material/person_off:")
    people = ask(book.stakeholders, account_id=account)
    against = people[people["exposed"] > 0].sort_values("exposed", ascending=False, kind="stable")
    if len(against):
        told = "; ".join(words.exposure(row, book.currency) for _each, row in against.iterrows())
        st.markdown(_("**Against us:** {people}.").format(people=escape_markdown(told)))
