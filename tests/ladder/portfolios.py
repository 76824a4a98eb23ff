"""Portfolios whose true rungs are known, drawn at random, for finding out how well the ladder finds them.

In each group of evidence an account behaves as its rung plus a deviation of its own (normal, SPREAD rungs), which all
signals of the group share: one department's habits, one buyer's style, one manager's zeal. So the signals of a group
agree with each other more than the rung alone would make them; several signs of one kind are not several proofs.

The accounts are drawn from assumptions of their own, not from the likelihood table: no quarters and halves, but
quantities with overlapping distributions by true rung (means for broker, supplier, partner):

- discount off list 20 %, 13 %, 7 % with a standard deviation of 5 points; unit cost 66 %, 58 %, 50 % of list with 5
- categories bought 1 + binomial(8; 0.10, 0.30, 0.55); services in 3 %, 12 %, 30 % of lines, and of
  the others solutions in 2 %, 8 %, 20 %
- of poisson(2) chances to sell found in a year, poisson(2.2, 1.3, 0.6) rivals bid for each
- a month is active with probability 0.55, 0.80, 0.95; our share of the wallet beta-distributed around 0.15, 0.35, 0.60
- two people answer: perception is the true rung plus noise of standard deviation 0.7, rounded; recommendation is
  3.5 + 2 × rung with a standard deviation of 2; the answers are up to 18 months old
- of six posts (buyer, technical head, managing director, head of finance, plant manager, head of marketing) 1 +
  binomial(5; 0.25, 0.45, 0.75) are known to us; attitude around −0.3, 0.5, 1.2 with a standard deviation of 1
- touches a month poisson(0.5, 1.1, 2.0), for a broker's nearly all with the buyer; 8 %, 20 %, 40 % give value
- value is delivered poisson(0.3, 1.0, 2.5) times a year; 10 %, 35 %, 70 % have a plan for a goal of their own; of its
  eight milestones 45 %, 60 %, 75 % are kept; of poisson(3) cases 55 %, 65 %, 80 % are solved in time
- true rungs 35 %, 45 %, 20 %; a manager claims one rung too high in half of the cases where there is one above
"""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from tests.relations import Row, relations

AS_OF = dt.date(2026, 9, 30)
SPREAD = 0.6
_PRODUCTS: list[Row] = [
    {"product_id": f"{kind}{n}", "category": f"C{n}", "kind": name}
    for kind, name in {"S": "service", "X": "solution", "P": "product"}.items()
    for n in range(9)
]
_POSTS = (
    ("purchasing", "head"),
    ("technical", "head"),
    ("management", "executive"),
    ("finance", "head"),
    ("operations", "head"),
    ("marketing", "head"),
)
MONTHS = [date.date() for date in pd.date_range("2025-10-15", periods=12, freq="MS")]


@dataclass(frozen=True)
class Portfolio:
    """Rows of a book and the truth that no table of it holds."""

    truth: pd.Series
    tables: dict[str, list[Row]]

    def book(self) -> duckdb.DuckDBPyConnection:
        """Open the portfolio as a book."""
        return relations(**self.tables)


def portfolio(seed: int, accounts: int) -> Portfolio:
    """Draw so many accounts with all there can be known of them."""
    draw = np.random.default_rng(seed)
    truth = pd.Series(draw.choice(3, size=accounts, p=[0.35, 0.45, 0.20]), index=[f"A{n}" for n in range(accounts)])
    tables: dict[str, list[Row]] = {"products": _PRODUCTS}
    for account, rung in truth.items():
        for name, rows in _account(draw, str(account), int(rung)).items():
            tables.setdefault(name, []).extend(rows)
    return Portfolio(truth, tables)


def _account(draw: np.random.Generator, account: str, rung: int) -> dict[str, list[Row]]:
    voice, price, breadth, wallet, relation, joint = rung + draw.normal(0, SPREAD, 6)
    lines = _lines(draw, account, price=price, breadth=breadth, wallet=wallet)
    bought = sum(float(str(row["net_amount"])) for row in lines)
    mean = _at(wallet, (0.15, 0.35, 0.60))
    spent = bought / max(0.02, draw.beta(6 * mean, 6 * (1 - mean)))
    claimed = min(2, rung + int(draw.random() < 0.5)) + 1
    people = _people(draw, account, relation)
    return {
        "accounts": [{"account_id": account, "yearly_wallet": round(spent, 2), "claimed_rung": claimed}],
        "sales": lines,
        "surveys": [_answer(draw, f"{account}-{person}", account, voice) for person in range(2)],
        "contacts": people,
        "touches": _touches(draw, account, relation, joint, people),
        "value_delivered": [
            {"value_id": f"{account}-{n}", "account_id": account, "delivered_on": _day(draw)}
            for n in range(draw.poisson(_at(joint, (0.3, 1.0, 2.5))))
        ],
        "opportunities": [
            {
                "opportunity_id": f"{account}-{n}",
                "account_id": account,
                "title": "",
                "opened_on": _day(draw),
                "rivals": int(draw.poisson(_at(price, (2.2, 1.3, 0.6)))),
            }
            for n in range(draw.poisson(2))
        ],
        "cases": [_case(draw, account, joint, n) for n in range(draw.poisson(3))],
        **_plan(draw, account, joint),
    }


