"""White space in words: why an account may buy what it does not, what the gaps come to, and how good the guess is."""

import numpy as np
import pandas as pd

from kam.base.numbers import count, day, known, money, month, percent, points, signed_points
from kam.base.texts import _, ngettext, sentence

STATES = ("sold", "open opportunity", "rival holds it", "not eligible", "gap")
"""The states of an account × category; where several fit, the first of them counts."""
SOLD, OPEN, RIVAL, RULED_OUT, GAP = STATES
_SIGN = 1.1  # a lift below says next to nothing
_SURE = 2.0  # standard errors


NO_CATEGORIES = _(
    "No product has a category, so what accounts do not buy yet cannot be told: white space "
    "is counted in categories. Add category to the products table, with a row for each "
    "product; a book of a few dozen products can name each as its own category."
)
NO_REVENUE = _("No account in this selection has any revenue in these twelve months. Widen the filters at the side.")


def finding(cells: pd.DataFrame, currency: str | None = None) -> str:
    """Say what the gaps are worth a year, how many there are, and in which category most of it lies.

    Parameters
    ----------
    cells
        The frame of `Book.white_space`, with at least one row.

    Examples
    --------
    >>> rows = {"account_id": ["A", "B", "A"], "category": ["Pumps", "Pumps", "Valves"], "state": ["gap"] * 3}
    >>> finding(pd.DataFrame(rows | {"expected_value": [900.0, 500.0, 200.0], "worth": np.nan}), "EUR")
    'EUR 1.60 k of expected white space a year in 3 gaps at 2 accounts; most of it in Pumps, EUR 1.40 k.'
    """
    gaps = cells[cells["state"] == GAP]
    if gaps.empty:
        return _(
            "There is no gap: every account buys each category, or it is being worked, held by a rival or ruled out."
        )
    accounts = gaps["account_id"].nunique()
    where = ngettext("{gaps} at {accounts} account", "{gaps} at {accounts} accounts", accounts).format(
        gaps=gaps_in(len(gaps)), accounts=count(accounts)
    )
    by_category = gaps.groupby("category")["expected_value"].sum(min_count=1).dropna()
    if by_category.empty:
        return _("What would come of the white space in {gaps} cannot be told: nobody buys these categories.").format(
            gaps=where
        )
    return _("{value} of expected white space a year in {gaps}; {lead}.").format(
        value=money(by_category.sum(), currency), gaps=where, lead=_lead(by_category, currency)
    )


def gaps_in(number: int) -> str:
    """Count gaps.

    >>> gaps_in(1), gaps_in(1200)
    ('1 gap', '1,200 gaps')
    """
    return ngettext("{gaps} gap", "{gaps} gaps", number).format(gaps=count(number))


def _lead(values: pd.Series, currency: str | None) -> str:
    """Say where all, most, or only the largest part lies: most is more than half."""
    share = values.max() / values.sum() if values.sum() > 0 else 0.0
    lead = _("most of it in {category}, {value}") if share > 0.5 else _("the largest part in {category}, {value}")  # noqa: PLR2004
    lead = _("all of it in {category}, {value}") if len(values) == 1 else lead
    return lead.format(category=values.idxmax(), value=money(values.max(), currency))


def uncategorised(cells: pd.DataFrame) -> str | None:
    """Say which share of revenue has no category, or no product at all, if it is half a percent or more."""
    total = cells.drop_duplicates("account_id")["account_revenue"].sum()
    share = 1 - cells["revenue"].sum() / total if total > 0 else 0.0
    if share < 0.005:  # noqa: PLR2004 - less is not seen in a percentage
        return None
    return _("{share} of revenue is in no category; what lies in it cannot be seen here.").format(share=percent(share))


def unnamed(accounts: pd.DataFrame, cells: pd.DataFrame, currency: str | None = None) -> str | None:
    """Say which active accounts are left out, since no line of theirs names a product; None if there are none.

    >>> accounts = pd.DataFrame({"account_id": ["A", "B"], "revenue": [9.0, 4.0]})
    >>> unnamed(accounts, pd.DataFrame({"account_id": ["A"]}), "EUR")
    '1 account with EUR 4.00 of revenue is left out: its sales do not say which products were bought.'
    """
    left = accounts[(accounts["revenue"] > 0) & ~accounts["account_id"].isin(cells["account_id"])]
    if left.empty:
        return None
    return ngettext(
        "{accounts} account with {revenue} of revenue is left out: its sales do not say which products were bought.",
        "{accounts} accounts with {revenue} of revenue are left out: their sales do not say which "
        "products were bought.",
        len(left),
    ).format(accounts=count(len(left)), revenue=money(left["revenue"].sum(), currency))


