"""What is in danger, how much money is at stake, and who acts: six rules over the frames of accounts and ladder."""

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from kam.base.periods import MONTHS, months_between, shift, window_start
from kam.base.rules import DEPENDENCE
from kam.dangers import words
from kam.portfolio.concentration import dependence as dependent_parents

KINDS = ("dependence", "silent", "falling", "negative margin", "discount erosion", "claimed above evidence")
WATCH, ACT, URGENT = 1, 2, 3
COLUMNS = ["account_id", "name", "manager", "kind", "amount", "text", "severity", "revenue"]


def dangers(
    accounts: pd.DataFrame,
    monthly: pd.DataFrame,
    *,
    as_of: dt.date,
    parents: pd.DataFrame,
    ladder: pd.DataFrame | None = None,
    currency: str | None = None,
    dependence: float = DEPENDENCE,
    silent_months: int = 3,
    silent_gaps: float = 2.0,
    steady_months: int = 4,
    fall: float = 0.20,
    erosion: float = 0.03,
    coverage: float = 0.50,
    gap: float = 0.50,
    trivial: float = 0.0005,
) -> pd.DataFrame:
    """List the accounts in danger, most money first, each with a sentence that says why.

    Parameters
    ----------
    accounts, monthly
        The frames of `accounts` and `monthly` at one level.
    as_of
        Last day of the as-of month.
    parents
        The frame of `accounts` at parent level: dependence is judged on customers as a whole.
    ladder
        Columns `account_id`, `rung`, `claimed_rung` (words) and `gap`; None where nothing is known of rungs.
    currency
        Written before the amounts in the sentences.
    dependence
        A parent with this share of revenue or more is named (10 %: ASC 280-10-50-42). Twice that is urgent.
    silent_months, silent_gaps, steady_months
        Silent: active in at least `steady_months` months of the year to its last active month, and since then
        without an active month for `silent_months` or more, and for more than `silent_gaps` times its own usual
        distance between active months (its own rhythm, not the calendar: Schmittlein, Morrison & Colombo 1987).
        The numbers are ours. An account silent for the whole window is lost, not in danger.
    fall
        Falling: growth ≤ −fall with R1 > 0. A fifth is our choice. Half or more is urgent.
    erosion
        Discount rate up by so much in a year. Three points of price are worth a third of an average company's
        operating profit: 1 % of price is worth 11 % of it (Marn & Rosiello 1992).
    coverage
        Negative margin is judged where at least this share of net has a cost, and urgent if last year's was too.
    gap
        Claimed above evidence: claimed − expected rung. From one half on, a lower rung is nearer.
    trivial
        Amounts under this share of revenue are left out: 5 % of 1 % of revenue, what audit practice calls
        clearly trivial (ISA 450 leaves the number to judgement).

    Returns
    -------
    pandas.DataFrame
        `account_id`, `name`, `manager`, `kind` (one of `KINDS`), `amount` in the book's currency: the yearly money
        at stake (dependence and claims: its revenue; silent: revenue in the year to its last active month; falling:
        the revenue gone; negative margin: the loss; discount erosion: the added discount on this year's list
        value); `text`; `severity` 1 watch, 2 act, 3 urgent; `revenue` of the account. Empty without accounts.
    """
    floor = trivial * max(0.0, accounts["revenue"].sum())
    found = [
        *_dependence(parents, threshold=dependence),
        *_silent(accounts, monthly, as_of, currency, (silent_months, silent_gaps, steady_months)),
        *_falling(accounts, currency, fall=fall),
        *_negative_margin(accounts, currency, coverage=coverage),
        *_discount_erosion(accounts, currency, erosion=erosion),
        *_claimed(accounts, ladder, gap=gap),
    ]
    kinds = {"account_id": "str", "name": "str", "manager": "str", "kind": "str", "text": "str"}
    frame = pd.DataFrame(found, columns=COLUMNS).astype(
        {**kinds, "amount": "float64", "severity": "int64", "revenue": "float64"}
    )
    order = frame.assign(place=frame["kind"].map(KINDS.index)).sort_values(
        ["amount", "account_id", "place"], ascending=[False, True, True], ignore_index=True
    )
    return order.loc[order["amount"] >= floor, COLUMNS].reset_index(drop=True)


def _danger(account: dict[Hashable, Any], kind: str, amount: float, text: str, severity: int) -> dict[str, object]:
    return {
        "account_id": account["account_id"],
        "name": account["name"],
        "manager": account["manager"],
        "kind": kind,
        "amount": amount,
        "text": text,
        "severity": severity,
        "revenue": account["revenue"],
    }


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")


