"""What speaks for which rung: every signal of every account, its weight, its pull, and the rows it comes from."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from kam.ladder import behaviour, joint, relationship, voice
from kam.ladder.likelihoods import DEFAULT, RUNG_KEYS, Likelihoods
from kam.ladder.units import units
from kam.metrics.windows import checked_level

# A further group of signals is one more module here, with MEASURES and readings(), and its rows in the table.
SOURCES = (voice, behaviour, relationship, joint)
HALF_LIFE_MONTHS = 12
DAYS_A_MONTH = 365.25 / 12
LOG_ODDS = [f"log_odds_{rung}" for rung in RUNG_KEYS]
COLUMNS = [
    "account_id", "group", "signal", "level", "weight", *LOG_ODDS, "log_odds", "observed", "observed_on", "source",
]  # fmt: skip
TEXTS = ["account_id", "group", "signal", "level", "observed", "source"]
READING = ["account", "signal", "level_index", "share", "observed_on", "value", "peers_median", "source"]
MEASURES = {signal: measure for source in SOURCES for signal, measure in source.MEASURES.items()}


def evidence(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    level: str = "account",
    accounts: Sequence[str] | None = None,
    likelihoods: Likelihoods = DEFAULT,
) -> pd.DataFrame:
    """List the evidence for the rung of each account: what was seen, when, and how strongly it pulls.

    The weight of a row is

        share × 0.5^(age in months / 12) ÷ (signals of its group that are present)

    where `share` is the person's part of a survey signal (1 for all others) and a month is 365.25/12 days, so a group
    with many signals speaks once, as the mean of what they say. The pulls are weights of evidence in nats
    (Good 1950): `log_odds_broker` = weight × ln[P(level | broker) ÷ geometric mean of P(level | rung) over the
    three rungs], likewise for the others; the three add up to 0, and prior × exp(their sums over an account's rows),
    normalised, is the posterior of `kam.ladder.rung.ladder`. `log_odds` = log_odds_partner − log_odds_broker
    = weight × ln[P(level | partner) ÷ P(level | broker)] is the pull up the ladder: +0.69 doubles the odds of partner
    to broker.

    Parameters
    ----------
    cursor
        A cursor of an opened book.
    as_of
        Nothing dated later is used: an earlier day gives what could have been known then. Sales count by whole months.
    level
        "account", or "parent": subsidiaries roll up and speak together.
    accounts
        Only these accounts; peers are always those of the whole book.
    likelihoods
        The table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        account_id, group, signal, level, weight, log_odds_broker, log_odds_supplier, log_odds_partner, log_odds
        (nats), observed (text), observed_on, source (text that names the rows); accounts by revenue, rows in the order
        of the table, the newest first. Only accounts with any sales up to `as_of`; a signal without data is not there.
    """
    listed = units(cursor, as_of=as_of, level=level, accounts=accounts)["account_id"]
    readings = read(cursor, as_of=as_of, level=level, listed=listed)
    weighed = weigh(readings, as_of=as_of, likelihoods=likelihoods)
    weighed["account_id"] = listed.to_numpy()[weighed["account"].to_numpy()]
    weighed["observed"] = [text for reading in readings for text in _observed(reading)]
    weighed["source"] = [text for reading in readings for text in reading["source"].tolist()]
    table = likelihoods.frame()
    for column in ("group", "signal", "level"):
        weighed[column] = table[column].to_numpy()[weighed["row"].to_numpy()]
    order = ["account", "signal_row", "observed_on", "source"]
    ordered = weighed.sort_values(order, ascending=[True, True, False, True])[COLUMNS].reset_index(drop=True)
    return ordered.astype(dict.fromkeys(TEXTS, "str"))


def read(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str, listed: pd.Series) -> list[pd.DataFrame]:
    """Ask every source what it knows of the listed accounts.

    Returns
    -------
    list of pandas.DataFrame
        One a source: account (place in `listed`), signal (categorical), level_index, share, observed_on, value,
        peers_median, source.
    """
    index = pd.Index(listed)
    readings = []
    for source in SOURCES:
        reading = source.readings(cursor, as_of=as_of, level=checked_level(level))
        reading = reading.assign(account=index.get_indexer(pd.Index(reading["account_id"])))
        readings.append(reading[reading["account"] >= 0].reindex(columns=READING).reset_index(drop=True))
    return readings


def weigh(readings: Sequence[pd.DataFrame], *, as_of: dt.date, likelihoods: Likelihoods) -> pd.DataFrame:
    """Weigh what the sources say: the weight of each row and its pull towards each rung.

    Returns
    -------
    pandas.DataFrame
        account (as in the readings), signal_row and row (the signal's first row and the level's own in the likelihood
        table), group_number, weight, log_odds_broker, log_odds_supplier, log_odds_partner, log_odds (nats),
        observed_on; the rows of all readings, one after the other.
    """
    table = likelihoods.frame()
    first_row = {signal: row for row, signal in reversed(list(enumerate(table["signal"])))}
    group_of_row = pd.factorize(table["group"])[0]
    signal_row = np.concatenate([reading["signal"].map(first_row).to_numpy(dtype=np.int64) for reading in readings])
    numbers = pd.concat([reading[["account", "level_index", "share", "observed_on"]] for reading in readings])
    account = numbers["account"].to_numpy(dtype=np.int64)
    row = signal_row + numbers["level_index"].to_numpy(dtype=np.int64)
    group = group_of_row[row]
    age = (pd.Timestamp(as_of) - numbers["observed_on"]).dt.days.to_numpy(dtype=float) / DAYS_A_MONTH
    share = numbers["share"].to_numpy(dtype=float)
    weight = share * 0.5 ** (age / HALF_LIFE_MONTHS) / _signals_in_group(account, signal_row, group)
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))
    pulls = (logs - logs.mean(axis=1, keepdims=True))[row] * weight[:, None]
    return pd.DataFrame(pulls, columns=LOG_ODDS).assign(
        log_odds=pulls[:, -1] - pulls[:, 0],
        account=account,
        signal_row=signal_row,
        row=row,
        group_number=group,
        weight=weight,
        observed_on=numbers["observed_on"].to_numpy(),
    )


def _signals_in_group(account: np.ndarray, signal_row: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Count, for each row, the signals present in its account's group; several answers to one question are one."""
    if not len(account):
        return np.ones(0)
    present = np.zeros((account.max() + 1, signal_row.max() + 1), dtype=bool)
    present[account, signal_row] = True
    group_of_signal = np.zeros(signal_row.max() + 1, dtype=np.int64)
    group_of_signal[signal_row] = group
    in_group = np.eye(group.max() + 1, dtype=np.int64)[group_of_signal]
    in_group[~present.any(axis=0)] = 0
    return (present.astype(np.int64) @ in_group)[account, group]


def _observed(reading: pd.DataFrame) -> list[str]:
    texts = np.full(len(reading), "", dtype=object)
    signal = reading["signal"].cat
    for code, name in enumerate(signal.categories):
        rows = (signal.codes == code).to_numpy()
        texts[rows] = MEASURES[name].observed(reading["value"][rows], reading["peers_median"][rows])
    return texts.tolist()
