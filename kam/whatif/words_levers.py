"""Levers of a scenario in words: what each does, to whom, and which of a link are left out."""

from collections.abc import Mapping, Sequence

from kam.base.numbers import count, known, money, percent, signed_percent, signed_points
from kam.base.terms import CLASS_NAMES, RUNGS_OF_MANY, UNKNOWN
from kam.base.texts import _, ngettext
from kam.whatif.targets import NOTHING

RUNGS = {
    **{str(number): many for number, many in enumerate(RUNGS_OF_MANY, start=1)},
    UNKNOWN: _("accounts of unknown rung"),
}
SCOPES = {
    "all": _("All accounts"),
    "account": _("An account"),
    "parent": _("A parent with its subsidiaries"),
    "rung": _("A rung"),
    "class": _("A class of key accounts"),
    "industry": _("An industry"),
    "region": _("A region"),
    "manager": _("A manager's accounts"),
    "category": _("A product category"),
}
KINDS = {
    "rung_move": _("Move on the ladder"),
    "list_price": _("List price"),
    "discount_change": _("Discount, change"),
    "discount_cap": _("Discount, cap"),
    "unit_cost": _("Unit cost"),
    "volume": _("Volume"),
    "loss": _("Lose"),
    "win": _("Win an account"),
}


def lever(each: object, names: Mapping[str, str], currency: str | None = None) -> str:
    """Say what a lever does, and to whom.

    Parameters
    ----------
    each
        A `kam.whatif.scenario.Lever`.
    names
        Names of accounts and parents by id.

    Examples
    --------
    >>> from types import SimpleNamespace as L
    >>> lever(L(kind="list_price", value=0.03, scope="rung", target="3"), {})
    'List price +3.0 % for strategic partners'
    >>> lever(L(kind="loss", value=0.0, scope="account", target="A1"), {"A1": "Nord AG"})
    'Lose Nord AG'
    """
    kind, value, scope, target = (getattr(each, name) for name in ("kind", "value", "scope", "target"))
    whom = _whom(scope, target, names)
    if kind == "win":
        rate = getattr(each, "margin_rate", None)
        told = (
            _("Win {account}: {revenue} a year at a margin of {rate}")
            if known(rate)
            else _("Win {account}: {revenue} a year, its margin unknown")
        )
        return told.format(account=target, revenue=money(value, currency), rate=percent(rate))
    if kind == "loss":
        return _("Lose {whom}").format(whom=whom)
    if kind == "rung_move":
        rungs = abs(int(value))
        told = (
            ngettext("{whom} up {rungs} rung", "{whom} up {rungs} rungs", rungs)
            if value > 0
            else ngettext("{whom} down {rungs} rung", "{whom} down {rungs} rungs", rungs)
        )
        return told.format(whom=f"{whom[0].upper()}{whom[1:]}", rungs=count(rungs))
    if kind == "discount_cap":
        return _("Discounts of at most {rate} for {whom}").format(rate=percent(value), whom=whom)
    if kind == "discount_change":
        return _("Discounts {change} for {whom}").format(change=signed_points(value), whom=whom)
    return {
        "list_price": _("List price {change} for {whom}"),
        "unit_cost": _("Unit cost {change} for {whom}"),
        "volume": _("Volume {change} for {whom}"),
    }[kind].format(change=signed_percent(value), whom=whom)


def _whom(scope: str, target: str, names: Mapping[str, str]) -> str:
    if scope == "all":
        return _("all accounts")
    if scope in {"account", "parent"}:
        name = names.get(target, target)
        return name if scope == "account" else _("{account} and its subsidiaries").format(account=name)
    if scope == "rung":
        return RUNGS.get(target, target)
    if scope == "class":
        return _("{key_class} accounts").format(key_class=CLASS_NAMES.get(target, target))
    return _("the accounts of {manager}").format(manager=target) if scope == "manager" else target


def left_out(problems: Sequence[str], levers: int) -> str:
    """Say which levers of a link are left out, and why."""
    kept = levers - len(problems)
    rest = _("The rest is applied.") if kept else _("No lever is left: this is the baseline.")
    told = ngettext(
        "{levers} lever of this scenario cannot be applied here.",
        "{levers} levers of this scenario cannot be applied here.",
        len(problems),
    ).format(levers=count(len(problems)))
    return " ".join([told, *(problem.removesuffix(f" {NOTHING}") for problem in problems), rest])
