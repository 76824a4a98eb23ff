"""Portfolios whose true rungs are known: evidence finds them, more of it leaves fewer unknown, and claims do worse.

The accounts are drawn from assumptions of their own, not from the likelihood table: no quarters and halves, but
quantities with overlapping distributions by true rung (means for broker, supplier, partner):

- discount off list 20 %, 13 %, 7 % with a standard deviation of 5 points; unit cost 66 %, 58 %, 50 % of list with 5
- categories bought 1 + binomial(8; 0.10, 0.30, 0.55); services in 3 %, 12 %, 30 % of lines
- a month is active with probability 0.55, 0.80, 0.95; our share of the wallet beta-distributed around 0.15, 0.35, 0.60
- two people answer: perception is the true rung plus noise of standard deviation 0.7, rounded; recommendation is
  3.5 + 2 × rung with a standard deviation of 2; the answers are up to 18 months old
- true rungs 35 %, 45 %, 20 %; a manager claims one rung too high in half of the cases where there is one above
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from kam.ladder.likelihoods import RUNGS
from kam.ladder.rung import ladder
from tests.relations import Row, relations

AS_OF = dt.date(2026, 9, 30)
ACCOUNTS = 120
MONTHS = [date.date() for date in pd.date_range("2025-10-15", periods=12, freq="MS")]


@dataclass(frozen=True)
class Portfolio:
    """Rows of a book and the truth that no table of it holds."""

    truth: pd.Series
    accounts: list[Row]
    sales: list[Row]
    surveys: list[Row]


def _portfolio(seed: int) -> Portfolio:
    draw = np.random.default_rng(seed)
    truth = pd.Series(draw.choice(3, size=ACCOUNTS, p=[0.35, 0.45, 0.20]), index=[f"A{n}" for n in range(ACCOUNTS)])
    accounts, sales, surveys = [], [], []
    for account, rung in truth.items():
        lines = _lines(draw, str(account), rung)
        bought = sum(float(str(row["net_amount"])) for row in lines)
        mean = [0.15, 0.35, 0.60][rung]
        wallet = bought / max(0.02, draw.beta(6 * mean, 6 * (1 - mean)))
        claimed = min(2, rung + int(draw.random() < 0.5)) + 1
        accounts.append({"account_id": account, "yearly_wallet": round(wallet, 2), "claimed_rung": claimed})
        sales += lines
        surveys += [_answer(draw, f"{account}-{person}", str(account), rung) for person in range(2)]
    return Portfolio(truth, accounts, sales, surveys)


def _lines(draw: np.random.Generator, account: str, rung: int) -> list[Row]:
    categories = draw.permutation(9)[: 1 + draw.binomial(8, [0.10, 0.30, 0.55][rung])]
    discount = float(np.clip(draw.normal([0.20, 0.13, 0.07][rung], 0.05), 0, 0.5))
    cost = draw.normal([0.66, 0.58, 0.50][rung], 0.05)
    size = draw.lognormal(6, 1)
    lines: list[Row] = []
    for place, month in enumerate(MONTHS):
        if place and draw.random() > [0.55, 0.80, 0.95][rung]:
            continue
        amount = size * draw.lognormal(0, 0.3)
        kind = "S" if draw.random() < [0.03, 0.12, 0.30][rung] else "P"
        lines.append(
            {"account_id": account, "order_date": month, "product_id": f"{kind}{categories[place % len(categories)]}",
             "list_amount": round(amount, 2), "net_amount": round(amount * (1 - discount), 2),
             "cost_amount": round(amount * cost, 2)}
        )  # fmt: skip
    return lines


def _answer(draw: np.random.Generator, survey_id: str, account: str, rung: int) -> Row:
    return {
        "survey_id": survey_id,
        "account_id": account,
        "survey_date": AS_OF - dt.timedelta(days=int(draw.integers(0, 550))),
        "perception": int(np.clip(round(rung + 1 + draw.normal(0, 0.7)), 1, 3)),
        "nps": int(np.clip(round(3.5 + 2 * (rung + 1) + draw.normal(0, 2)), 0, 10)),
    }


def _ladders(portfolio: Portfolio) -> list[pd.DataFrame]:
    """Place the portfolio on the ladder, beside the truth: with all there is to know, then with less at each step."""
    products = [
        {"product_id": f"{kind}{n}", "category": f"C{n}", "kind": "service" if kind == "S" else "product"}
        for kind in "SP"
        for n in range(9)
    ]
    book = relations(portfolio.sales, accounts=portfolio.accounts, products=products, surveys=portfolio.surveys)
    names = dict(enumerate(RUNGS))
    ladders = []
    for forget in (
        "select 1",
        "delete from surveys",
        "update sales_month set list = null, net_listed = null, cost = null, net_costed = null",
    ):
        book.execute(forget)
        found = ladder(book.cursor(), as_of=AS_OF)
        ladders.append(found.assign(true=found["account_id"].map(portfolio.truth).map(names)))
    return ladders


@pytest.fixture(scope="module", params=[1, 2])
def ladders(request: pytest.FixtureRequest) -> list[pd.DataFrame]:
    return _ladders(_portfolio(request.param))


def test_evidence_finds_true_rungs_far_better_than_claims(ladders: list[pd.DataFrame]) -> None:
    found = ladders[0]
    known = found[found["rung"] != "unknown"]
    right, claimed = (known["rung"] == known["true"]).mean(), (known["claimed_rung"] == known["true"]).mean()
    assert len(known) > 0.6 * len(found)
    assert right > 0.8
    assert right > claimed + 0.1


def test_it_is_right_at_least_as_often_as_it_says(ladders: list[pd.DataFrame]) -> None:
    for found in ladders:
        known = found[found["rung"] != "unknown"]
        sure = known[["p_broker", "p_supplier", "p_partner"]].max(axis=1)
        assert (known["rung"] == known["true"]).sum() >= sure.sum()


def test_each_further_group_leaves_fewer_unknown(ladders: list[pd.DataFrame]) -> None:
    two_groups, three_groups, four_groups = (
        (found["rung"] == "unknown").mean() for found in (ladders[2], ladders[1], ladders[0])
    )
    assert two_groups == 1.0
    assert three_groups < 0.55
    assert four_groups < three_groups - 0.1


def test_claims_too_high_show_as_gaps(ladders: list[pd.DataFrame]) -> None:
    found = ladders[0]
    too_high = found["claimed_rung"] != found["true"]
    assert found["gap"][too_high].mean() > found["gap"][~too_high].mean() + 0.5
