"""The parts of the Money page: what to look at, its numbers, and the bridges and retention told apart."""

import pandas as pd
import streamlit as st

from kam.base.numbers import signed_money, window
from kam.base.periods import MONTHS, months_between, window_start
from kam.base.terms import DIMENSIONS, MEASURES
from kam.base.texts import _
from kam.book import Book
from kam.money import words
from kam.money.figures import bridge_figure
from kam.money.words_money_columns import TOLD_BY, bridge_columns, retention_columns
from kam.portfolio import words_absent as absent
from kam.portfolio.categories import UNNAMED, UNSORTED
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, drawn
from kam.ui.markdown import escape_markdown
from kam.ui.remembered import ask
from kam.ui.tables import table, table_of_accounts

_BRIDGES = ("account", "parent", "category", *DIMENSIONS)


def pick_measure() -> str:
    """Let the reader choose revenue or margin; it is in the URL."""
    return str(
        st.segmented_control(
            _("Measure"),
            list(MEASURES),
            default="revenue",
            required=True,
            format_func=lambda measure: MEASURES[measure].capitalize(),
            key="measure",
            bind="query-params",
            label_visibility="collapsed",
        )
        or "revenue"
    )


def bridge_cards(book: Book, summary: pd.DataFrame, measure: str, eroded: float | None) -> None:
    """Draw the change and what made it, in some six numbers; `eroded` is what discounts cost, None where unknown."""
    currency, amounts = book.currency, summary.set_index("part")["amount"]
    change = amounts["current"] - amounts["prior"]
    is_divided = divides(book)
    shown = {
        "price": is_divided,
        "unit cost": is_divided and measure == "margin",
        "volume and mix": is_divided,
        "more and less bought": not is_divided or bool(amounts["more and less bought"]),
        "added and dropped products": book.has("products"),
        "new and lost accounts": True,
    }

    def written(value: object) -> str:
        return signed_money(value, currency)

    explained = defined(book, "bridge")
    drawn = [Card(_("Change"), change, written, explained=explained)]
    drawn += [
        Card(_SHORT.get(part, words.PARTS[part][0].capitalize()), amounts[part], written, explained=explained)
        for part, is_shown in shown.items()
        if is_shown
    ]
    if measure == "revenue" and is_divided:
        cost = None if eroded is None else -eroded
        drawn.append(Card(_("Discount erosion"), cost, written, explained=defined(book, "discount erosion")))
    cards(drawn)


def divides(book: Book) -> bool:
    """Say whether the book can tell price, volume and mix apart: some lines name a product and a quantity."""
    return book.has("products") and book.has("quantities")


_SHORT = {
    "more and less bought": _("Bought ±"),
    "added and dropped products": _("Products ±"),
    "new and lost accounts": _("Accounts ±"),
}


def show_bridge(book: Book, measure: str, account_id: str | None = None, *, in_short: bool = False) -> None:
    """Draw what made revenue or margin change, of one account or of all in view; in short, in five parts."""
    summary = ask(book.bridge_summary, measure, account_id)
    rows = summary if in_short else ask(book.bridge, measure, account_id)
    drawing = drawn(
        bridge_figure,
        rows,
        book.currency,
        summary=summary,
        window=window(book.as_of),
        measure=measure,
        months_before=months_before(book),
    )
    chart(drawing, key=f"bridge of {measure}")


def months_before(book: Book) -> int:
    """Count the months of the year before that the data hold, 12 where they hold it whole."""
    return min(MONTHS, max(0, months_between(book.first_day, window_start(book.as_of))))


def bridge_notes(book: Book, rows: pd.DataFrame) -> None:
    """Say what the bridge cannot know: a year before that is not whole, revenue without costs, categories."""
    notes = [words.partial_note(book.first_day, months_before(book)), words.uncovered_note(rows, book.currency)]
    if rows["amount"].notna().all():
        notes.append(absent.undivided_note(book.share_with("products"), book.share_with("quantities")))
    if divides(book) and not _has_categories(book):
        notes.append(words.NO_CATEGORIES)
    for note in notes:
        if note is not None:
            st.caption(escape_markdown(note))


def bridge_apart(book: Book, measure: str) -> None:
    """Show the bridge told apart by what the reader chooses; a row of an account opens it."""
    choices = [by for by in _BRIDGES if _told(book, by)]
    by = _pick(_("Told apart by"), choices, key="bridge_by")
    found = ask(book.bridge_table, measure=measure, by=by)
    columns = bridge_columns(found, by, measure)
    shown = table_of_accounts if "account_id" in found else table
    shown(found, columns, currency=book.currency, key=f"bridge {by}", file=f"{measure} bridge by {by}")


def retention_apart(book: Book) -> None:
    """Show retention told apart by manager, region or industry, where two years and one of them are known."""
    if months_before(book) < MONTHS:
        return  # the figure beside it says so
    choices = [by for by in DIMENSIONS if _told(book, by)]
    if not choices:
        st.info(
            _(
                "No account has a manager, region or industry. Add them to the accounts table to see "
                "whose customers stay."
            ),
            icon=":material/info:",
        )
        return
    by = _pick(_("Retention by"), choices, key="retention_by")
    found = ask(book.retention, by=by)
    table(found, retention_columns(by), currency=book.currency, key=f"retention {by}", file=f"retention by {by}")


def _told(book: Book, by: str) -> bool:
    """Whether the book knows it of the accounts in view; a parent, where it stands for more than itself."""
    if by == "account":
        return True
    if by == "category":
        return _has_categories(book)
    if by == "parent":
        return book.level == "account" and len(ask(book.view(level="parent").accounts)) < len(ask(book.accounts))
    return bool(ask(book.accounts)[by].notna().any())


def _has_categories(book: Book) -> bool:
    categories = ask(book.bridge_table, measure="revenue", by="category")["category"]
    return bool((~categories.isin([UNNAMED, UNSORTED])).any())


def _pick(label: str, choices: list[str], *, key: str) -> str:
    picked = st.segmented_control(
        label, choices, default=choices[0], required=True, format_func=TOLD_BY.__getitem__, key=key, bind="query-params"
    )
    return str(picked or choices[0])
