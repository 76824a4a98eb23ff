"""Tables: names and well-set numbers, a row opens its account, and the whole table as CSV."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st
from streamlit import column_config as cc
from streamlit.elements.lib.column_types import ColumnConfig

from kam.base.columns import Column, Columns, only_known
from kam.base.texts import _
from kam.intake.spreadsheet import as_csv
from kam.ui.links import go_to_account
from kam.ui.printing import paper_table, printing

_FORMS = {"money": "%,.0f", "amount": "%,.0f", "percent": "%.1f %%", "chance": "%.1f %%", "count": "%d"}
_DAYS = {"day": _("D MMM YYYY"), "month": _("MMM YYYY"), "moment": _("D MMM YYYY, HH:mm")}


def table_of_accounts(
    frame: pd.DataFrame,
    columns: Columns,
    *,
    key: str,
    file: str,
    currency: str | None = None,
    most: int | None = None,
    shown: pd.DataFrame | None = None,
    whose: str = "account_id",
    go: Callable[[str], None] = go_to_account,
) -> None:
    """Show rows that each stand for an account (`account_id` in the frame, not shown); a click opens it.

    Rows that stand for something else have it in the column `whose`, and `go` leads there.

    Of more rows than `most` the first are shown; the CSV holds all. `shown` has the same rows in words, where numbers
    alone would not do.
    """
    seen = frame if shown is None else shown
    if printing():
        paper_table(seen, columns, currency)
        return
    state = st.dataframe(
        in_percent(seen.head(len(frame) if most is None else most), columns),
        column_config=configured(columns, currency),
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="–",
    )
    save_as_csv(frame, file=file, key=key)
    if (row := chosen_row(state)) is not None and row < len(frame):
        go(str(frame[whose].iloc[row]))


def table(frame: pd.DataFrame, columns: Columns, *, key: str, file: str, currency: str | None = None) -> None:
    """Show rows without reaction to clicks."""
    if printing():
        paper_table(frame, columns, currency)
        return
    st.dataframe(
        in_percent(frame, columns),
        column_config=configured(columns, currency),
        hide_index=True,
        key=key,
        placeholder="–",
    )
    save_as_csv(frame, file=file, key=key)


def configured(columns: Columns, currency: str | None = None) -> dict[str, ColumnConfig]:
    """Say to Streamlit how columns are titled and written: the currency once, in the head; ratios as percentages."""
    return {name: _configured(column, currency) for name, column in columns.items()}


def _configured(column: Column, currency: str | None) -> ColumnConfig:
    title = f"{column.title} ({currency})" if column.kind == "money" and currency else column.title
    kind, meaning, width = column.kind, column.help, column.width
    lowest, highest = column.ends
    if kind == "text":
        made = cc.TextColumn(title, help=meaning, width=width, pinned=column.pinned or None)
    elif kind == "yes":
        made = cc.CheckboxColumn(title, help=meaning, width=width)
    elif kind == "moment":
        made = cc.DatetimeColumn(title, help=meaning, width=width, format=_DAYS[kind])
    elif kind in _DAYS:
        made = cc.DateColumn(title, help=meaning, width=width, format=_DAYS[kind])
    elif kind == "line":
        made = cc.LineChartColumn(title, help=meaning, width=width, y_min=lowest, y_max=highest)
    elif kind == "chance":
        form = _FORMS[kind]
        made = cc.ProgressColumn(title, help=meaning, width=width, min_value=0, max_value=100, format=form)
    else:
        made = cc.NumberColumn(title, help=meaning, width=width, format=column.form or _FORMS.get(kind))
    return made


def in_percent(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Multiply by 100 what a table writes as a percentage, and take only its columns.

    >>> in_percent(pd.DataFrame({"rate": [0.25], "count": [3]}), {"rate": Column("Rate", "percent")}).to_dict("list")
    {'rate': [25.0]}
    """
    ratios = [name for name, column in columns.items() if column.kind in ("percent", "chance")]
    return frame[list(columns)].assign(**{name: 100 * frame[name] for name in ratios})


def save_as_csv(frame: pd.DataFrame, *, file: str, key: str) -> None:
    """Offer the frame as a CSV file that a spreadsheet takes as data, never as formulas; on paper there is none."""
    if printing():
        return
    st.download_button(
        "CSV",
        lambda: as_csv(frame),
        file_name=f"{file}.csv",
        mime="text/csv",
        key=f"{key} csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def chosen_row(state: object) -> int | None:
    """Return the row chosen in a table, if any.

    >>> chosen_row({"selection": {"rows": [3]}})
    3
    """
    rows = state.get("selection", {}).get("rows", []) if isinstance(state, dict) else []
    return rows[0] if rows else None


Rows = tuple[Callable[[], pd.DataFrame], Columns]


def rows_behind(numbers: Mapping[str, Rows], *, key: str, file: str, currency: str | None, opens: bool = True) -> None:
    """Offer the rows behind each number by its name; they are asked for when one is chosen, which is in the URL.

    With `opens` a click on a row opens the account it belongs to.
    """
    if printing():
        return
    chosen = st.pills(_("The rows behind"), list(numbers), key=key, bind="query-params")
    if chosen is None:
        return
    asked, columns = numbers[chosen]
    rows = asked()
    if rows.empty:
        st.caption(_("There are none."))
        return
    show = table_of_accounts if opens else table
    present = {name: column for name, column in columns.items() if name in rows}
    file = f"{file} {chosen}".lower()
    show(rows, only_known(present, rows), key=f"{key} {chosen}", file=file, currency=currency)
