"""The figure of the back-test of lifetime value."""

import plotly.graph_objects as go

from kam.base.numbers import known, month
from kam.book import Book
from kam.lifetime import words
from kam.lifetime.figures import back_test_figure
from kam.ui.answers import ask


def back_test(book: Book, theme: str) -> go.Figure:
    """Draw what was foretold for the last months beside what came."""
    method = ask(book.lifetime_method).iloc[0]
    tenths = ask(book.lifetime_back_test)
    span = f"{month(method['test_start'])} – {month(method['test_end'])}"
    again = words.same_again(method["test_months"]) if known(method["test_months"]) else words.LAST_YEAR
    title = words.back_test_title(method)
    return back_test_figure(tenths, book.currency, title=title, span=span, again=again, theme=theme)
