"""Risks and rivals in words: what is expected to be lost, what is not looked after, and who attacks us."""

import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, money, percent
from kam.base.texts import _, ngettext, sentence


def finding(risks: pd.DataFrame, curve: pd.DataFrame, rivals: pd.DataFrame, currency: str | None = None) -> str:
    """Say what the risks are expected to cost within a year, which one most, and what nobody looks after.

    Only where no risk is known, the rivals stand in.

    Parameters
    ----------
    risks, curve, rivals
        The frames of `Book.risks`, `Book.loss_curve` and `Book.rivals`.

    Examples
    --------
    >>> row = {"title": ["Sponsor leaves"], "account": ["Nord"], "is_live": [True], "expected_loss": [50.0]}
    >>> row |= {"mitigation": [None], "owner": ["Ada"], "margin_at_risk": [100.0]}
    >>> curve = pd.DataFrame({"loss": [0.0, 100.0], "chance": [0.5, 0.0]})
    >>> finding(pd.DataFrame(row), curve, pd.DataFrame({"rival": []}), "EUR")
    '1 live risk costs EUR 50.0 a year on average, more than EUR 100 with a chance of one in ten; the largest is \
“Sponsor leaves” at Nord (EUR 50.0); for 1 nobody says what is done, or who acts.'
    """
    live = risks[risks["is_live"]]
    if live.empty and rivals.empty:
        return _("No live risk and no rival is known here.")
    if live.empty:
        return sentence(_("No live risk is known here"), _rivals(rivals, currency))
    return sentence(_expected(live, curve, currency), _largest(live, currency), _bare(live))


def bare(risks: pd.DataFrame) -> pd.Series:
    """Tell which live risks lack a mitigation or an owner.

    >>> row = {"is_live": [True, True], "mitigation": ["x", "x"], "owner": ["Ada", None]}
    >>> bare(pd.DataFrame(row)).tolist()
    [False, True]
    """
    return risks["is_live"] & (risks["mitigation"].isna() | risks["owner"].isna())


def register_title(risks: pd.DataFrame) -> str:
    """Say how much of all expected loss the largest risks make up.

    >>> register_title(pd.DataFrame({"expected_loss": [6.0, 3.0, 1.0, None]}))
    'The 3 largest risks make up 100.0 % of what is expected to be lost'
    """
    losses = risks["expected_loss"].dropna()
    if not losses.sum() > 0:
        return _("No expected loss is known")
    top = losses.nlargest(3)
    return ngettext(
        "The largest risk makes up {share} of what is expected to be lost",
        "The {risks} largest risks make up {share} of what is expected to be lost",
        len(top),
    ).format(risks=len(top), share=percent(top.sum() / losses.sum()))


