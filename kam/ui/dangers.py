"""What is in danger: one line each, with the money, the reason, and the account to open."""

from typing import Literal

import pandas as pd
import streamlit as st

from kam.base.numbers import count, money
from kam.base.texts import _, ngettext
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.tables import save_as_csv

_SHOWN = 8
_SEVERITY: dict[int, tuple[str, Literal["red", "orange", "gray"], str]] = {
    3: (_("urgent"), "red", ":material/priority_high:"),
    2: (_("act"), "orange", ":material/bolt:"),
    1: (_("watch"), "gray", ":material/visibility:"),
}


def danger_list(dangers: pd.DataFrame, currency: str | None) -> None:
    """List the dangers, most money first; all of them are in the CSV."""
    if dangers.empty:
        st.success(
            _("Nothing in this selection is in danger by the rules of this page."), icon=":material/check_circle:"
        )
        return
    for danger in dangers.head(_SHOWN).to_dict("records"):
        word, colour, icon = _SEVERITY[danger["severity"]]
        badge, name, amount, why = st.columns([1, 2.2, 1.5, 6], vertical_alignment="center", gap="small")
        badge.badge(word, color=colour, icon=icon)
        with name:
            link_to_account(danger["account_id"], danger["name"])
        amount.markdown(f"**{escape_markdown(money(danger['amount'], currency))}**")
        told = [escape_markdown(danger["text"])]
        if isinstance(danger["manager"], str):
            told.append(_("**{manager}** acts.").format(manager=escape_markdown(danger["manager"])))
        why.markdown(" ".join(told))
    if (more := len(dangers) - _SHOWN) > 0:
        st.caption(
            ngettext(
                "{count} more, with less money at stake, is in the CSV.",
                "{count} more, with less money at stake, are in the CSV.",
                more,
            ).format(count=count(more))
        )
    save_as_csv(dangers, file="dangers", key="dangers")
