"""What the sources say about each account on each day, how much each word weighs, and what it all comes to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pandas as pd

from kam.base.likelihoods import Likelihoods
from kam.base.rules import EVIDENCE_HALF_LIFE
from kam.base.terms import RUNG_KEYS
from kam.ladder import behaviour_signals as behaviour
from kam.ladder import bid_signals as bids
from kam.ladder import joint_signals as joint
from kam.ladder import relationship_signals as relationship
from kam.ladder import voice_signals as voice
from kam.portfolio.active_units import active, units

# A further group of signals is one more module here, with MEASURES and readings(), and its rows in the table.
BESIDE_PEERS = (behaviour, bids, relationship, joint)
MEASURES = {signal: measure for source in (voice, *BESIDE_PEERS) for signal, measure in source.MEASURES.items()}
DAYS_A_MONTH = 365.25 / 12
JUDGED = ["signal", "level_index", "share", "observed_on"]
TOLD = ["value", "peers_median", "source"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the sources know of the whole book on some days: what can be kept, whoever is asked about.

    A reading has unit and day (numbers) and the columns `JUDGED`, and `TOLD` too if it is to be told where they are
    from; `silent` are the unit and day of those that have fallen silent (`kam.portfolio.active_units.active`). Units
    are numbered by the accounts of the files, which no record written into the book changes.
    """

    days: tuple[dt.date, ...]
    silent: pd.DataFrame
    readings: tuple[pd.DataFrame, ...]

    def on(self, days: Sequence[dt.date]) -> "Heard":
        """Take some of these days, in the order given."""
        if tuple(days) == self.days:
            return self
        numbers = [self.days.index(day) for day in days]
        silent, *readings = (_of_days(rows, numbers) for rows in (self.silent, *self.readings))
        return Heard(tuple(days), silent, tuple(readings))