def curve_title(curve: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is lost with even odds, and in one year of ten.

    >>> curve_title(pd.DataFrame({"loss": [0.0, 5.0, 9.0], "chance": [0.6, 0.1, 0.0]}), "EUR")
    'One year in ten costs more than EUR 5.00; one in two more than EUR 5.00'
    """
    if curve.empty:
        return _("What the risks could cost together is not known")
    tenth, half = exceeded(curve, 0.1), exceeded(curve, 0.5)
    told = (
        _("One year in ten costs more than {tenth}; one in two more than {half}")
        if half > 0
        else _("One year in ten costs more than {tenth}; most years cost nothing")
    )
    return told.format(tenth=money(tenth, currency), half=money(half, currency))


def exceeded(curve: pd.DataFrame, chance: float) -> float:
    """Return the loss that is exceeded with at most a chance; NaN without a curve.

    >>> exceeded(pd.DataFrame({"loss": [0.0, 5.0, 9.0], "chance": [0.6, 0.1, 0.0]}), 0.1)
    5.0
    """
    within = curve.loc[curve["chance"] <= chance, "loss"]
    return float(within.min()) if len(within) else float("nan")


def grid_title(grid: pd.DataFrame) -> str:
    """Say how many risks are likely and grave at once.

    >>> grid_title(pd.DataFrame({"probability_band": [4, 1], "impact_band": [5, 1], "risks": [2, 9]}))
    '2 of 11 live risks are likelier than not, and would take more than half of a margin'
    """
    half = 3  # the middle band of five lies on both sides of one half: only the upper two are surely above
    both = grid.loc[(grid["probability_band"] > half) & (grid["impact_band"] > half), "risks"].sum()
    total = int(grid["risks"].sum())
    if not both:
        return ngettext(
            "None of {risks} live risk is likelier than not, and would take more than half of a margin",
            "None of {risks} live risks are likelier than not, and would take more than half of a margin",
            total,
        ).format(risks=count(total))
    return ngettext(
        "{likely} of {risks} live risk is likelier than not, and would take more than half of a margin",
        "{likely} of {risks} live risks are likelier than not, and would take more than half of a margin",
        total,
    ).format(likely=count(both), risks=count(total))


def rivals_title(rivals: pd.DataFrame, currency: str | None = None) -> str:
    """Say which rival is after most of our revenue.

    >>> row = {"rival": ["X"], "attacks": [2], "attacked_revenue": [9.0]}
    >>> rivals_title(pd.DataFrame(row), "EUR")
    'X is after most: EUR 9.00 at 2 accounts'
    """
    if rivals.empty or not rivals["attacks"].any():
        return _("No rival is known to attack")
    first = rivals.iloc[0]
    accounts = int(first["attacks"])
    return ngettext(
        "{rival} is after most: {revenue} at {accounts} account",
        "{rival} is after most: {revenue} at {accounts} accounts",
        accounts,
    ).format(rival=first["rival"], revenue=money(first["attacked_revenue"], currency), accounts=count(accounts))


def _expected(live: pd.DataFrame, curve: pd.DataFrame, currency: str | None) -> str:
    sizes = live["expected_loss"].dropna()
    if sizes.empty:
        return ngettext(
            "What {risks} live risk would cost is not measured: no sale of its account has a cost",
            "What {risks} live risks would cost is not measured: no sale of their accounts has a cost",
            len(live),
        ).format(risks=count(len(live)))
    told = ngettext(
        "{risks} live risk costs {loss} a year on average",
        "{risks} live risks cost {loss} a year on average",
        len(live),
    ).format(risks=count(len(live)), loss=money(sizes.sum(), currency))
    if len(sizes) < len(live):
        told = _("{told} (of {risks} the size is unknown)").format(told=told, risks=count(len(live) - len(sizes)))
    tenth = exceeded(curve, 0.1)
    if not known(tenth):
        return told
    return _("{told}, more than {tenth} with a chance of one in ten").format(told=told, tenth=money(tenth, currency))


def _largest(live: pd.DataFrame, currency: str | None) -> str:
    if not (live["expected_loss"] > 0).any():
        return ""
    top = live.iloc[int(live["expected_loss"].fillna(-1).to_numpy(dtype=float).argmax())]
    return _("the largest is “{risk}” at {account} ({expected_loss})").format(
        risk=top["title"], account=top["account"], expected_loss=money(top["expected_loss"], currency)
    )


def _bare(live: pd.DataFrame) -> str:
    number = int(bare(live).sum())
    return _("for {risks} nobody says what is done, or who acts").format(risks=count(number)) if number else ""


def _rivals(rivals: pd.DataFrame, currency: str | None) -> str:
    if not rivals["attacks"].any():
        return ngettext(
            "{rivals} rival known, none attacks", "{rivals} rivals known, none attacks", len(rivals)
        ).format(rivals=count(len(rivals)))
    first = rivals.iloc[0]
    accounts = int(first["attacks"])
    return ngettext(
        "{rival} attacks {accounts} account and {revenue} of our revenue",
        "{rival} attacks {accounts} accounts and {revenue} of our revenue",
        accounts,
    ).format(rival=first["rival"], accounts=count(accounts), revenue=money(first["attacked_revenue"], currency))


RISK_COLUMNS = columns(
    "account title expected_loss probability impact margin_at_risk kind status mitigation owner due_on is_overdue "
    "manager reason",
    title=Column(_("Risk"), width="medium"),
    expected_loss=Column(_("Expected loss"), "money", _("Chance within a year × margin at risk")),
    probability=Column(_("Chance"), "percent"),
    impact=Column(_("Share lost"), "percent", _("Of the account's margin, if it happens")),
    margin_at_risk=Column(_("Margin at risk"), "money"),
    kind=Column(_("Kind")),
    mitigation=Column(_("What is done"), width="medium"),
    owner=Column(_("Who")),
    due_on=Column(_("Until"), "day"),
    is_overdue=Column(_("Overdue"), "yes"),
    reason=Column(_("Note"), width="medium"),
)
RIVAL_COLUMNS = columns(
    "rival attacks holds left attacked_revenue categories strengths weaknesses our_difference unanswered",
    rival=Column(_("Rival"), width="medium"),
    attacks=Column(_("Attacks"), "count", _("Accounts")),
    holds=Column(_("Holds"), "count", _("Accounts where it has a part")),
    left=Column(_("Left"), "count"),
    attacked_revenue=Column(_("Ours under attack"), "money"),
    categories=Column(_("Where"), width="medium"),
    strengths=Column(_("Better at"), width="medium"),
    weaknesses=Column(_("Worse at"), width="medium"),
    our_difference=Column(_("Our answer"), width="large"),
    unanswered=Column(_("Unanswered"), "count", _("Attacked, and nobody says what sets us apart")),
)
COMPETITOR_COLUMNS = columns(
    "account rival state category category_revenue revenue strengths weaknesses our_difference noted_on manager",
    rival=Column(_("Rival")),
    category_revenue=Column(_("Ours there"), "money"),
    revenue=Column(_("Account's revenue"), "money"),
    strengths=Column(_("Better at"), width="medium"),
    weaknesses=Column(_("Worse at"), width="medium"),
    our_difference=Column(_("Our answer"), width="medium"),
    noted_on=Column(_("Noted"), "day"),
)
