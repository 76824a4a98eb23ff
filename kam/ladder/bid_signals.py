"""Whether rivals are asked to bid beside us: price behaviour that shows before a price is agreed."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.numbers import day
from kam.base.texts import _
from kam.ladder.measures import Measure
from kam.ladder.standing_among import peer_readings
from kam.portfolio.active_units import DAYS, day_parameters

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure(
            "competitive bids",
            _("competing bidders a chance to sell: {value}"),
            "number",
            more_is_higher=False,
            band=0.1,
        ),
    )
}
_FIGURES = """
select unit, day, max(opened_on) as opened_on, avg(rivals)::double as "competitive bids"
from opportunities
join unit using (account_id)
join day on opened_on > as_of - interval 12 month and opened_on <= as_of
where rivals is not null
group by unit, day
"""
FIGURES = DAYS + _FIGURES


def readings(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], peers: pd.DataFrame) -> pd.DataFrame:
    """Read how many rivals bid beside us, on average over the chances to sell that were found in twelve months.

    Chances whose bidders are not written down do not count; who had none is not told of.

    Returns
    -------
    pandas.DataFrame
        As `kam.ladder.behaviour_signals.readings`; observed on the day of the newest of these chances.
    """
    figures = peers.merge(cursor.execute(FIGURES, day_parameters(days)).df(), on=["unit", "day"])
    sources = [
        {
            "competitive bids": _("opportunities found in the twelve months to {day}, with their bidders").format(
                day=day(as_of)
            )
        }
        for as_of in days
    ]
    seen = {"competitive bids": figures["opened_on"]}
    return peer_readings(figures, MEASURES, ends=days, seen=seen, sources=sources)
