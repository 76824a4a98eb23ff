"""Who knows whom: coverage, executive contact, support and dependence on one person, against the account's peers'."""

import datetime as dt

import duckdb
import pandas as pd

from kam.ladder.measures import Measure
from kam.ladder.peers import peer_readings
from kam.metrics.posts import ACTIVE_DAYS
from kam.metrics.relationship import relationships
from kam.words.numbers import day

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("coverage", "{} of the posts that should know us were in touch", "percent", band=0.05),
        Measure("executive contact", "touches with its executives in a year: {}", "number"),
        Measure("support", "net support {} of 100 %", "percent", band=0.05),
        Measure("dependence", "{} of the ties hang on one of their people", "percent", more_is_higher=False, band=0.05),
    )
}
_FIGURES = {
    "coverage": "coverage",
    "executive_touches": "executive contact",
    "net_support": "support",
    "key_person_theirs": "dependence",
}
_INDUSTRY = "select account_id, industry from accounts"


def readings(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str) -> pd.DataFrame:
    """Read the relationship with each active account against its peers', as `kam.metrics.relationship` measures it.

    Returns
    -------
    pandas.DataFrame
        As `kam.ladder.behaviour.readings`; observed on `as_of`.
    """
    figures = relationships(cursor, as_of=as_of, level=level)
    figures = figures[figures["revenue"] > 0].rename(columns=_FIGURES)
    figures = figures.merge(cursor.execute(_INDUSTRY).df(), on="account_id", how="left")
    told = f"people known at the account and touches up to {day(as_of)}"
    lately = f"touches of the {ACTIVE_DAYS} days to {day(as_of)}"
    sources = dict.fromkeys(MEASURES, lately) | {
        "support": told,
        "executive contact": f"touches of the twelve months to {day(as_of)}",
    }
    return peer_readings(figures, MEASURES, observed_on=as_of, sources=sources)
