"""One widget a column of the schema: choices to choose from, days on a calendar, names instead of keys."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from kam.base.schema import Column
from kam.base.texts import _, of_schema
from kam.ui.markdown import escape_markdown

LONG = (
    "evidence",
    "note",
    "comment",
    "mitigation",
    "how_we_help",
    "statement",
    "description",
    "need",
    "next_step",
    "strengths",
    "weaknesses",
    "our_difference",
    "customer_goal",
    "serves_note",
)
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


def field(column: Column, kept: str | None, *, key: str, names: Mapping[str, str] | None = None) -> object:
    """Draw the field of a column with what is kept in it, and return what it holds now.

    `names` are the records a reference may name: key → name. What is typed outlives a change of pages.
    """
    label = f"{title(column)}{' *' if column.required else ''}"
    told = escape_markdown(
        f"{column.meaning}{f', {column.unit}' if column.unit and column.unit not in column.meaning else ''}"
    )
    if names is not None or column.choices:
        options = dict(names) if names is not None else {choice: choice for choice in column.choices}
        if kept is not None:
            options.setdefault(kept, kept)
        known = list(options)
        return st.selectbox(
            label,
            known,
            index=known.index(kept) if kept is not None else None,
            format_func=options.__getitem__,
            key=key,
            help=told,
            placeholder=_("Choose"),
            persist_state="session",
        )
    if column.kind == "date":
        value = dt.date.fromisoformat(kept) if kept else None
        return st.date_input(
            label, value, _FIRST, _LAST, key=key, help=told, format="YYYY-MM-DD", persist_state="session"
        )
    if column.kind == "flag":
        answers = {"true": _("yes"), "false": _("no")}
        return st.segmented_control(
            label,
            list(answers),
            default=kept,
            format_func=answers.__getitem__,
            key=key,
            help=told,
            persist_state="session",
        )
    if column.kind in ("money", "number", "whole", "share"):
        # as text: a number field turns "1,5" or a blank into something else without a word
        return st.text_input(label, _short(kept), key=key, help=told, persist_state="session")
    if column.name in LONG:
        return st.text_area(label, kept or "", key=key, help=told, height=80, persist_state="session")
    return st.text_input(label, kept or "", key=key, help=told, persist_state="session")


def title(column: Column) -> str:
    """Name a column for a reader.

    >>> from kam.base.schema import MILESTONES
    >>> title(MILESTONES["baseline_on"]), title(MILESTONES["plan_id"])
    ('Baseline on', 'Plan')
    """
    return of_schema(column.name.removesuffix("_id").replace("_", " ").capitalize())


def _short(number: str | None) -> str:
    """Write a kept number without the places it does not need.

    >>> _short("12.5000"), _short("130000.0000"), _short(None)
    ('12.5', '130000', '')
    """
    return "" if number is None else f"{Decimal(number).normalize():f}"
