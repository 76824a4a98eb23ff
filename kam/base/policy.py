"""What a book sets for itself under `[policy]` in `book.toml`, and a question for a moment: who is key, and plans.

Of the ladder it may replace likelihoods; that is in `kam.base.ladder_policy`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self, TypedDict, TypeGuard

import numpy as np
import pandas as pd

from kam.base.errors import BookError, KamError, QuestionError
from kam.base.rules import FEWEST_PLACES
from kam.base.terms import CRITERIA

_KEYS = ("weights", "kappa", "list_size", "list_share", "half_life_months")

Weights = Mapping[str, float] | Sequence[float]


class Otherwise(TypedDict, total=False):
    """What a question sets otherwise than the book's policy; None and what is left out are the policy's own."""

    weights: Weights | None
    kappa: float | None
    size: int | None
    half_life: float | None


class Asked(Otherwise, total=False):
    """What a question about key accounts may be asked with."""

    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class KeyAccountPolicy:
    """How accounts are weighed.

    Attributes
    ----------
    weights
        Of revenue, growth, role and collaboration, adding up to 1.
    kappa
        How closely drawn weights keep to the stated ones: each has the standard deviation √(w(1−w)/(κ+1)).
    list_size
        Places on the list; None = the share.
    list_share
        Share of the active accounts that the list takes, rounded up, at least 5 places.
    half_life_months
        After so many months without a new rating an interval has opened half of the way to 0 … 100.
    """

    weights: tuple[float, float, float, float] = (0.35, 0.25, 0.20, 0.20)
    kappa: float = 30.0
    list_size: int | None = None
    list_share: float = 0.20
    half_life_months: float = 12.0

    def places(self, active: int) -> int:
        """Count the places on the list of a book of so many active accounts.

        >>> (
        ...     KeyAccountPolicy().places(120),
        ...     KeyAccountPolicy().places(101),
        ...     KeyAccountPolicy().places(3),
        ...     KeyAccountPolicy(list_size=12).places(120),
        ... )
        (24, 21, 5, 12)
        """
        # 0.2 × 105 is a hair over 21 in binary; a place is not given for that
        return self.list_size or max(FEWEST_PLACES, math.ceil(round(self.list_share * active, 6)))

    @property
    def size_rule(self) -> str:
        """Say how many places the list has, as a phrase."""
        if self.list_size:
            return "a fixed number"
        return f"{100 * self.list_share:.4g} % of the active accounts, rounded up, at least {FEWEST_PLACES}"

    def frame(self, active: int) -> pd.DataFrame:
        """Write the policy as one row, with the places it gives so many active accounts; list_share is NaN if fixed."""
        rest = {
            "kappa": self.kappa,
            "size": self.places(active),
            "list_share": math.nan if self.list_size else self.list_share,
            "size_rule": self.size_rule,
            "half_life_months": self.half_life_months,
        }
        return pd.DataFrame([dict(zip(CRITERIA, self.weights, strict=True)) | rest]).astype({"size_rule": "str"})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the colours of objectives change, and what is a stretch.

    Pace = progress ÷ share of time used; 1 is on the straight line to the target.
    """

    green_pace: float = 0.9
    amber_pace: float = 0.6
    early: float = 0.1
    """Before this share of the time is used, pace says nothing yet: only going backwards counts."""
    met: float = 1.0
    """Progress from which the target is met."""
    stretch: float = 0.95
    """A change larger than this share of those of the past is a stretch."""
    ambition: float = 0.7
    """A proposed target asks for a change that this share of those of the past does not surpass."""
    fewest_windows: int = 20
    """With fewer windows of the past, nobody can say what is achievable."""


THRESHOLDS = Thresholds()
_SHARES = ("early", "stretch", "ambition")


STANDARD = KeyAccountPolicy()


@dataclass(frozen=True, slots=True)
class Policies:
    """What a book follows; without a word of it, the standard."""

    key_accounts: KeyAccountPolicy = STANDARD
    plans: Thresholds = THRESHOLDS

    @classmethod
    def read(cls, given: Mapping[str, object]) -> Self:
        """Read the sections under `[policy]`.

        Raises
        ------
        kam.base.errors.BookError
            An unknown name, or a value that cannot be meant; names it.
        """
        return cls(key_account_policy(given.get("key_accounts", {})), plan_policy(given.get("plans", {})))


def key_account_policy(given: object) -> KeyAccountPolicy:
    """Read `[policy.key_accounts]` of `book.toml`; what it leaves out keeps its default.

    In `book.toml`, with `list_share = 0.2` in the place of `list_size` if the list is to grow with the book::

        [policy.key_accounts]
        weights = { revenue = 0.35, growth = 0.25, role = 0.20, collaboration = 0.20 }
        kappa = 30
        list_size = 24
        half_life_months = 12

    Parameters
    ----------
    given
        The mapping under `policy.key_accounts`.

    Raises
    ------
    kam.base.errors.BookError
        An unknown name, or a value that cannot be meant; names it.

    Examples
    --------
    >>> key_account_policy(
    ...     {"weights": {"revenue": 2, "growth": 1, "role": 1, "collaboration": 0}, "list_size": 9}
    ... ).weights
    (0.5, 0.25, 0.25, 0.0)
    """
    where = _Where("key_accounts")
    values = where.section(given, _KEYS)
    if "list_size" in values and "list_share" in values:
        raise where.refusal("list_size", "and list_share cannot both be given")
    return _checked(STANDARD, values, where)