def _dependence(parents: pd.DataFrame, *, threshold: float) -> Iterator[dict[str, object]]:
    for row in _rows(dependent_parents(parents, threshold=threshold)):
        text = words.dependence(row["name"], share=row["share"], threshold=threshold)
        yield _danger(row, "dependence", row["revenue"], text, URGENT if row["share"] >= 2 * threshold else ACT)


def _silent(
    accounts: pd.DataFrame, monthly: pd.DataFrame, as_of: dt.date, currency: str | None, rule: tuple[int, float, int]
) -> Iterator[dict[str, object]]:
    silent_months, silent_gaps, steady_months = rule
    # the year to a last month inside the window begins at most two years back
    monthly = monthly[monthly["month"] >= pd.Timestamp(window_start(as_of, 2 * MONTHS))]
    number = monthly["month"].dt.year * 12 + monthly["month"].dt.month
    active = monthly.assign(number=number)[monthly["revenue"] > 0]
    last = active.groupby("account_id")["number"].max().rename("last")
    year = monthly.assign(number=number, last=last.reindex(monthly["account_id"]).to_numpy())
    year = year[(year["number"] <= year["last"]) & (year["number"] > year["last"] - MONTHS)]
    bought = year[year["revenue"] > 0].groupby("account_id")["number"]
    rhythm = pd.DataFrame({"last": last, "active": bought.count(), "first": bought.min()})
    rhythm["worth"] = year.groupby("account_id")["revenue"].sum()
    rhythm["quiet"] = months_between(dt.date(1, 1, 1), as_of) + 13 - rhythm["last"]
    steady = rhythm[(rhythm["active"] >= max(2, steady_months)) & (rhythm["quiet"] < MONTHS)]
    usual = (steady["last"] - steady["first"]) / (steady["active"] - 1)
    steady = steady[(steady["quiet"] >= silent_months) & (steady["quiet"] > silent_gaps * usual)]
    for row in _rows(accounts.merge(steady, left_on="account_id", right_index=True)):
        quiet = int(row["quiet"])
        text = words.silent(
            row["name"],
            last_month=shift(as_of, -quiet),
            quiet=quiet,
            active=int(row["active"]),
            currency=currency,
            worth=row["worth"],
        )
        yield _danger(row, "silent", row["worth"], text, URGENT)


def _falling(accounts: pd.DataFrame, currency: str | None, *, fall: float) -> Iterator[dict[str, object]]:
    urgent = -0.5
    for row in _rows(accounts[(accounts["growth"] <= -fall) & (accounts["revenue"] > 0)]):
        text = words.falling(
            row["name"],
            growth=row["growth"],
            prior_revenue=row["prior_revenue"],
            revenue=row["revenue"],
            currency=currency,
        )
        yield _danger(row, "falling", -row["change"], text, URGENT if row["growth"] <= urgent else ACT)


def _negative_margin(accounts: pd.DataFrame, currency: str | None, *, coverage: float) -> Iterator[dict[str, object]]:
    losing = accounts[(accounts["margin"] < 0) & (accounts["cost_coverage"] >= coverage)]
    for row in _rows(losing):
        text = words.negative_margin(
            row["name"], margin=row["margin"], margin_rate=row["margin_rate"], revenue=row["revenue"], currency=currency
        )
        yield _danger(row, "negative margin", -row["margin"], text, URGENT if row["prior_margin"] < 0 else ACT)


def _discount_erosion(accounts: pd.DataFrame, currency: str | None, *, erosion: float) -> Iterator[dict[str, object]]:
    # rounded far below what anyone reads, so that from 12 % to 15 % is three points and not a hair less
    added = (accounts["discount_rate"] - accounts["prior_discount_rate"]).round(9)
    for row in _rows(accounts.assign(added=added)[added >= erosion]):
        given = row["added"] * row["listed"]
        text = words.discount_erosion(
            row["name"],
            prior_rate=row["prior_discount_rate"],
            rate=row["discount_rate"],
            given=given,
            currency=currency,
        )
        yield _danger(row, "discount erosion", given, text, URGENT if row["added"] >= 2 * erosion else ACT)


def _claimed(accounts: pd.DataFrame, ladder: pd.DataFrame | None, *, gap: float) -> Iterator[dict[str, object]]:
    if ladder is None:
        return
    high = ladder[(ladder["gap"] >= gap) & (ladder["rung"] != "unknown") & (ladder["rung"] != ladder["claimed_rung"])]
    for row in _rows(accounts.merge(high[["account_id", "rung", "claimed_rung", "gap"]], on="account_id")):
        text = words.claimed_above_evidence(row["name"], claimed=row["claimed_rung"], rung=row["rung"], gap=row["gap"])
        yield _danger(row, "claimed above evidence", row["revenue"], text, ACT if row["gap"] >= 1 else WATCH)