def _lines(draw: np.random.Generator, account: str, *, price: float, breadth: float, wallet: float) -> list[Row]:
    categories = draw.permutation(9)[: 1 + draw.binomial(8, _at(breadth, (0.10, 0.30, 0.55)))]
    discount = float(np.clip(draw.normal(_at(price, (0.20, 0.13, 0.07)), 0.05), 0, 0.5))
    cost = draw.normal(_at(price, (0.66, 0.58, 0.50)), 0.05)
    size = draw.lognormal(6, 1)
    lines: list[Row] = []
    for place, month in enumerate(MONTHS):
        if place and draw.random() > _at(wallet, (0.55, 0.80, 0.95)):
            continue
        amount = size * draw.lognormal(0, 0.3)
        other = "X" if draw.random() < _at(breadth, (0.02, 0.08, 0.20)) else "P"
        kind = "S" if draw.random() < _at(breadth, (0.03, 0.12, 0.30)) else other
        lines.append(
            {
                "account_id": account,
                "order_date": month,
                "product_id": f"{kind}{categories[place % len(categories)]}",
                "list_amount": round(amount, 2),
                "net_amount": round(amount * (1 - discount), 2),
                "cost_amount": round(amount * cost, 2),
            }
        )
    return lines


def _answer(draw: np.random.Generator, survey_id: str, account: str, level: float) -> Row:
    return {
        "survey_id": survey_id,
        "account_id": account,
        "survey_date": AS_OF - dt.timedelta(days=int(draw.integers(0, 550))),
        "perception": int(np.clip(round(level + 1 + draw.normal(0, 0.7)), 1, 3)),
        "nps": int(np.clip(round(3.5 + 2 * (level + 1) + draw.normal(0, 2)), 0, 10)),
    }


def _people(draw: np.random.Generator, account: str, level: float) -> list[Row]:
    others = draw.permutation(5)[: draw.binomial(5, _at(level, (0.25, 0.45, 0.75)))]
    return [
        {
            "contact_id": f"{account}-{place}",
            "account_id": account,
            "name": "",
            "function": _POSTS[place][0],
            "level": _POSTS[place][1],
            "influence": int(draw.integers(1, 6)),
            "attitude": int(np.clip(round(draw.normal(_at(level, (-0.3, 0.5, 1.2)), 1)), -2, 2)),
        }
        for place in (0, *(int(other) + 1 for other in others))
    ]


def _touches(draw: np.random.Generator, account: str, relation: float, joint: float, people: list[Row]) -> list[Row]:
    weights = np.array([1.0, *(_at(relation, (0.1, 0.4, 1.0)) for _ in people[1:])])
    return [
        {
            "touch_id": f"{account}-{n}",
            "account_id": account,
            "touch_date": _day(draw),
            "manager_id": "M",
            "contact_id": people[draw.choice(len(people), p=weights / weights.sum())]["contact_id"],
            "purpose": "value" if draw.random() < _at(joint, (0.08, 0.20, 0.40)) else "selling",
        }
        for n in range(draw.poisson(12 * _at(relation, (0.5, 1.1, 2.0))))
    ]


def _case(draw: np.random.Generator, account: str, level: float, number: int) -> Row:
    opened = _day(draw)
    days = 5 if draw.random() < _at(level, (0.55, 0.65, 0.80)) else 30
    return {
        "case_id": f"{account}-{number}",
        "account_id": account,
        "opened_on": opened,
        "target_days": 10,
        "closed_on": opened + dt.timedelta(days=days),
    }


def _plan(draw: np.random.Generator, account: str, level: float) -> dict[str, list[Row]]:
    if draw.random() > _at(level, (0.10, 0.35, 0.70)):
        return {}
    plan: Row = {
        "plan_id": account,
        "account_id": account,
        "name": "",
        "customer_goal": "grow",
        "starts_on": AS_OF - dt.timedelta(days=400),
        "ends_on": AS_OF,
    }
    promised = [_day(draw) for _ in range(8)]
    late = [0 if draw.random() < _at(level, (0.45, 0.60, 0.75)) else 20 for _ in promised]
    return {
        "plans": [plan],
        "milestones": [
            {
                "milestone_id": f"{account}-{n}",
                "plan_id": account,
                "title": "",
                "baseline_on": day,
                "done_on": day + dt.timedelta(days=days),
            }
            for n, (day, days) in enumerate(zip(promised, late, strict=True))
        ],
    }


def _day(draw: np.random.Generator) -> dt.date:
    return AS_OF - dt.timedelta(days=int(draw.integers(0, 360)))


def _at(level: float, means: tuple[float, float, float]) -> float:
    """Give the mean at a place on the ladder, from 0 (broker) to 2 (partner); beyond the ends it stays."""
    return float(np.interp(level, (0, 1, 2), means))