def plan_policy(given: object) -> Thresholds:
    """Read `[policy.plans]` of `book.toml`; what it leaves out keeps its default.

    In `book.toml`::

        [policy.plans]
        green_pace = 0.9
        amber_pace = 0.6
        early = 0.1
        met = 1.0
        stretch = 0.95
        ambition = 0.7
        fewest_windows = 20

    Parameters
    ----------
    given
        The mapping under `policy.plans`.

    Raises
    ------
    kam.base.errors.BookError
        An unknown name, or a value that cannot be meant; names it.

    Examples
    --------
    >>> plan_policy({"green_pace": 1}).green_pace, plan_policy({}).stretch
    (1.0, 0.95)
    """
    where = _Where("plans")
    values = where.section(given, [field.name for field in fields(Thresholds)])
    wanted = replace(THRESHOLDS, **{name: _threshold(where, name, value) for name, value in values.items()})
    if wanted.amber_pace > wanted.green_pace:
        raise where.refusal("amber_pace", f"of {wanted.amber_pace:g} is above green_pace of {wanted.green_pace:g}")
    if wanted.ambition > wanted.stretch:
        raise where.refusal("ambition", f"of {wanted.ambition:g} is above stretch of {wanted.stretch:g}")
    return wanted


def _threshold(where: "_Where", name: str, value: object) -> float:
    if name == "fewest_windows":
        return where.count(name, value)
    if not _is_number(value) or not 0 <= value < math.inf:
        raise where.refusal(name, f"must be a number from 0, not {value!r}")
    if name in _SHARES and value > 1:
        raise where.refusal(name, f"must be a share up to 1, not {value!r}")
    if name == "met" and value == 0:
        raise where.refusal(name, "must be above 0")
    return float(value)


def changed(
    policy: KeyAccountPolicy,
    *,
    weights: Weights | None = None,
    kappa: float | None = None,
    size: int | None = None,
    half_life: float | None = None,
) -> KeyAccountPolicy:
    """Return the policy with what a question sets otherwise; None leaves the policy's own.

    Raises
    ------
    kam.base.errors.QuestionError
        A value that cannot be meant; names it.

    Examples
    --------
    >>> changed(KeyAccountPolicy(), weights=(70, 30, 0, 0), size=10).weights
    (0.7, 0.3, 0.0, 0.0)
    """
    asked = {"weights": weights, "kappa": kappa, "list_size": size, "half_life_months": half_life}
    return _checked(policy, {key: value for key, value in asked.items() if value is not None}, _Where())


def _checked(policy: KeyAccountPolicy, given: Mapping[str, object], where: "_Where") -> KeyAccountPolicy:
    if "weights" in given:
        policy = replace(policy, weights=_weights(given["weights"], where))
    if "kappa" in given:
        policy = replace(policy, kappa=where.above_zero("kappa", given["kappa"]))
    if "list_size" in given:
        policy = replace(policy, list_size=where.count("list_size", given["list_size"]))
    if "list_share" in given:
        policy = replace(policy, list_share=where.share("list_share", given["list_share"]))
    if "half_life_months" in given:
        policy = replace(policy, half_life_months=where.months("half_life_months", given["half_life_months"]))
    return policy


def _weights(given: object, where: "_Where") -> tuple[float, float, float, float]:
    if isinstance(given, Mapping):
        if set(given) != set(CRITERIA):
            raise where.refusal("weights", f"must name {', '.join(CRITERIA)}, each once; found {', '.join(given)}")
        given = [given[criterion] for criterion in CRITERIA]
    if not isinstance(given, Sequence | np.ndarray) or isinstance(given, str) or len(given) != len(CRITERIA):
        raise where.refusal("weights", f"must be one number each for {', '.join(CRITERIA)}, not {given!r}")
    for criterion, weight in zip(CRITERIA, given, strict=True):
        if not _is_number(weight) or not 0 <= weight < math.inf:
            raise where.refusal(f"weights, {criterion}", f"must be a number from 0, not {weight!r}")
    total = math.fsum(given)
    if not 0 < total < math.inf:
        raise where.refusal("weights", "cannot all be 0")
    revenue, growth, role, collaboration = (float(weight / total) for weight in given)
    return revenue, growth, role, collaboration


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a value stands, a section of `book.toml` or else a question, and how it is checked and refused there."""

    name: str = ""

    def section(self, given: object, known: Sequence[str]) -> dict[str, object]:
        if not isinstance(given, Mapping):
            raise self.refusal("", f"must be a section, not {given!r}")
        unknown = [str(key) for key in given if key not in known]
        if unknown:
            raise self.refusal(unknown[0], f"means nothing here. Known are: {', '.join(known)}")
        return {str(key): value for key, value in given.items()}

    def above_zero(self, name: str, value: object) -> float:
        if not _is_number(value) or not value > 0:
            raise self.refusal(name, f"must be a number above 0, not {value!r}")
        return float(value)

    def months(self, name: str, value: object) -> float:
        number = self.above_zero(name, value)
        if number == math.inf:
            raise self.refusal(name, f"must be a number of months, not {value!r}")
        return number

    def share(self, name: str, value: object) -> float:
        number = self.above_zero(name, value)
        if number > 1:
            raise self.refusal(name, f"must be a share up to 1, not {value!r}")
        return number

    def count(self, name: str, value: object) -> int:
        if not _is_number(value) or value < 1 or not float(value).is_integer():
            raise self.refusal(name, f"must be a whole number from 1, not {value!r}")
        return int(value)

    def refusal(self, name: str, what: str) -> KamError:
        where, error = (f"book.toml: [policy.{self.name}] ", BookError) if self.name else ("", QuestionError)
        return error(f"{where}{name} {what}. Nothing was changed.".replace("  ", " "))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
