"""How the columns of answers are titled and written in tables: what many tables share is said here, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pandas as pd

from kam.base.texts import _

Kind = Literal[
    "text", "money", "amount", "percent", "chance", "count", "number", "day", "month", "moment", "yes", "line"
]
Columns = dict[str, "Column"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    title
        Its head; that of money is followed by the currency, that of an amount is not.
    kind
        What its values are: money, percent and chance (a share drawn as a bar too) are numbers in the answer's unit;
        a line is a list of numbers.
    help
        What it means, where the title alone does not say.
    width
        "medium" and "large" for long texts, or pixels.
    form
        How a number is written, "%.2f"; what goes without saying for the kind, if not given.
    ends
        The lowest and the highest value of a line.
    pinned
        Whether a text stays in sight when a wide table is moved.
    """

    title: str
    kind: Kind = "text"
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None
    form: str | None = None
    ends: tuple[float | None, float | None] = (None, None)
    pinned: bool = False


SHARED: Mapping[str, Column] = MappingProxyType(
    {
        "name": Column(_("Account"), width="medium"),
        "account": Column(_("Account"), width="medium"),
        "manager": Column(_("Manager")),
        "industry": Column(_("Industry")),
        "region": Column(_("Region")),
        "category": Column(_("Category")),
        "revenue": Column(_("Revenue"), "money"),
        "prior_revenue": Column(_("A year ago"), "money"),
        "growth": Column(_("Growth"), "percent"),
        "margin": Column(_("Margin"), "money"),
        "margin_rate": Column(_("Margin rate"), "percent"),
        "discount_rate": Column(_("Discount"), "percent"),
        "share": Column(_("Share"), "percent"),
        "cumulative_share": Column(_("Cumulative"), "percent"),
        "accounts": Column(_("Accounts"), "count"),
        "state": Column(_("State")),
        "status": Column(_("State")),
        "owner": Column(_("Owner")),
        "department": Column(_("Department")),
        "why": Column(_("Why"), width="large"),
        "reason": Column(_("Why"), width="large"),
        "rung": Column(_("Rung by evidence")),
    }
)


def columns(names: str, **own: Column) -> Columns:
    """Take columns by name, in this order: as given here, or else as all tables share them.

    >>> columns("name share", share=Column("Of all lost", "percent"))["share"].title
    'Of all lost'

    Raises
    ------
    KeyError
        A name that is neither given nor shared; or one given that is not named.
    """
    asked = names.split()
    if unasked := set(own) - set(asked):
        raise KeyError(*sorted(unasked))
    return {name: own[name] if name in own else SHARED[name] for name in asked}


def only_known(shown: Columns, frame: pd.DataFrame, *always: str) -> Columns:
    """Leave out the columns of which a frame knows nothing, but for some.

    >>> list(only_known(columns("name share"), pd.DataFrame({"name": ["A"], "share": [None]})))
    ['name']
    """
    return {name: column for name, column in shown.items() if name in always or frame[name].notna().any()}
