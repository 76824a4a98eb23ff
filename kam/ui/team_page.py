"""The parts of the Team page."""

import pandas as pd
import streamlit as st

from kam.base.numbers import count, money, percent, window
from kam.base.terms import NOBODY
from kam.base.texts import _
from kam.book import Book
from kam.team import words
from kam.team.figures import carried_figure, measure_figure, skills_figure
from kam.team.words_columns import DEPARTMENT_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, chart_of_accounts, drawn
from kam.ui.links import go_to_manager
from kam.ui.markdown import escape_markdown
from kam.ui.tables import table


def named(team: pd.DataFrame) -> pd.DataFrame:
    """Leave out the accounts that name no manager."""
    return team[team["manager"] != NOBODY]


def headline(book: Book, team: pd.DataFrame) -> None:
    """Draw how many there are, how much they carry, and what is not looked after."""
    ours = named(team)

    def amount(value: object) -> str:
        return money(value, book.currency)

    silent = team["silent_revenue"].sum(min_count=1)
    cards(
        [
            Card(_("Managers"), len(ours), count),
            Card(_("Accounts each"), ours["accounts"].median(), count, explained=_("Median of the active accounts")),
            Card(_("Largest share"), ours["share"].max(), percent, explained=_("Of revenue, with one manager")),
            Card(_("Not in touch"), silent, amount, explained=defined(book, "not in touch")),
            Card(_("Milestones overdue"), team["overdue_milestones"].sum(min_count=1), count),
            Card(_("Problems past target"), team["overdue_problems"].sum(min_count=1), count),
        ]
    )


def compared(measures: pd.DataFrame) -> None:
    """Show one measure of each manager, as chosen."""
    told = [name for name in words.MEASURES if (measures["measure"] == name).any()]
    if not told:
        st.info(_("Nothing tells how the accounts of the managers do: that takes two years of sales, costs, or plans."))
        return
    chosen = st.segmented_control(
        _("Measure"),
        told,
        default=told[0],
        required=True,
        format_func=words.MEASURES.__getitem__,
        key="team_measure",
        bind="query-params",
        label_visibility="collapsed",
    )
    rows = measures[measures["measure"] == (chosen or told[0])].reset_index(drop=True)
    chart_of_accounts(drawn(measure_figure, rows), key="team chart", go=open_portfolio)


def carried_and_skilled(book: Book) -> None:
    """Show how much each carries, beside how each is skilled."""
    left, right = st.columns(2, gap="large")
    with left:
        carried = drawn(carried_figure, ask(book.team), book.currency, window=window(book.as_of))
        chart_of_accounts(carried, key="carried", go=open_portfolio)
    with right:
        skills = ask(book.skills)
        if skills[list(words.SKILLS)].notna().any(axis=None):
            chart(drawn(skills_figure, skills), key="skills")
        else:
            st.info(
                _(
                    "Nobody's skills are rated. The managers table takes a rating from 1 to 5 for each of "
                    "the seven skills of a key account manager; the Data page names the columns."
                ),
                icon=":material/star_half:",
            )


def owed(book: Book) -> None:
    """List what each department owes the customers."""
    found = ask(book.departments)
    st.caption(escape_markdown(words.departments_title(found)))
    if not found.empty:
        table(found, DEPARTMENT_COLUMNS, key="departments", file="departments")


def open_portfolio(manager: str) -> None:
    """Open the portfolio of a manager's accounts; nobody has none."""
    if manager != NOBODY:
        go_to_manager(manager)
