"""The rows behind a number: one choice shows them as a table, with their CSV."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from kam.base.columns import Columns, only_known
from kam.base.texts import _
from kam.ui.printing import printing
from kam.ui.tables import table, table_of_accounts

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
