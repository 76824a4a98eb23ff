"""A scenario: levers with their scopes, and what is assumed otherwise; plain data that can be compared and kept."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kam.base.errors import QuestionError
from kam.base.texts import _

SCOPES = ("all", "account", "parent", "rung", "class", "industry", "region", "manager", "category")
"""What a lever can take hold of; a category is taken in every account that buys it."""

_MOST_LEVERS, _MOST_LETTERS = 60, 200
_CHARGES_LITTLE, _HUGE = 10.0, 1e15


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of lever: its place in the order of kinds, what its value means, and which values can be meant.

    Attributes
    ----------
    name
        As a reader calls it.
    low, high
        Bounds of the value, both allowed.
    unit
        "share" of what is now, "points" (a difference of two ratios), "rungs", "money" a year, or nothing.
    """

    name: str
    low: float
    high: float
    unit: str


# The order of this table is the order in which levers of different kinds act on a sale; that of levers is never asked.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "rung_move": Kind(_("Rung move"), -2, 2, "rungs"),
        "list_price": Kind(_("List price"), -0.95, _CHARGES_LITTLE, "share"),
        "discount_change": Kind(_("Discount change"), -1, 1, "points"),
        "discount_cap": Kind(_("Discount cap"), 0, 1, "points"),
        "unit_cost": Kind(_("Unit cost"), -1, _CHARGES_LITTLE, "share"),
        "volume": Kind(_("Volume"), -1, _CHARGES_LITTLE, "share"),
        "loss": Kind(_("Loss of an account"), 0, 0, ""),
        "win": Kind(_("Win of an account"), 0, _HUGE, "money"),
    }
)
"""The kinds of levers in the order in which they act."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that would be otherwise.

    Attributes
    ----------
    kind
        One of `KINDS`.
    value
        List price, unit cost and volume: the change as a share (0.03 is 3 % more). Discount cap: the rate of no sale is
        above it. Discount change: points added to every rate. Rung move: rungs, up or down. Win: revenue a year.
    scope, target
        One of `SCOPES` and which one: an account's or parent's id, a rung (1, 2, 3 or "unknown"), a class, an industry,
        region, manager or category by name. A win has its own name as target.
    margin_rate
        Of a won account; None if nobody knows it yet.
    """

    kind: str
    value: float = 0.0
    scope: str = "all"
    target: str = ""
    margin_rate: float | None = None

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, slots=True)
class Changed:
    """One assumption as this scenario has it: its value, and the ends of its 80 % range."""

    key: str
    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not 0 < len(self.key) <= _MOST_LETTERS:
            raise _refusal("An assumption", "has no name that can be meant")
        if not all(_is_number(each) for each in (self.value, self.low, self.high)):
            raise _refusal(f"The assumption {self.key!r}", "must be three numbers: value, low, high")
        if not self.low <= self.value <= self.high:
            raise _refusal(f"The assumption {self.key!r}", "must lie between its low and its high end")


@dataclass(frozen=True, slots=True)
class Scenario:
    """Levers and changed assumptions; the order of the levers says nothing, and none at all is the baseline.

    >>> Scenario((Lever("list_price", 0.03, "rung", "3"),)).levers[0].target
    '3'
    """

    levers: tuple[Lever, ...] = ()
    assumptions: tuple[Changed, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "levers", tuple(self.levers))
        object.__setattr__(self, "assumptions", tuple(self.assumptions))
        if len(self.levers) > _MOST_LEVERS:
            raise _refusal("A scenario", f"can hold {_MOST_LEVERS} levers, not {len(self.levers)}")
        keys = [each.key for each in self.assumptions]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise _refusal(f"The assumption {twice!r}", "is set twice")
        lost = [each.target for each in self.levers if each.kind == "loss" and each.scope == "account"]
        if again := next((target for target in lost if lost.count(target) > 1), None):
            raise _refusal(f"The account {again!r}", "cannot be lost twice")

    def of(self, levers: Iterable[Lever]) -> "Scenario":
        """Return the scenario with other levers and the same assumptions."""
        return Scenario(tuple(levers), self.assumptions)

    def assuming(self, *changed: Changed) -> "Scenario":
        """Return the scenario with these assumptions set, too; an earlier setting of the same one goes."""
        keys = {each.key for each in changed}
        kept = tuple(each for each in self.assumptions if each.key not in keys)
        return Scenario(self.levers, (*kept, *changed))


BASELINE = Scenario()
"""No lever at all."""


def _check(lever: Lever) -> None:
    kind = KINDS.get(lever.kind) if isinstance(lever.kind, str) else None
    if kind is None:
        raise _refusal(f"The lever {lever.kind!r}", f"is not known. Known are: {', '.join(KINDS)}")
    if lever.scope not in SCOPES:
        raise _refusal(kind.name, f"has no scope {lever.scope!r}. Choose one of: {', '.join(SCOPES)}")
    if not isinstance(lever.target, str) or len(lever.target) > _MOST_LETTERS:
        raise _refusal(kind.name, f"must name its target in up to {_MOST_LETTERS} letters")
    if not _is_number(lever.value) or not kind.low <= lever.value <= kind.high:
        raise _refusal(kind.name, _bounds(kind, lever.value))
    if lever.kind == "win":
        _check_win(lever)
        return
    _check_hold(lever, kind)


def _check_hold(lever: Lever, kind: Kind) -> None:
    """Check whom a lever on accounts that are there takes hold of, and what only such a lever may be."""
    if lever.margin_rate is not None:
        raise _refusal(kind.name, "has no margin rate of its own; only a won account has")
    if (lever.scope == "all") != (not lever.target):
        raise _refusal(kind.name, "must name whom it takes hold of, and nobody if it takes all")
    if lever.kind == "discount_cap" and lever.value == 1:
        raise _refusal(kind.name, _bounds(kind, lever.value))
    if lever.kind in {"loss", "rung_move"} and lever.scope == "category":
        raise _refusal(kind.name, "takes accounts, not a category of products")
    if lever.kind == "rung_move" and (not float(lever.value).is_integer() or not lever.value):
        raise _refusal(kind.name, f"must be one or two whole rungs up or down, not {lever.value:g}")


def _check_win(lever: Lever) -> None:
    if lever.scope != "all" or not lever.target.strip():
        raise _refusal(KINDS["win"].name, "needs a name for the new account, and no scope")
    if not lever.value > 0:
        raise _refusal(KINDS["win"].name, f"must bring some revenue a year, not {lever.value:g}")
    if lever.margin_rate is not None and not (
        _is_number(lever.margin_rate) and -_CHARGES_LITTLE <= lever.margin_rate <= 1
    ):
        raise _refusal(KINDS["win"].name, "must have a margin rate up to 100 %, or none")


def _bounds(kind: Kind, value: object) -> str:
    given = f"{value:g}" if _is_number(value) else repr(value)
    if kind.unit in {"share", "points"}:
        given = f"{100 * float(given):g} %" if _is_number(value) else given
        return f"must lie between {100 * kind.low:g} % and {100 * kind.high:g} %, not be {given}"
    return f"must be a number from {kind.low:g} to {kind.high:g}, not {given}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _refusal(what: str, why: str) -> QuestionError:
    return QuestionError(f"{what} {why}. Nothing was computed.")