@dataclass(frozen=True, slots=True)
class Listed:
    """Accounts on days (as `kam.portfolio.active_units.units`, with `as_of` and `silent`) and what is said of them.

    A reading has the columns of those of `Heard` with `account` for unit and day: a place in `accounts`, which holds an
    account once a day.
    """

    days: tuple[dt.date, ...]
    accounts: pd.DataFrame
    readings: tuple[pd.DataFrame, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every word that was said, one entry each: of whom, in which row of the likelihood table, and its weight.

    `signal_row` is the first row of its signal; `pulls` (entries × rungs) are weights of evidence in nats that add up
    to 0; `age` is in months.
    """

    account: np.ndarray
    signal_row: np.ndarray
    row: np.ndarray
    group: np.ndarray
    share: np.ndarray
    age: np.ndarray
    weight: np.ndarray
    pulls: np.ndarray
    observed_on: np.ndarray

    def added(self, accounts: int) -> np.ndarray:
        """Add the pulls up: accounts × rungs."""
        return np.stack(
            [np.bincount(self.account, weights=rung, minlength=accounts) for rung in self.pulls.T], axis=1
        ).reshape(accounts, len(RUNG_KEYS))

    def without(self, groups: Sequence[int]) -> "Weighed":
        """Leave groups out; a group weighs the same whatever the others say, so that nothing else changes."""
        heard = ~np.isin(self.group, groups)
        return Weighed(*(getattr(self, field.name)[heard] for field in fields(self)))

    def present(self, accounts: int, signals: int) -> np.ndarray:
        """Tell which rows of the likelihood table begin a signal that speaks: accounts × rows, true or false."""
        found = np.zeros((accounts, signals), dtype=bool)
        found[self.account, self.signal_row] = True
        return found


def hear(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], told: bool = False) -> Heard:
    """Ask every source once what it knew of the whole book on each of these days.

    `told` asks for what `kam.ladder.evidence.evidence` tells beside the rung, too: each value, its peers' median, and
    where it was seen.
    """
    peers = active(cursor, days=days)
    readings = [voice.readings(cursor, days=days, told=told)]
    readings += [source.readings(cursor, days=days, peers=peers) for source in BESIDE_PEERS]
    # Kept for as long as it is asked about, so it should be small: at 5,000 accounts a day holds about 100,000 rows.
    small = {"unit": "int32", "day": "int16"}
    columns = [*small, *JUDGED, *(TOLD if told else ())]
    slim = [reading.reindex(columns=columns).astype(small | {"level_index": "int8"}) for reading in readings]
    silent = peers.loc[peers["silent"].astype(bool), list(small)].reset_index(drop=True)
    return Heard(tuple(days), silent, tuple(slim))


def listed(cursor: duckdb.DuckDBPyConnection, heard: Heard) -> Listed:
    """List the accounts in view, and give each its part of what was heard."""
    of_day = units(cursor, days=heard.days)
    of_day = of_day.assign(as_of=np.array(heard.days, dtype="datetime64[us]")[of_day["day"].to_numpy(dtype=np.int64)])
    numbers = [rows["unit"] for rows in (of_day, heard.silent, *heard.readings)]
    place = np.full((1 + max((int(each.max()) for each in numbers if len(each)), default=0), len(heard.days)), -1)
    place[of_day["unit"], of_day["day"]] = np.arange(len(of_day))
    silent = np.zeros(1 + len(of_day), dtype=bool)  # the last place is for those that are not listed
    silent[place[heard.silent["unit"], heard.silent["day"]]] = True
    of_day = of_day.assign(silent=silent[:-1])
    return Listed(heard.days, of_day, tuple(_placed(reading, place) for reading in heard.readings))


def weigh(readings: Sequence[pd.DataFrame], *, as_of: pd.Series, likelihoods: Likelihoods) -> Weighed:
    """Weigh what the sources say, the entries of all readings one after the other.

    The weight is share × 0.5^(age in months / 12) ÷ (signals of its group that are present).

    Parameters
    ----------
    readings
        Frames with `account` (a place) and the columns `JUDGED`.
    as_of
        The day each account is seen on, by its place.
    likelihoods
        The table of P(level | rung).
    """
    table = likelihoods.frame()
    first_row = {signal: row for row, signal in reversed(list(enumerate(table["signal"])))}
    group_of_row = pd.factorize(table["group"])[0]
    signal_row = np.concatenate(
        [
            np.array([first_row[name] for name in reading["signal"].cat.categories], dtype=np.int64)[
                reading["signal"].cat.codes.to_numpy(dtype=np.int64)
            ]
            for reading in readings
        ]
    )
    account, level_index, share, observed_on = (
        np.concatenate([reading[name].to_numpy() for reading in readings])
        for name in ("account", "level_index", "share", "observed_on")
    )
    account = account.astype(np.int64)
    row = signal_row + level_index.astype(np.int64)
    group = group_of_row[row]
    days = as_of.to_numpy()[account] - observed_on
    age = days.astype("timedelta64[D]").astype(float) / DAYS_A_MONTH
    weight = share * faded(age) / _signals_in_group(account, signal_row, group)
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))
    pulls = (logs - logs.mean(axis=1, keepdims=True))[row] * weight[:, None]
    return Weighed(account, signal_row, row, group, share, age, weight, pulls, observed_on)


def faded(months: np.ndarray) -> np.ndarray:
    """Return what is left of evidence of that age: one half after every twelve months.

    >>> faded(np.array([0.0, 12.0, 24.0])).tolist()
    [1.0, 0.5, 0.25]
    """
    return 0.5 ** (months / EVIDENCE_HALF_LIFE)


def _of_days(rows: pd.DataFrame, numbers: Sequence[int]) -> pd.DataFrame:
    of_each = [np.flatnonzero(rows["day"].to_numpy() == number) for number in numbers]
    day = np.repeat(np.arange(len(numbers), dtype=np.int16), [len(each) for each in of_each])
    return rows.iloc[np.concatenate(of_each)].assign(day=day)


def _placed(reading: pd.DataFrame, place: np.ndarray) -> pd.DataFrame:
    account = place[reading["unit"].to_numpy(), reading["day"].to_numpy()]
    here = account >= 0
    return reading.drop(columns=["unit", "day"])[here].assign(account=account[here]).reset_index(drop=True)


def _signals_in_group(account: np.ndarray, signal_row: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Count, for each entry, the signals present in its account's group; several answers to one question are one."""
    if not len(account):
        return np.ones(0)
    present = np.zeros((account.max() + 1, signal_row.max() + 1), dtype=bool)
    present[account, signal_row] = True
    group_of_signal = np.zeros(signal_row.max() + 1, dtype=np.int64)
    group_of_signal[signal_row] = group
    in_group = np.eye(group.max() + 1)[group_of_signal]
    in_group[~present.any(axis=0)] = 0
    return (present.astype(float) @ in_group)[account, group]
