"""A comparison of scenarios as one HTML page that opens without a connection: figures and all, every text escaped."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from kam.base.numbers import UNKNOWN, known, window
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.book import Book
from kam.chart.template import EXPORT_CONFIG, SANS, SERIF
from kam.ui.scenario_in_hand import spoken
from kam.whatif import words
from kam.whatif.compare import Stored
from kam.whatif.figures import compared_figure

_STYLE = f"""
body {{ margin: 2.5rem auto; max-width: 62rem; padding: 0 1rem; background: #FCFBF8; color: #1E2329;
  font: 15px/1.5 {SANS}; }}
h1, h2 {{ font-family: {SERIF}; font-weight: 500; }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }}
th, td {{ text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #DFDCD4; vertical-align: top; }}
small {{ color: #5A6069; display: block; }}
@media print {{ body {{ margin: 0; }} }}
"""
_MONEY = ("revenue", "margin")


def scenario_page(book: Book, compared: pd.DataFrame, stored: Sequence[Stored]) -> bytes:
    """Write the comparison as a page of its own.

    Parameters
    ----------
    book
        As it was in view.
    compared
        The frame of `Book.what_if_compare`.
    stored
        The scenarios, in order.
    """
    title = _("Scenarios: {book}").format(book=book.name)
    said = _(
        "Twelve months ahead from {window}, against the baseline: what today's accounts are "
        "expected to bring without any lever. Ranges hold {share} of the draws."
    ).format(window=window(book.as_of), share=SCENARIO_RANGE)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><p>{escape(said)}</p>",
        _table(book, compared, stored),
        *_figures(book, compared),
        f"<h2>{escape(_('Levers'))}</h2>",
        _levers(book, stored),
        "</body></html>",
    ]
    return "\n".join(parts).encode("utf-8")


def _table(book: Book, compared: pd.DataFrame, stored: Sequence[Stored]) -> str:
    heads = "".join(f"<th>{escape(each.name)}<small>{escape(each.note)}</small></th>" for each in stored)
    measure, baseline = escape(_("Measure")), escape(_("Baseline"))
    lines = [f"<table><thead><tr><th>{measure}</th><th>{baseline}</th>{heads}</tr></thead><tbody>"]
    for measure, name in words.MEASURES.items():
        rows = compared[compared["measure"] == measure].set_index("place")
        if not rows["scenario"].notna().any():
            continue
        first = rows.iloc[0]
        cells = "".join(_cell(measure, rows, place, book.currency) for place in range(len(stored)))
        baseline = _written(measure, first["baseline"], first["baseline_low"], first["baseline_high"], book.currency)
        lines.append(f"<tr><th>{escape(name)}</th><td>{baseline}</td>{cells}</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def _cell(measure: str, rows: pd.DataFrame, place: int, currency: str | None) -> str:
    if place not in rows.index or not known(rows.loc[place, "scenario"]):
        return f"<td>{escape(UNKNOWN)}</td>"
    row = rows.loc[place]
    return (
        f"<td>{_written(measure, row['scenario'], row['low'], row['high'], currency)}"
        f"<small>{escape(words.change(measure, row['change']))}</small></td>"
    )


def _written(measure: str, value: object, low: object, high: object, currency: str | None) -> str:
    return (
        f"{escape(words.written(measure, value, currency))}<small>{escape(words.between(measure, low, high))}</small>"
    )


def _figures(book: Book, compared: pd.DataFrame) -> list[str]:
    found = []
    for measure in _MONEY:
        if not compared.loc[compared["measure"] == measure, "change"].notna().any():
            continue
        figure = compared_figure(compared, measure, book.currency)
        # the library stands in the page once, so that nothing has to be fetched
        found.append(figure.to_html(full_html=False, include_plotlyjs=not found, config=EXPORT_CONFIG))
    return found


def _levers(book: Book, stored: Sequence[Stored]) -> str:
    parts = []
    for each in stored:
        levers = "".join(f"<li>{escape(lever)}</li>" for lever in spoken(book, each.text))
        parts.append(f"<h3>{escape(each.name)}</h3><ul>{levers}</ul>")
    return "\n".join(parts)