def map_title(cells: pd.DataFrame, shown: int, currency: str | None = None) -> str:
    """Say how much of the white space the accounts of the map hold, and who could gain most."""
    totals = by_account(cells)
    total = totals["expected_value"].sum()
    if not total > 0:
        return _("No account has a gap whose worth can be told")
    first = totals.iloc[0]
    lead = _("{name} could bring {value} more").format(
        name=first["name"], value=money(first["expected_value"], currency)
    )
    if len(totals) <= shown:
        return lead
    return ngettext(
        "{lead}; {accounts} account holds {share} of the white space",
        "{lead}; {accounts} accounts hold {share} of the white space",
        shown,
    ).format(lead=lead, accounts=count(shown), share=percent(totals["expected_value"].head(shown).sum() / total))


def by_account(cells: pd.DataFrame) -> pd.DataFrame:
    """Add up the gaps of each account, most expected value first: account_id, name, expected_value, gaps."""
    gaps = cells[cells["state"] == GAP]
    sums = gaps.groupby(["account_id", "name"], sort=False, as_index=False).agg(
        expected_value=("expected_value", "sum"), gaps=("category", "size")
    )
    return sums.sort_values(["expected_value", "account_id"], ascending=[False, True], ignore_index=True)


def categories_title(cells: pd.DataFrame) -> str:
    """Say in which category most white space lies."""
    sums = cells[cells["state"] == GAP].groupby("category")["expected_value"].sum()
    if not sums.sum() > 0:
        return _("No gap has a worth that can be told")
    return _("{share} of the white space lies in {category}").format(
        share=percent(sums.max() / sums.sum()), category=sums.idxmax()
    )


def back_test(found: pd.Series) -> str:
    """Say how the ranking made a year ago did against what came, and whether popularity does better: the one row.

    A difference of less than two standard errors is called none.
    """
    if pd.isna(found["tested_as_of"]):
        return _(
            "The book does not reach back two years, so this ranking cannot be held against what customers took up."
        )
    if not found["accounts"]:
        if not found["too_few_gaps"]:
            return _("No account took up a new category within a year, so this ranking cannot be tested here.")
        accounts = int(found["too_few_gaps"])
        return ngettext(
            "{accounts} account took up a new category within a year, but had three gaps or fewer, of which every "
            "ranking hits one: this ranking cannot be tested here.",
            "{accounts} accounts took up a new category within a year, but had three gaps or fewer, of which every "
            "ranking hits one: this ranking cannot be tested here.",
            accounts,
        ).format(accounts=count(accounts))
    accounts = int(found["accounts"])
    hits = ngettext(
        "Of {accounts} account that took up something new since {since}, {ranking} took up one of the first three "
        "gaps of this ranking as it stood then; ranked by popularity {popularity}, drawn blindly {blind} (difference "
        "to popularity {difference}, standard error {error}).",
        "Of {accounts} accounts that took up something new since {since}, {ranking} took up one of the first three "
        "gaps of this ranking as it stood then; ranked by popularity {popularity}, drawn blindly {blind} (difference "
        "to popularity {difference}, standard error {error}).",
        accounts,
    ).format(
        accounts=count(accounts),
        since=day(found["tested_as_of"].date()),
        ranking=percent(found["hit_rate"]),
        popularity=percent(found["popularity_hit_rate"]),
        blind=percent(found["random_hit_rate"]),
        difference=signed_points(found["difference"]),
        error=points(found["difference_se"]),
    )
    held = _(
        "Of the money that the new categories brought, the first three held {ranking}; by popularity {popularity}."
    ).format(ranking=percent(found["money_share"]), popularity=percent(found["popularity_money_share"]))
    return f"{_verdict(found)} {hits} {held}"


def _verdict(found: pd.Series) -> str:
    blind = found["random_hit_rate"]
    if found["difference"] > _SURE * found["difference_se"]:
        verdict = _("This ranking tells better than popularity what customers buy next.")
    elif found["difference"] < -_SURE * found["difference_se"]:
        verdict = _("Popularity tells better than this ranking what customers buy next.")
    else:
        verdict = _(
            "This ranking tells no better than popularity what customers buy next, as far as the numbers reach."
        )
    if max(found["hit_rate"], found["popularity_hit_rate"]) < blind:
        return f"{verdict} {_('Neither beats three gaps drawn blindly.')}"
    return f"{verdict} {_('It does not beat three gaps drawn blindly.')}" if found["hit_rate"] < blind else verdict


