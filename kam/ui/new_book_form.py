"""A new book from files, after they were handed over: how they are read, what it comes to, its name, and open."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from kam.base.errors import KamError
from kam.base.texts import _
from kam.data import words_reading as words
from kam.intake.answers import given
from kam.intake.new_book import Checked, Join, NewBook, check_new_book, write_book
from kam.intake.proposal import Proposal, Source
from kam.ui.bar import progress_bar
from kam.ui.book_files import book_home, opened
from kam.ui.columns_read import Samples
from kam.ui.handed_over import ASIDE, Upload, clear_upload
from kam.ui.how_it_is_read import Read, how_it_is_read
from kam.ui.markdown import escape_markdown
from kam.ui.open_books import open_folder

_CURRENCY = "new currency"


def new_book(own: Upload) -> None:
    """Read the files at once, ask what is open, and offer to open them as a book."""
    if own.join is None and (offer := own.offered()) is not None:
        _offer_join(own, offer)
        return
    tables = {**dict.fromkeys(own.join.proposal.queries() if own.join else ()), **own.tables()}
    if "sales" not in tables:
        st.info(_("One of the files must hold the sales. Say above which one."), icon=":material/info:")
        return
    currency = (st.session_state.get(_CURRENCY) or "").strip().upper() or None
    book = NewBook(_("The new book"), currency, own.drafts(), own.join, tuple(given(own.text)))
    found = _read(own, book)
    st.subheader(_("2. This is how they are read"), anchor=False)
    known = found.facts.currency if found.facts is not None else currency
    read = Read(found.report, found.failure, list(tables), _samples(own), known)
    how_it_is_read(read, own.notes(), key="check")
    if found.failure is None:
        st.subheader("3. Open", anchor=False)
        _open(own, book, found)


def _read(own: Upload, book: NewBook) -> Checked:
    """Read the files as opening the book would; what was read of the same files in the same way is remembered."""
    if own.read is None or own.read[0] != book:
        today = dt.datetime.now().astimezone().date()
        with progress_bar(_("Reading the files")) as progress:
            own.read = book, check_new_book(book, today=today, progress=progress)
    return own.read[1]


def _offer_join(own: Upload, offer: Proposal) -> None:
    """Offer to take files of orders and of their lines as one table of sales; nothing is read before."""
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(words.belong_together(offer.lines.label, offer.orders.label))}**")
        st.caption(escape_markdown(offer.why))
        with st.container(horizontal=True):
            st.button(_("Join them"), icon=":material/join_inner:", type="primary", on_click=_join, args=(own, offer))
            st.button(_("They are separate"), type="tertiary", on_click=_keep_apart, args=(own,))


def _join(own: Upload, offer: Proposal) -> None:
    named = own.by_name()
    own.join = Join(offer, {name: named[name].path for name in offer.files})
    for name, file in named.items():
        if name not in offer.files and st.session_state.get(file.table_key) in offer.queries():
            st.session_state[file.table_key] = ASIDE  # the joined files are that table


def _keep_apart(own: Upload) -> None:
    own.apart = True


def _samples(own: Upload) -> Samples:
    samples: dict[str, dict[str, tuple[str, ...]]] = {}
    if own.join is not None:
        samples |= _of_join(own.join.proposal, {name: file.peek.samples for name, file in own.by_name().items()})
    for name, files in own.tables().items():
        for file in files:
            samples[name] = {**file.peek.samples, **samples.get(name, {})}
    return samples


def _of_join(made: Proposal, seen: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Say which first values the columns have that a join gives its tables, by the names it gives them."""

    def of(source: Source | None, renamed: dict[str | None, str]) -> dict[str, tuple[str, ...]]:
        names = source.names[:1] if source is not None else ()
        return {renamed.get(column, column): values for name in names for column, values in seen[name].items()}

    found = {
        "sales": of(
            made.orders, {made.by_order.target: "order_id", made.date: "order_date", made.account: "account_id"}
        )
        | of(made.lines, {made.by_order.source: "order_id", made.product: "product_id"})
    }
    if made.by_account is not None:
        found["accounts"] = of(made.accounts, {made.by_account.target: "account_id"})
    if made.by_product is not None:
        found["products"] = of(made.products, {made.by_product.target: "product_id"})
    return found


def _open(own: Upload, book: NewBook, found: Checked) -> None:
    if found.facts is not None:
        facts = found.facts
        said = words.amounts_to(facts.revenue, facts.currency, facts.accounts, facts.first_day, facts.last_day)
        st.markdown(f"**{escape_markdown(said)}**")
    told = found.facts.currency if found.facts is not None and not book.currency else None
    st.text_input(
        _("Currency of the amounts"),
        max_chars=3,
        placeholder=told or "EUR",
        key=_CURRENCY,
        persist_state="session",
        help=_("Three letters; may stay empty. Amounts in several currencies cannot be added up."),
        width=240,
    )
    with st.form("open new book", border=False):
        name = st.text_input(_("Name of the book"), value=_name(own), max_chars=80, key=f"new name {own.taken}")
        st.caption(
            escape_markdown(
                _("It is written as a folder of its own under {folder}. Your files stay as they are.").format(
                    folder=book_home()
                )
            )
        )
        wanted = st.form_submit_button(_("Open this book"), icon=":material/menu_book:", type="primary")
    if not wanted:
        return
    if not (name or "").strip():
        st.error(_("Give the book a name."), icon=":material/error:")
        return
    try:
        written = write_book(book_home(), replace(book, name=name.strip()))
        fresh = open_folder(written)
    except KamError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
    else:
        clear_upload()
        st.session_state.pop(_CURRENCY, None)
        opened(fresh)


def _name(own: Upload) -> str:
    """Propose to call the book as its first file of sales is called."""
    first = own.join.proposal.lines.names[0] if own.join is not None else own.tables()["sales"][0].name
    return first.partition(".")[0].replace("_", " ").strip()[:80]
