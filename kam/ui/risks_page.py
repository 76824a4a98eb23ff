"""The numbers on top of the Risks page."""

import pandas as pd
import streamlit as st

from kam.base.numbers import count, known, money
from kam.base.texts import _
from kam.risks import words


def risk_cards(risks: pd.DataFrame, curve: pd.DataFrame, competitors: pd.DataFrame, currency: str | None) -> None:
    """Draw what the risks cost on average and in a bad year, how many are looked after, and what rivals are after."""
    live = risks[risks["is_live"]]
    expected, tenth = live["expected_loss"].sum(min_count=1), words.exceeded(curve, 0.1)
    attacked = competitors.loc[competitors["state"] == "attacks", "account_id"].nunique()
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric(
            _("Expected loss"),
            money(expected, currency) if known(expected) else "–",
            help=_("A year: Σ chance × margin at risk of the live risks of known size"),
        )
        st.metric(
            _("One year in ten"),
            money(tenth, currency) if known(tenth) else "–",
            help=_("Exceeded with a chance of one in ten, if the risks strike independently"),
        )
        st.metric(
            _("Live risks"),
            count(len(live)),
            help=_("{risks} more closed or happened").format(risks=count(len(risks) - len(live))),
        )
        st.metric(_("Not looked after"), count(words.bare(risks).sum()), help=_("No mitigation, or nobody who acts"))
        st.metric(_("Overdue"), count(risks["is_overdue"].sum()), help=_("What is done was due before today"))
        st.metric(_("Accounts attacked"), count(attacked), help=_("A rival attacks there"))
