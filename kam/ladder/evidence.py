"""What speaks for which rung: every signal of every account, its weight, its pull, and the rows it comes from."""

import numpy as np
import pandas as pd

from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.terms import RUNG_KEYS
from kam.ladder.gather import MEASURES, Listed, weigh

LOG_ODDS = [f"log_odds_{rung}" for rung in RUNG_KEYS]
COLUMNS = [
    "account_id",
    "group",
    "signal",
    "level",
    "weight",
    *LOG_ODDS,
    "log_odds",
    "observed",
    "observed_on",
    "source",
]
TEXTS = ["account_id", "group", "signal", "level", "observed", "source"]


def evidence(found: Listed, *, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
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
    found
        The accounts of one day and what was heard of them, with what is told (`kam.ladder.gather.hear`). Nothing dated
        later is used: an earlier day gives what could have been known then. Sales count by whole months.
    likelihoods
        The table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        account_id, group, signal, level, weight, log_odds_broker, log_odds_supplier, log_odds_partner, log_odds
        (nats), observed (text), observed_on, source (text that names the rows); accounts by revenue, rows in the order
        of the table, the newest first. Only accounts with any sales up to that day; a signal without data is not there.
    """
    said = weigh(found.readings, as_of=found.accounts["as_of"], likelihoods=likelihoods)
    table = likelihoods.frame()
    rows = pd.DataFrame(said.pulls, columns=LOG_ODDS).assign(
        account=said.account,
        account_id=found.accounts["account_id"].to_numpy()[said.account],
        signal_row=said.signal_row,
        weight=said.weight,
        log_odds=said.pulls[:, -1] - said.pulls[:, 0],
        observed=[text for reading in found.readings for text in _observed(reading)],
        observed_on=said.observed_on,
        source=[text for reading in found.readings for text in reading["source"].tolist()],
        **{column: table[column].to_numpy()[said.row] for column in ("group", "signal", "level")},
    )
    order = ["account", "signal_row", "observed_on", "source"]
    ordered = rows.sort_values(order, ascending=[True, True, False, True])[COLUMNS].reset_index(drop=True)
    return ordered.astype(dict.fromkeys(TEXTS, "str"))


def _observed(reading: pd.DataFrame) -> list[str]:
    texts = np.full(len(reading), "", dtype=object)
    signal = reading["signal"].cat
    for code, name in enumerate(signal.categories):
        rows = (signal.codes == code).to_numpy()
        texts[rows] = MEASURES[name].observed(reading["value"][rows], reading["peers_median"][rows])
    return texts.tolist()
