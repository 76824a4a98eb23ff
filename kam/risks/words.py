"""Risks and rivals in words: what is expected to be lost, what is not looked after, and who attacks us."""

import pandas as pd

from kam.base.numbers import UNKNOWN, count, counted, known, money, percent
from kam.base.texts import _


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
        return _("No live risk is known here; {rivals}.").format(rivals=_rivals(rivals, currency))
    parts = [_expected(live, curve, currency), _largest(live, currency), _bare(live)]
    return f"{'; '.join(part for part in parts if part)}."


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
    number = _("The {count} largest risks make").format(count=len(top)) if len(top) > 1 else _("The largest risk makes")
    return _("{number} up {percent} of what is expected to be lost").format(
        number=number, percent=percent(top.sum() / losses.sum())
    )


def curve_title(curve: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is lost with even odds, and in one year of ten.

    >>> curve_title(pd.DataFrame({"loss": [0.0, 5.0, 9.0], "chance": [0.6, 0.1, 0.0]}), "EUR")
    'One year in ten costs more than EUR 5.00; one in two more than EUR 5.00'
    """
    if curve.empty:
        return _("What the risks could cost together is not known")
    tenth, half = exceeded(curve, 0.1), exceeded(curve, 0.5)
    told = _("One year in ten costs more than {tenth}").format(tenth=money(tenth, currency))
    return (
        _("{told}; one in two more than {half}").format(told=told, half=money(half, currency))
        if half > 0
        else _("{told}; most years cost nothing").format(told=told)
    )


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
    verb = "is" if total == 1 else "are"
    said = _("{value} of {total} {verb}").format(
        value=count(both) if both else "None", total=counted(total, "live risk"), verb=verb
    )
    return _("{said} likelier than not, and would take more than half of a margin").format(said=said)


def rivals_title(rivals: pd.DataFrame, currency: str | None = None) -> str:
    """Say which rival is after most of our revenue.

    >>> row = {"rival": ["X"], "attacks": [2], "attacked_revenue": [9.0]}
    >>> rivals_title(pd.DataFrame(row), "EUR")
    'X is after most: EUR 9.00 at 2 accounts'
    """
    if rivals.empty or not rivals["attacks"].any():
        return _("No rival is known to attack")
    first = rivals.iloc[0]
    at = counted(int(first["attacks"]), "account")
    return _("{rival} is after most: {attacked_revenue} at {at}").format(
        rival=first["rival"], attacked_revenue=money(first["attacked_revenue"], currency), at=at
    )


def _expected(live: pd.DataFrame, curve: pd.DataFrame, currency: str | None) -> str:
    sizes = live["expected_loss"].dropna()
    number = counted(len(live), _("live risk"))
    if sizes.empty:
        whose = _("its account") if len(live) == 1 else _("their accounts")
        return _("What {number} would cost is {unknown}: no sale of {whose} has a cost").format(
            number=number, unknown=UNKNOWN, whose=whose
        )
    costs = "costs" if len(live) == 1 else "cost"
    told = _("{number} {costs} {sum_} a year on average").format(
        number=number, costs=costs, sum_=money(sizes.sum(), currency)
    )
    if len(sizes) < len(live):
        told += _(" (of {count} the size is unknown)").format(count=count(len(live) - len(sizes)))
    tenth = exceeded(curve, 0.1)
    return (
        _("{told}, more than {tenth} with a chance of one in ten").format(told=told, tenth=money(tenth, currency))
        if known(tenth)
        else told
    )


def _largest(live: pd.DataFrame, currency: str | None) -> str:
    if not (live["expected_loss"] > 0).any():
        return ""
    top = live.iloc[int(live["expected_loss"].fillna(-1).to_numpy(dtype=float).argmax())]
    return _("the largest is “{title}” at {account} ({expected_loss})").format(
        title=top["title"], account=top["account"], expected_loss=money(top["expected_loss"], currency)
    )


def _bare(live: pd.DataFrame) -> str:
    number = int(bare(live).sum())
    return _("for {number} nobody says what is done, or who acts").format(number=count(number)) if number else ""


def _rivals(rivals: pd.DataFrame, currency: str | None) -> str:
    if not rivals["attacks"].any():
        return _("{counted} known, none attacks").format(counted=counted(len(rivals), "rival"))
    first = rivals.iloc[0]
    at = counted(int(first["attacks"]), "account")
    return _("{rival} attacks {at} and {attacked_revenue} of our revenue").format(
        rival=first["rival"], at=at, attacked_revenue=money(first["attacked_revenue"], currency)
    )
