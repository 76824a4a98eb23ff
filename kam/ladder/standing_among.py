"""Where an account stands among its peers: the levels of signals that mean something only by comparison."""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from kam.ladder.measures import Measure

PEERS_IN_INDUSTRY = 12
PEERS_IN_BOOK = 5
LOWEST, HIGHEST = 0.25, 0.75
LOW_LEVEL, MIDDLE_LEVEL, HIGH_LEVEL = 0, 1, 2
_ALWAYS: Mapping[str, pd.Series] = MappingProxyType({})


def peer_readings(
    figures: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    ends: Sequence[dt.date],
    sources: Sequence[Mapping[str, str]],
    seen: Mapping[str, pd.Series] = _ALWAYS,
) -> pd.DataFrame:
    """Lay figures, a column a signal, out as readings against the peers'; what is unknown is not there.

    Parameters
    ----------
    figures
        unit and day (numbers), industry (may be missing), and one column of numbers for each measure; one row an
        active account and day.
    measures
        The measure of each signal.
    ends
        For each day, the last one its figures tell of.
    sources
        For each day, where each signal's figure comes from, in words.
    seen
        For signals that may have been seen earlier, when that was: one day for each row of `figures`.

    Returns
    -------
    pandas.DataFrame
        unit and day, signal (categorical), level_index (0 towards the broker), share (1), observed_on, value,
        peers_median, peers, source (categorical).
    """
    known = figures[list(measures)].to_numpy(dtype=float)
    place, signal = np.nonzero(~np.isnan(known))
    day = figures["day"].to_numpy(dtype=np.int64)
    days_seen = np.repeat(np.array(ends, dtype="datetime64[us]")[day][:, None], len(measures), axis=1)
    for name, last in seen.items():
        days_seen[:, list(measures).index(name)] = last.to_numpy().astype("datetime64[us]")
    values = pd.DataFrame(
        {
            "unit": figures["unit"].to_numpy()[place],
            "day": day[place],
            "industry": figures["industry"].astype("category").array.take(place),
            "signal": pd.Categorical.from_codes(signal, categories=pd.Index(list(measures))),
            "value": known[place, signal],
            "observed_on": days_seen[place, signal],
            "share": 1.0,
        }
    )
    told = [of_day[name] for of_day in sources for name in measures]
    names, number = np.unique(np.array(told, dtype=object), return_inverse=True)
    values["source"] = pd.Categorical.from_codes(number[day[place] * len(measures) + signal], categories=names.tolist())
    return against_peers(values, measures)


def against_peers(values: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Place each value in the lowest quarter, the middle half or the highest quarter of its peers of that day.

    Peers are the accounts of the same industry for which the signal is known, where these are at least 12, itself
    included; else all accounts of the book for which it is known. The place is the mid-rank percentile (equal values
    share the mean of their ranks), so a value that most peers have is in the middle. A value within the measure's
    band around the peers' median is in the middle too. With fewer than 5 peers, or if all of them show the same value,
    there is nothing to compare with and the row is left out.

    Parameters
    ----------
    values
        day (number), industry (may be missing), signal (categorical), value (known), and whatever else; one row an
        account, day and signal, active accounts only.
    measures
        The measure of each signal.

    Returns
    -------
    pandas.DataFrame
        `values` without the industry, and peers_median, peers (count), level_index: 0 towards the broker, 1, 2 towards
        the partner. The order of rows is kept.

    Examples
    --------
    >>> values = pd.DataFrame({"day": 0, "industry": None, "value": [1.0, 2.0, 3.0, 4.0, 9.0]})
    >>> values["signal"] = pd.Categorical(["tenure"] * 5)
    >>> against_peers(values, {"tenure": Measure("tenure", "{} years", "number")})["level_index"].tolist()
    [0, 1, 1, 1, 2]
    """
    signal, signals = values["signal"].cat.codes.to_numpy(dtype=np.int64), values["signal"].cat.categories
    in_book = values["day"].to_numpy(dtype=np.int64) * len(signals) + signal
    number = values["value"].to_numpy(dtype=float)
    standing = _standing(number, in_book)
    branch = values["industry"].astype("category").cat
    code = branch.codes.to_numpy(dtype=np.int64)
    inside = _standing(number[code >= 0], (in_book * len(branch.categories) + code)[code >= 0])
    enough = inside["peers"] >= PEERS_IN_INDUSTRY
    among_own = np.flatnonzero(code >= 0)[enough]
    for name, of_book in standing.items():
        of_book[among_own] = inside[name][enough]
    told = (standing["peers"] >= PEERS_IN_BOOK) & standing["differ"]
    more = np.array([measures[name].more_is_higher for name in signals])[signal]
    band = np.array([measures[name].band for name in signals], dtype=float)[signal]
    place = np.where(more, standing["place"], 1 - standing["place"])
    near = np.abs(number - standing["peers_median"]) <= band
    level_index = np.select(
        [near, place < LOWEST, place > HIGHEST], [MIDDLE_LEVEL, LOW_LEVEL, HIGH_LEVEL], default=MIDDLE_LEVEL
    )
    placed = values.drop(columns="industry").assign(
        peers_median=standing["peers_median"], peers=standing["peers"], level_index=level_index
    )
    return placed[told].reset_index(drop=True)


def _standing(values: np.ndarray, peer_group: np.ndarray) -> dict[str, np.ndarray]:
    """Tell of each value the median and the number of its peers, its place among them, and whether they differ.

    One sort serves all: within a group the values lie in order, and equal ones beside one another.
    """
    by_value = np.argsort(values, kind="stable")
    # There are few groups, and small whole numbers are put in order in a fraction of the time.
    small = peer_group.astype(np.min_scalar_type(int(peer_group.max(initial=0))))
    order = by_value[np.argsort(small[by_value], kind="stable")]
    value, group = values[order], peer_group[order]
    starts = _starts(np.diff(group) != 0, len(value))
    run = _starts((np.diff(group) != 0) | (np.diff(value) != 0), len(value))
    sizes, run_sizes = np.diff(np.append(starts, len(value))), np.diff(np.append(run, len(value)))
    start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    middle = np.repeat(run + run_sizes / 2, run_sizes)
    median = (value[starts + (sizes - 1) // 2] + value[starts + sizes // 2]) / 2 if len(value) else value
    sorted_answers = {
        "peers_median": np.repeat(median, sizes),
        "peers": size,
        "place": (middle - start) / size,
        "differ": np.repeat(value[starts + sizes - 1] > value[starts], sizes) if len(value) else size > 0,
    }
    answers = {name: np.empty_like(column) for name, column in sorted_answers.items()}
    for name, column in sorted_answers.items():
        answers[name][order] = column
    return answers


def _starts(changes: np.ndarray, length: int) -> np.ndarray:
    return np.concatenate([[0], np.flatnonzero(changes) + 1])[: length or None if length else 0]
