"""The head of the Account page: who it is, its numbers, and its months beside those of the year before."""

import datetime as dt

import numpy as np
import pandas as pd
import streamlit as st

from kam.account.figures import months_figure
from kam.base.numbers import known, money, percent, signed_money
from kam.base.periods import shift, window_months
from kam.base.terms import CLASS_NAMES, RUNG_NAMES
from kam.base.texts import _
from kam.book import Book
from kam.ui.answers import ask
from kam.ui.cards import Card, cards
from kam.ui.charts import chart, drawn
from kam.ui.explain import defined
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.money import show_bridge


def heading(account: pd.Series, rung: pd.Series, key: pd.Series | None) -> None:
    """Say who the account is, of which class, and who answers for it; without revenue there is no key class."""
    told = [
        escape_markdown(account[fact]) for fact in ("industry", "region", "manager") if isinstance(account[fact], str)
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(RUNG_NAMES[rung["rung"]], icon=":material/stairs:", color="gray")
        st.badge(_("revenue class {pareto_class}").format(pareto_class=account["pareto_class"]), color="gray")
        if key is not None:
            st.badge(
                _("{key_class}, P(key) {chance}").format(
                    key_class=CLASS_NAMES[key["key_class"]], chance=percent(key["p_key"])
                ),
                icon=":material/star:",
                color="gray",
            )
        st.caption(" · ".join(told))


def account_cards(book: Book, account: pd.Series, rung: pd.Series) -> None:
    """Draw the account's numbers."""
    margin_then = account["prior_margin"]
    margin_change = account["margin"] - margin_then if known(account["margin"]) and known(margin_then) else None
    chance = max(rung["p_broker"], rung["p_supplier"], rung["p_partner"])
    cards(
        [
            Card(
                _("Revenue (T12M)"),
                account["revenue"],
                lambda value: money(value, book.currency),
                signed_money(account["change"]) if known(account["change"]) else None,
                good=True,
                explained=defined(book, "revenue"),
            ),
            Card(_("Growth"), account["growth"], percent, explained=defined(book, "growth")),
            Card(
                _("Margin"),
                account["margin"],
                lambda value: money(value, book.currency),
                signed_money(margin_change) if margin_change is not None else None,
                good=True,
                explained=defined(book, "margin rate"),
            ),
            Card(_("Discount rate"), account["discount_rate"], percent, explained=defined(book, "discount rate")),
            Card(_("Of our revenue"), account["share"], percent, explained=defined(book, "concentration")),
            Card(_("Rung, certainty"), chance, percent, explained=defined(book, "certainty")),
        ]
    )


def two_years(
    monthly: pd.DataFrame, account: str, as_of: dt.date, first_day: dt.date, measure: str = "revenue"
) -> pd.DataFrame:
    """Lay the account's twelve months to `as_of` beside the same months a year earlier: month, measure, prior_measure.

    A month without sales is 0; a month before the book begins, and a margin without costs, is unknown.
    """
    own = monthly[monthly["account_id"] == account].set_index("month")[measure]
    months = window_months(as_of)
    begins = shift(first_day, 0)

    def value(month: dt.date) -> float:
        return float(own.get(pd.Timestamp(month), 0.0)) if month >= begins else np.nan

    return pd.DataFrame(
        {
            "month": pd.to_datetime(months),
            measure: [value(month) for month in months],
            f"prior_{measure}": [value(shift(month, -12)) for month in months],
        }
    )


def family_links(family: pd.DataFrame) -> None:
    """Link the parent above an account and the subsidiaries under it."""
    for relation, rows in family.groupby("relation", sort=False):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Parent:") if relation == "parent" else _("Subsidiary:"))
            for account_id, name in zip(rows["account_id"], rows["name"], strict=True):
                link_to_account(account_id, name)


def show_year(book: Book, account_id: str, measure: str) -> None:
    """Draw the account's months of revenue or margin beside those of the year before, and what made it change."""
    months = two_years(ask(book.monthly), account_id, book.as_of, book.first_day, measure)
    drawing = drawn(months_figure, months, book.currency, account_id=account_id, measure=measure)
    chart(drawing, key=f"months of {measure}")
    show_bridge(book, measure, account_id)
