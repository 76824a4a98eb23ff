"""The choices and counts of the Milestones page."""

import pandas as pd
import streamlit as st

from kam.figures.milestones import ORDER
from kam.words.numbers import MINUS, count

_CHOICES = ("account", "manager", "department", "status")
_OPEN = ("overdue", "due soon", "planned")


def status_cards(milestones: pd.DataFrame, objectives: pd.DataFrame) -> None:
    """Count the milestones by status, and the objectives that are behind."""
    statuses = milestones["status"].value_counts()
    done = int(statuses.get("done", 0) + statuses.get("done late", 0))
    late = milestones.loc[milestones["status"].isin(_OPEN), "slip_days"].dropna()
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric("Overdue", count(statuses.get("overdue", 0)), help="Expected before today and not done")
        st.metric("Due in 30 days", count(statuses.get("due soon", 0)))
        st.metric("Planned later", count(statuses.get("planned", 0)))
        st.metric("Done", count(done), help=f"{int(statuses.get('done late', 0))} of them late")
        slip = f"{late.astype(float).median():.0f} days".replace("-", MINUS) if len(late) else "–"
        st.metric("Median open slip", slip)
        st.metric("Objectives red", f"{int((objectives['status'] == 'red').sum())} of {len(objectives)}")


def narrow(milestones: pd.DataFrame) -> pd.DataFrame:
    """Let the reader narrow the timeline to accounts, managers, departments or statuses; kept in the URL."""
    shown = milestones
    columns = st.columns(len(_CHOICES))
    for column, place in zip(_CHOICES, columns, strict=True):
        options = sorted(milestones[column].dropna().unique())
        chosen = place.multiselect(
            column.capitalize(), options, key=f"milestone_{column}", bind="query-params", placeholder=f"Every {column}"
        )
        if chosen:
            shown = shown[shown[column].isin(chosen)]
    pressing = shown["status"].map(ORDER.index)
    order = shown.assign(pressing=pressing).sort_values(["pressing", "due_on"], kind="stable")
    return order.drop(columns="pressing").reset_index(drop=True)
