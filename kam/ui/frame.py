"""What stands around every page: the book's name and state, the shared filters, and errors in plain words."""

from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kam.base.errors import KamError
from kam.base.texts import _
from kam.book import Book
from kam.data.words import touching
from kam.ui.filters import Filters, filters
from kam.ui.markdown import escape_markdown
from kam.ui.open_books import older_data, session_book, whole_book
from kam.ui.printing import SHEET, printing
from kam.ui.remembered import ask

_PAGES = {
    _("Customers"): [
        ("portfolio", _("Portfolio"), ":material/monitoring:"),
        ("key_accounts", _("Key accounts"), ":material/star:"),
        ("ladder", _("Ladder"), ":material/stairs:"),
        ("money", _("Money"), ":material/payments:"),
        ("what_if", _("What if"), ":material/tune:"),
    ],
    _("One customer"): [
        ("account", _("Account"), ":material/storefront:"),
        ("relationships", _("Relationships"), ":material/groups:"),
        ("opportunities", _("Opportunities"), ":material/lightbulb:"),
    ],
    _("Work"): [
        ("plans", _("Plans"), ":material/assignment:"),
        ("milestones", _("Milestones"), ":material/flag:"),
        ("risks", _("Risks"), ":material/warning:"),
        ("team", _("Team"), ":material/diversity_3:"),
    ],
    _("Book"): [("data", _("Data"), ":material/database:")],
}
_TITLES = {name: title for pages in _PAGES.values() for name, title, _icon in pages}
_OWN_TABLES = {
    "Relationships": ("contacts", "touches"),
    "Opportunities": ("opportunities",),
    "Plans": ("plans", "objectives", "strategies", "milestones", "readings"),
    "Milestones": ("plans", "milestones"),
    "Risks": ("risks",),
}
"""The tables a page shows beside those that all figures rest on."""
_PAGES_SEEN = "pages seen"  # in this run and the one before
_ICON = Path(__file__).parent / "assets" / "icon.png"
_routed: ContextVar[bool] = ContextVar("routed", default=False)
_chosen: ContextVar[Filters | None] = ContextVar("chosen", default=None)


def run() -> None:
    """Draw the navigation and run the chosen page; what goes wrong in a way we know is said in its words."""
    _configure()
    page = _navigation()
    _routed.set(True)
    st.session_state[_PAGES_SEEN] = (page.url_path, *st.session_state.get(_PAGES_SEEN, ())[:1])
    try:
        _chosen.set(filters(session_book()))  # here, not on a page: Streamlit forgets a page's widgets with the page
    except KamError:
        _chosen.set(None)  # the page says what is wrong with the book
    try:
        with st.container(width=SHEET if printing() else "stretch"):
            page.run()
    except KamError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
    finally:
        _routed.set(False)


def _configure() -> None:
    """Set title, icon and width; before the navigation, whose icons a browser would otherwise fetch from outside."""
    st.set_page_config(
        page_title=_("Key accounts"),
        page_icon=str(_ICON),
        layout="centered" if printing() else "wide",
        initial_sidebar_state="collapsed" if printing() else "auto",
    )


def _navigation() -> StreamlitPage:
    return st.navigation(
        {
            section: [
                st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "portfolio")
                for name, title, icon in pages
            ]
            for section, pages in _PAGES.items()
        },
        position="hidden" if printing() else "sidebar",
        expanded=True,
    )


def begin(title: str) -> None:
    """Begin a page with its title; one that was opened by its link is run anew with everything around it."""
    if not _routed.get():
        # Until st.navigation was called once, a server lists pages/ by itself and runs the page of a link bare.
        _configure()
        _navigation()
        st.rerun()
    st.title(title, anchor=False)


def start(title: str) -> tuple[Book, Filters]:
    """Begin a page of figures by its name: its title, then the book as the shared filters narrow it."""
    begin(_TITLES[title.lower().replace(" ", "_")])
    book = whole_book()
    chosen = _chosen.get() or filters(book)
    if book.failure is not None:
        older_data(book.failure)
        st.page_link("pages/data.py", label=_("Data page"), icon=":material/database:")
    elif said := touching(ask(book.findings), _OWN_TABLES.get(title, ())):
        st.page_link("pages/data.py", label=said, icon=":material/warning:")
    return chosen.apply(book), chosen


def discreet(book: Book) -> Book:
    """See a whole book as this session may: without the customers' people, where they are hidden."""
    chosen = _chosen.get()
    return book.view(hide_people=chosen is not None and chosen.hide_people)


def arrived() -> bool:
    """Say whether this run is the first one on its page since the reader was on another."""
    seen = st.session_state[_PAGES_SEEN]
    return len(set(seen)) == len(seen)


def theme() -> str:
    """Return "light" or "dark", as the reader sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def finding(sentence: str) -> None:
    """Show the page's finding, its first line, as plain text."""
    st.markdown(f"#### {escape_markdown(sentence)}")