def could_buy_title(cells: pd.DataFrame, currency: str | None = None) -> str:
    """Say what one account could buy more: its rows of `Book.white_space`."""
    gaps = cells[cells["state"] == GAP]
    worked = int((cells["state"] == OPEN).sum())
    if gaps.empty:
        return _("No gap is left: it buys each category, or it is being worked, held by a rival or ruled out.")
    told = _("{gaps}, {value} a year expected").format(
        gaps=gaps_in(len(gaps)), value=money(gaps["expected_value"].sum(min_count=1), currency)
    )
    working = ngettext("{categories} category being worked", "{categories} categories being worked", worked)
    return sentence(told, working.format(categories=count(worked)) if worked else "")


def gap_line(gap: pd.Series, currency: str | None = None) -> str:
    """Say of one gap what it is expected to bring, between which amounts, and why."""
    if not known(gap["expected_value"]):
        return str(gap["why"])
    low, high = money(gap["value_low"], currency), money(gap["value_high"], currency)
    return _("{value} a year ({low} to {high}). {why}").format(
        value=money(gap["expected_value"], currency), low=low, high=high, why=gap["why"]
    )


def reasons(gaps: pd.DataFrame) -> np.ndarray:
    """Say of each gap how many peers buy it, and which category the account buys is a sign that it would, too.

    Parameters
    ----------
    gaps
        peers, peer_buyers, same_industry, spend_share, lift, lift_from, lost_on.

    Examples
    --------
    >>> gap = {"peers": 11, "peer_buyers": 8, "same_industry": True, "spend_share": 0.1, "lift": 1.8}
    >>> reasons(pd.DataFrame([gap | {"lift_from": "Pumps", "lost_on": pd.NaT}])).tolist()
    ['8 of 11 peers buy it; customers who buy Pumps buy it 1.8 times as often.']
    """
    peers = _each(gaps[["peer_buyers", "peers", "same_industry"]].assign(bought=gaps["spend_share"].notna()), _peers)
    signs = _each(gaps[["lift", "lift_from"]].assign(lift=gaps["lift"].round(1)), _sign)
    both, alone = _("{peers}; {sign}."), _("{peers}.")
    told = np.array(
        [(both if sign else alone).format(peers=first, sign=sign) for first, sign in zip(peers, signs, strict=True)],
        dtype=object,
    )
    lost = gaps["lost_on"].notna().to_numpy()
    if lost.any():
        offer = _("An offer was lost in {month}.")
        told[lost] += _each(gaps.loc[lost, ["lost_on"]], lambda on: f" {offer.format(month=month(on))}")
    return told


def _each(facts: pd.DataFrame, written) -> np.ndarray:  # noqa: ANN001 - takes the facts of one row in their order
    """Write every kind of row once: there are far fewer kinds than rows."""
    kinds = facts.groupby(list(facts), dropna=False, sort=False).ngroup().to_numpy()
    _each, first = np.unique(kinds, return_index=True)
    texts = [written(*row) for row in facts.iloc[first].itertuples(index=False, name=None)]
    return np.array(texts, dtype=object)[kinds] if len(facts) else np.zeros(0, dtype=object)


def _sign(lift: float, category: object) -> str:
    """Say what the account buys that is a sign, or nothing."""
    if not lift >= _SIGN:
        return ""
    return _("customers who buy {category} buy it {times:.1f} times as often").format(category=category, times=lift)


def _peers(buyers: int, peers: int, same_industry: bool, bought: bool) -> str:  # noqa: FBT001 - a row's facts
    if not bought:
        return _("No customer buys it yet, so nobody can say what it would bring")
    if not peers:
        return _("It has no peer to be held against; this is how many of the whole book buy it")
    if peers == 1 and same_industry:
        return _("Its only peer buys it") if buyers else _("Its only peer does not buy it")
    if peers == 1:
        return _("The only other account buys it") if buyers else _("The only other account does not buy it")
    said = (
        ngettext("{buyers} of {peers} peer buy it", "{buyers} of {peers} peers buy it", peers)
        if same_industry
        else ngettext(
            "{buyers} of {peers} account nearest in size buy it",
            "{buyers} of {peers} accounts nearest in size buy it",
            peers,
        )
    )
    return said.format(buyers=count(buyers), peers=count(peers))
