"""Where an account stands among its peers: the levels of signals that mean something only by comparison."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from kam.ladder.measures import Measure

PEERS_IN_INDUSTRY = 12
PEERS_IN_BOOK = 5
LOWEST, HIGHEST = 0.25, 0.75
LOW_LEVEL, MIDDLE_LEVEL, HIGH_LEVEL = 0, 1, 2


def peer_readings(
    figures: pd.DataFrame, measures: Mapping[str, Measure], *, observed_on: dt.date, sources: Mapping[str, str]
) -> pd.DataFrame:
    """Lay figures, a column a signal, out as readings against the peers'; what is unknown is not there.

    Parameters
    ----------
    figures
        account_id, industry (may be missing), and one column of numbers for each measure; active accounts only.
    measures
        The measure of each signal.
    observed_on
        The day the figures are seen as of.
    sources
        Where each signal's figure comes from, in words.

    Returns
    -------
    pandas.DataFrame
        account_id, signal (categorical), level_index (0 towards the broker), share (1), observed_on, value,
        peers_median, peers, source.
    """
    known = figures[list(measures)].to_numpy(dtype=float)
    account, signal = np.nonzero(~np.isnan(known))
    values = figures[["account_id", "industry"]].iloc[account].reset_index(drop=True)
    values["signal"] = pd.Categorical.from_codes(signal, categories=pd.Index(list(measures)))
    values["value"] = known[account, signal]
    placed = against_peers(values, measures)
    return placed.assign(share=1.0, observed_on=pd.Timestamp(observed_on), source=placed["signal"].map(dict(sources)))


def against_peers(values: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Place each value in the lowest quarter, the middle half or the highest quarter of its peers.

    Peers are the accounts of the same industry for which the signal is known, where these are at least 12, itself
    included; else all accounts of the book for which it is known. The place is the mid-rank percentile (equal values
    share the mean of their ranks), so a value that most peers have is in the middle. A value within the measure's
    band around the peers' median is in the middle too. With fewer than 5 peers, or if all of them show the same value,
    there is nothing to compare with and the row is left out.

    Parameters
    ----------
    values
        account_id, industry (may be missing), signal (categorical), value (known); one row an account and signal,
        active accounts only; a default index.
    measures
        The measure of each signal.

    Returns
    -------
    pandas.DataFrame
        account_id, signal, value, peers_median, peers (count), level_index: 0 towards the broker, 1, 2 towards the
        partner. The order of rows is kept.

    Examples
    --------
    >>> values = pd.DataFrame({"account_id": list("ABCDE"), "industry": None, "value": [1.0, 2.0, 3.0, 4.0, 9.0]})
    >>> values["signal"] = pd.Categorical(["tenure"] * 5)
    >>> against_peers(values, {"tenure": Measure("tenure", "{} years", "number")})["level_index"].tolist()
    [0, 1, 1, 1, 2]
    """
    signal = values["signal"].cat
    book = _standing(values["value"], signal.codes.to_numpy())
    known = values["industry"].notna().to_numpy()
    industry = pd.factorize(values["industry"])[0] * len(signal.categories) + signal.codes.to_numpy()
    inside = _standing(values["value"][known], industry[known])
    inside = inside[inside["peers"] >= PEERS_IN_INDUSTRY]
    standing = pd.concat([book.drop(inside.index), inside]).sort_index()
    placed = values[["account_id", "signal", "value"]].join(standing)
    placed = placed[(placed["peers"] >= PEERS_IN_BOOK) & placed["differ"]]
    more = _each(placed, {name: measure.more_is_higher for name, measure in measures.items()}).astype(bool)
    band = _each(placed, {name: measure.band for name, measure in measures.items()})
    place = np.where(more, placed["place"], 1 - placed["place"])
    near = np.abs((placed["value"] - placed["peers_median"]).to_numpy(dtype=float)) <= band
    level_index = np.select(
        [near, place < LOWEST, place > HIGHEST], [MIDDLE_LEVEL, LOW_LEVEL, HIGH_LEVEL], default=MIDDLE_LEVEL
    )
    return placed.drop(columns=["place", "differ"]).assign(level_index=level_index)


def _each(placed: pd.DataFrame, trait: Mapping[str, float]) -> np.ndarray:
    of_signal = np.array([trait[signal] for signal in placed["signal"].cat.categories], dtype=float)
    return of_signal[placed["signal"].cat.codes.to_numpy()]


def _standing(values: pd.Series, peer_group: np.ndarray) -> pd.DataFrame:
    grouped = values.groupby(peer_group)
    peers = grouped.transform("count")
    return pd.DataFrame(
        {
            "peers_median": grouped.transform("median"),
            "peers": peers,
            "place": (grouped.rank(method="average") - 0.5) / peers,
            "differ": grouped.transform("max") > grouped.transform("min"),
        }
    )
