"""The filters all pages share: as-of month, manager, region, industry, level; all in the URL."""

import datetime as dt
from dataclasses import dataclass

import streamlit as st

from kam.base.numbers import month
from kam.base.periods import month_ends, months_between
from kam.base.schema import LEVELS
from kam.base.terms import DIMENSIONS
from kam.base.texts import _
from kam.book import Book
from kam.ui.remembered import ask

_NEXT_MANAGER = "next manager"
_LEVEL_NAMES = {"account": _("Accounts"), "parent": _("Parents")}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader has chosen."""

    as_of: dt.date
    level: str
    manager: tuple[str, ...]
    region: tuple[str, ...]
    industry: tuple[str, ...]
    hide_people: bool = False

    def apply(self, book: Book) -> Book:
        """Narrow the book to what was chosen."""
        return book.view(
            as_of=self.as_of,
            level=self.level,
            manager=self.manager,
            region=self.region,
            industry=self.industry,
            hide_people=self.hide_people,
        )


def as_of_choices(book: Book) -> list[dt.date]:
    """List the month ends a book can be seen as of, the newest first."""
    count = min(months_between(book.first_day, book.as_of) + 1, 60)
    return list(reversed(month_ends(book.as_of, count)))


def narrow_to_manager(name: str) -> None:
    """Choose one manager from the next run on: in this one the filter is drawn and cannot be changed."""
    st.session_state[_NEXT_MANAGER] = name


def filters(book: Book) -> Filters:
    """Draw the shared filters in the sidebar and return what is chosen."""
    choices = ask(book.choices)
    if name := st.session_state.pop(_NEXT_MANAGER, None):
        st.session_state["manager"] = [name]
    with st.sidebar:
        months = {day.strftime("%Y-%m"): day for day in as_of_choices(book)}
        as_of = st.selectbox(
            _("As of"),
            list(months),
            format_func=lambda key: month(months[key]),
            key="as_of",
            bind="query-params",
            help=_("Figures are for the twelve months ending here."),
        )
        level = st.segmented_control(
            _("Level"),
            LEVELS,
            default="account",
            required=True,
            format_func=_LEVEL_NAMES.__getitem__,
            key="level",
            bind="query-params",
            width="stretch",
            help=_("Parents roll up their subsidiaries."),
        )
        chosen = {name: tuple(_several(name, sorted(choices[name].dropna().unique()))) for name in DIMENSIONS}
        hidden = _hidden(book)
    return Filters(months.get(str(as_of), book.as_of), level or "account", hide_people=hidden, **chosen)


def _hidden(book: Book) -> bool:
    """Let the reader hide the customers' people, as in a meeting; where the book hides them nobody shows them."""
    if book.hides_people:
        st.caption(_("Names and attitudes of the customers' people are hidden in this book."))
        return True
    if "contacts" in set(ask(book.missing)["table"]):
        return False
    return st.toggle(
        _("Hide people"),
        key="hide_people",
        bind="query-params",
        help=_(
            "Shows the customers' people by initials and position alone, and not how they stand to "
            "us: on every page and in every CSV. hide_people = true in book.toml does so for good."
        ),
    )


_NAMES = {"manager": _("Manager"), "region": _("Region"), "industry": _("Industry")}


def _several(name: str, options: list[str]) -> list[str]:
    if not options:
        return []
    return st.multiselect(_NAMES[name], options, key=name, bind="query-params", placeholder=_("All"))
