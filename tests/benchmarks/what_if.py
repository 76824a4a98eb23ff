"""Answering a scenario beside plain drawing of as many months: `python -m tests.benchmarks.what_if ACCOUNTS WHAT`.

One process does one thing and prints one line of JSON, as `tests.benchmarks.contestants` does.
"""

import datetime as dt
import sys
from collections.abc import Callable

import numpy as np
import pandas as pd

from kam.whatif.account_facts import AMOUNTS, Facts
from kam.whatif.assumptions import STEP_PRICE, STEP_RETENTION, STEPS
from kam.whatif.by_account import by_account
from kam.whatif.by_month import by_month
from kam.whatif.scenario import BASELINE, Lever, Scenario
from kam.whatif.simulate import measured, simulate
from kam.whatif.year_ahead import Outlook, fates, outlook
from tests.benchmarks.contestants import tell

DRAWS, MONTHS = 2_000, 12
SCENARIO = Scenario((Lever("list_price", 0.03), Lever("volume", -0.1, "rung", "1")))


def drawn_and_summed(found: Outlook) -> None:
    """Draw every account's months from the 24 before, with replacement, and sum them; nothing is made of the sums."""
    rng = np.random.default_rng(0)
    months = found.facts.months[:, -24:].astype(np.float32)
    rows = np.arange(len(months))
    total = np.zeros((DRAWS, len(months)), dtype=np.float32)
    for _ in range(MONTHS):
        total += months[rows, rng.integers(0, 24, (DRAWS, len(months)))]
    np.quantile(total.sum(axis=1), (0.1, 0.9))


def simulated(found: Outlook) -> None:
    """Draw fates and answer a scenario that moves every account, baseline and all."""
    thrown = fates(found, draws=DRAWS, seed=0)
    before, after = (measured(found, asked, thrown=thrown) for asked in (BASELINE, SCENARIO))
    simulate(found, SCENARIO, before=before, after=after)


def simulated_in_full(found: Outlook) -> None:
    """Answer it by measure, month and account."""
    thrown = fates(found, draws=DRAWS, seed=0)
    before, after = (measured(found, asked, thrown=thrown) for asked in (BASELINE, SCENARIO))
    simulate(found, SCENARIO, before=before, after=after)
    by_month(found, before=before, after=after, won=0.0, as_of=dt.date(2026, 9, 30), seed=0)
    by_account(found, SCENARIO, drawn_before=before, drawn_after=after)


CONTESTANTS: dict[str, Callable[[Outlook], None]] = {
    "NumPy, drawing and summing months": drawn_and_summed,
    "kam, measures with ranges": simulated,
    "kam, measures, months and accounts": simulated_in_full,
}


def looked(accounts: int) -> Outlook:
    """Look ahead for so many accounts with three years of months; a tenth leaves each year."""
    rng = np.random.default_rng(1)
    level = np.exp(rng.normal(9, 1.3, accounts))
    stay = np.cumprod(rng.random((accounts, 3)) > 0.1, axis=1)
    months = level[:, None] * np.repeat(stay, MONTHS, axis=1) * rng.gamma(2, 0.5, (accounts, 3 * MONTHS))
    net = months[:, -MONTHS:].sum(axis=1)[None]
    amounts = dict(zip(AMOUNTS, (net, net / 0.9, net, 0.7 * net, net), strict=True))
    ids = [f"A{number:05}" for number in range(accounts)]
    who = pd.DataFrame(
        {
            "account_id": ids,
            "name": ids,
            "root_id": ids,
            "industry": "",
            "region": "",
            "manager": "",
            "in_view": True,
            "rung": rng.choice(["1", "2", "3", "unknown"], accounts),
        }
    )
    sold = np.flatnonzero(net[0] > 0)
    rates = pd.DataFrame(
        {"rate": 0.1, "list": net[0, sold] / 0.9, "net_listed": net[0, sold], "category": 0, "account": sold}
    )
    facts = Facts(who, months, np.full(accounts, 36), ("",), amounts, rates)
    goals = pd.DataFrame(columns=["account_id", "category", "metric", "actual", "baseline", "target", "share"])
    return outlook(facts, steps=dict.fromkeys(STEPS, (STEP_RETENTION, STEP_PRICE)), objectives=goals)


def main() -> None:
    """Let the contestant named second answer for so many accounts."""
    accounts, name = int(sys.argv[1]), sys.argv[2]
    found = looked(accounts)
    tell(lambda: CONTESTANTS[name](found))


if __name__ == "__main__":
    main()
