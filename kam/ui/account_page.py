"""The parts of the Account page: who the customer is, what it brings, and its own world."""

import datetime as dt

import numpy as np
import pandas as pd
import streamlit as st

from kam.account.figures import months_figure
from kam.account.words import RISK_COLUMNS, RIVAL_COLUMNS, VALUE_COLUMNS
from kam.base.numbers import day, known, money, percent, signed_money
from kam.base.periods import shift, window_months
from kam.base.terms import CLASS_NAMES, RUNG_NAMES
from kam.base.texts import _
from kam.book import Book
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, drawn
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.money_page import show_bridge
from kam.ui.remembered import ask
from kam.ui.tables import table
from kam.voice import words


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


_QUADRANTS = {
    "strength": _("Strengths"),
    "weakness": _("Weaknesses"),
    "opportunity": _("Opportunities"),
    "threat": _("Threats"),
}
_LACKING = {
    "swot": _(
        "**its own business**: where it is strong, weak, hopeful and threatened, and what we "
        "could do about it, is where a seller becomes a partner (swot)"
    ),
    "competitors": _("**rivals**: who holds or attacks what here, and what sets us apart (competitors)"),
    "risks": _("**risks**: what may go wrong, how likely it is, and what is done about it (risks)"),
    "value_delivered": _(
        "**value given**: advice, training, savings, with their worth and whether the customer agrees (value_delivered)"
    ),
}


def its_world(book: Book, account: str) -> None:
    """Show what is known of the customer's business, rivals, risks and gains; say in one place what is not."""
    parts = {
        "swot": (book.swot, _("Its own business"), _swot),
        "competitors": (book.competitors, _("Rivals, and what sets us apart"), _rivals),
        "risks": (book.risks, _("What may go wrong"), _risks),
        "value_delivered": (book.value_delivered, _("Value given and received"), _value),
    }
    lacking = []
    for name, (question, head, show) in parts.items():
        rows = ask(question, account_id=account)
        if rows.empty:
            lacking.append(_LACKING[name])
            continue
        st.subheader(head, anchor=False)
        show(book, rows, account)
    if lacking:
        st.info(_("Nothing is noted here about {lacking}.").format(lacking="; ".join(lacking)), icon=":material/info:")


def _swot(_book: Book, swot: pd.DataFrame, _account: str) -> None:
    with st.grid(2, min_column_width=300):
        for quadrant, head in _QUADRANTS.items():
            rows = swot[swot["quadrant"] == quadrant]
            with st.container(gap="xxsmall"):
                st.markdown(f"**{head}**" if len(rows) else _("**{quadrant}**: none noted").format(quadrant=head))
                for _each, row in rows.iterrows():
                    help_text = f" → {row['how_we_help']}" if isinstance(row["how_we_help"], str) else ""
                    st.markdown(escape_markdown(f"{row['statement']}{help_text}"))
                    if pd.notna(row["noted_on"]):
                        st.caption(_("noted {day}").format(day=day(row["noted_on"])))


def _rivals(_book: Book, rows: pd.DataFrame, account: str) -> None:
    st.markdown(escape_markdown(words.rivals(rows)))
    table(rows, RIVAL_COLUMNS, key="rivals", file=f"rivals {account}")


def _risks(book: Book, rows: pd.DataFrame, account: str) -> None:
    st.markdown(escape_markdown(words.risks(rows, book.currency)))
    table(rows, RISK_COLUMNS, currency=book.currency, key="risks", file=f"risks {account}")


def _value(book: Book, rows: pd.DataFrame, account: str) -> None:
    balance = ask(book.value_balance, account_id=account).iloc[0]
    st.markdown(escape_markdown(words.balance(balance, book.currency)))

    def amount(label: str, name: str) -> Card:
        return Card(
            label, balance[name], lambda value: money(value, book.currency), explained=defined(book, "value delivered")
        )

    cards(
        [amount(_("Given"), "delivered"), amount(_("Confirmed"), "confirmed"), amount(_("Margin received"), "margin")]
    )
    table(rows, VALUE_COLUMNS, currency=book.currency, key="value", file=f"value delivered {account}")
