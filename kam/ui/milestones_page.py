"""The parts of the Milestones page: which are shown, and who has how much to do when."""

import pandas as pd
import streamlit as st

from kam.base.amounts import amount
from kam.base.numbers import MINUS, count, known
from kam.base.rules import SOON_DAYS
from kam.base.schema import OPEN
from kam.base.texts import _
from kam.book import Book
from kam.plan.figures_milestones import ORDER, load_figure
from kam.plan.words_columns import LOAD_COLUMNS
from kam.ui.answers import ask
from kam.ui.charts import chart, drawn
from kam.ui.tables import table

Choice = tuple[tuple[str, tuple[str, ...]], ...]
_CHOICES = {
    "account": (_("Account"), _("Every account")),
    "manager": (_("Manager"), _("Every manager")),
    "department": (_("Department"), _("Every department")),
    "status": (_("Status"), _("Every status")),
}


def in_words(objectives: pd.DataFrame) -> pd.DataFrame:
    """Write the amounts of objectives in their units, and keep the way within 0 and 100 %."""
    written = objectives.assign(progress=objectives["progress"].clip(0, 1))
    for name in ("baseline", "actual", "target", "forecast"):
        pairs = zip(objectives[name], objectives["unit"], strict=True)
        written[name] = pd.Series(
            [amount(value, unit) if known(value) else None for value, unit in pairs], objectives.index, dtype="str"
        )
    return written


def status_cards(milestones: pd.DataFrame, objectives: pd.DataFrame) -> None:
    """Count the milestones by status, and the objectives that are behind."""
    statuses = milestones["status"].value_counts()
    done = int(statuses.get("done", 0) + statuses.get("done late", 0))
    late = milestones.loc[milestones["status"].isin(OPEN), "slip_days"].dropna()
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric(_("Overdue"), count(statuses.get("overdue", 0)), help=_("Expected before today and not done"))
        st.metric(_("Due in {days} days").format(days=SOON_DAYS), count(statuses.get("due soon", 0)))
        st.metric(_("Planned later"), count(statuses.get("planned", 0)))
        st.metric(_("Done"), count(done), help=_("{late} of them late").format(late=int(statuses.get("done late", 0))))
        slip = (
            _("Open, and what must be done first is late. Median slip of all open ones: {days} days.")
            if len(late)
            else _("Open, and what must be done first is late. Median slip of all open ones: unknown.")
        )
        st.metric(
            _("At risk by another"),
            count(milestones["is_at_risk"].sum()),
            help=slip.format(days=f"{late.astype(float).median():.0f}".replace("-", MINUS)),
        )
        st.metric(
            _("Objectives red"),
            _("{red} of {objectives}").format(
                red=int((objectives["status"] == "red").sum()), objectives=len(objectives)
            ),
        )


def choose(milestones: pd.DataFrame) -> Choice:
    """Let the reader choose accounts, managers, departments and statuses, kept in the URL; nothing chosen is all."""
    chosen = {}
    columns = st.columns(len(_CHOICES))
    for (column, (label, every)), place in zip(_CHOICES.items(), columns, strict=True):
        options = sorted(milestones[column].dropna().unique())
        chosen[column] = place.multiselect(
            label, options, key=f"milestone_{column}", bind="query-params", placeholder=every
        )
    return tuple((column, tuple(values)) for column, values in chosen.items() if values)


def narrowed(milestones: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the milestones that fit a choice, the most pressing first.

    >>> milestones = pd.DataFrame(
    ...     {"status": ["done", "planned", "overdue"], "due_on": pd.to_datetime(["2026-01-01"] * 3)}
    ... )
    >>> narrowed(milestones, (("status", ("overdue", "planned")),))["status"].tolist()
    ['overdue', 'planned']
    """
    fits = pd.Series(data=True, index=milestones.index)
    for column, values in choice:
        fits &= milestones[column].isin(values)
    shown = milestones[fits]
    order = shown.assign(pressing=shown["status"].map(ORDER.index)).sort_values(["pressing", "due_on"], kind="stable")
    return order.drop(columns="pressing").reset_index(drop=True)


_BY = {"owner": _("Owner"), "department": _("Department")}


def save_as_calendar(book: Book, shown: pd.DataFrame) -> None:
    """Offer the open milestones as a file that calendars take in."""
    st.download_button(
        _("Calendar"),
        lambda: book.calendar(shown).encode("utf-8"),
        file_name="milestones.ics",
        mime="text/calendar",
        key="calendar",
        icon=":material/event:",
        type="tertiary",
        on_click="ignore",
        help=_("Open milestones as all-day events; taking a newer file in moves them"),
    )


def show_load(book: Book) -> None:
    """Show who has how much to do in which month, by owner or department."""
    by = st.segmented_control(
        _("By"),
        list(_BY),
        default="owner",
        required=True,
        key="load_by",
        bind="query-params",
        format_func=_BY.__getitem__,
        label_visibility="collapsed",
    )
    load = ask(book.milestone_load, by=by or "owner")
    chart(drawn(load_figure, load, by=by or "owner", today=book.today), key="load")
    table(load, LOAD_COLUMNS, key="load table", file="milestone load")
