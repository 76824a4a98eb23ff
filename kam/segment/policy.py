"""What a book, or a moment's question, says on who is key: weights, their looseness, places on the list, half-life."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, TypeGuard

import numpy as np
import pandas as pd

from kam.errors import BookError, KamError, QuestionError

CRITERIA = ("revenue", "growth", "role", "collaboration")
FEWEST_PLACES = 5
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
    level: str


@dataclass(frozen=True, slots=True)
class Policy:
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

        >>> Policy().places(120), Policy().places(101), Policy().places(3), Policy(list_size=12).places(120)
        (24, 21, 5, 12)
        """
        # 0.2 × 105 is a hair over 21 in binary; a place is not given for that
        return self.list_size or max(FEWEST_PLACES, math.ceil(round(self.list_share * active, 6)))

    def frame(self, active: int) -> pd.DataFrame:
        """Write the policy as one row, with the places it gives so many active accounts; list_share is NaN if fixed."""
        share = f"{100 * self.list_share:.4g} % of the active accounts, rounded up, at least {FEWEST_PLACES}"
        rest = {
            "kappa": self.kappa,
            "size": self.places(active),
            "list_share": math.nan if self.list_size else self.list_share,
            "size_rule": "a fixed number" if self.list_size else share,
            "half_life_months": self.half_life_months,
        }
        return pd.DataFrame([dict(zip(CRITERIA, self.weights, strict=True)) | rest]).astype({"size_rule": "str"})


def book_policy(given: object) -> Policy:
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
    kam.errors.BookError
        An unknown name, or a value that cannot be meant; names it.

    Examples
    --------
    >>> book_policy({"weights": {"revenue": 2, "growth": 1, "role": 1, "collaboration": 0}, "list_size": 9}).weights
    (0.5, 0.25, 0.25, 0.0)
    """
    if not isinstance(given, Mapping):
        raise _refusal(BookError, "", f"must be a section, not {given!r}")
    unknown = [str(key) for key in given if key not in _KEYS]
    if unknown:
        raise _refusal(BookError, unknown[0], f"means nothing here. Known are: {', '.join(_KEYS)}")
    if "list_size" in given and "list_share" in given:
        raise _refusal(BookError, "list_size", "and list_share cannot both be given")
    return _checked(Policy(), {str(key): value for key, value in given.items()}, BookError)


def changed(
    policy: Policy,
    *,
    weights: Weights | None = None,
    kappa: float | None = None,
    size: int | None = None,
    half_life: float | None = None,
) -> Policy:
    """Return the policy with what a question sets otherwise; None leaves the policy's own.

    Raises
    ------
    kam.errors.QuestionError
        A value that cannot be meant; names it.

    Examples
    --------
    >>> changed(Policy(), weights=(70, 30, 0, 0), size=10).weights
    (0.7, 0.3, 0.0, 0.0)
    """
    asked = {"weights": weights, "kappa": kappa, "list_size": size, "half_life_months": half_life}
    return _checked(policy, {key: value for key, value in asked.items() if value is not None}, QuestionError)


def _checked(policy: Policy, given: Mapping[str, object], error: type[KamError]) -> Policy:
    if "weights" in given:
        policy = replace(policy, weights=_weights(given["weights"], error))
    if "kappa" in given:
        policy = replace(policy, kappa=_above_zero("kappa", given["kappa"], error))
    if "list_size" in given:
        policy = replace(policy, list_size=_count("list_size", given["list_size"], error))
    if "list_share" in given:
        policy = replace(policy, list_share=_share("list_share", given["list_share"], error))
    if "half_life_months" in given:
        policy = replace(policy, half_life_months=_finite("half_life_months", given["half_life_months"], error))
    return policy


def _weights(given: object, error: type[KamError]) -> tuple[float, float, float, float]:
    if isinstance(given, Mapping):
        if set(given) != set(CRITERIA):
            raise _refusal(error, "weights", f"must name {', '.join(CRITERIA)}, each once; found {', '.join(given)}")
        given = [given[criterion] for criterion in CRITERIA]
    if not isinstance(given, Sequence | np.ndarray) or isinstance(given, str) or len(given) != len(CRITERIA):
        raise _refusal(error, "weights", f"must be one number each for {', '.join(CRITERIA)}, not {given!r}")
    for criterion, weight in zip(CRITERIA, given, strict=True):
        if not _is_number(weight) or not 0 <= weight < math.inf:
            raise _refusal(error, f"weights, {criterion}", f"must be a number from 0, not {weight!r}")
    total = math.fsum(given)
    if not 0 < total < math.inf:
        raise _refusal(error, "weights", "cannot all be 0")
    revenue, growth, role, collaboration = (float(weight / total) for weight in given)
    return revenue, growth, role, collaboration


def _above_zero(name: str, value: object, error: type[KamError]) -> float:
    if not _is_number(value) or not value > 0:
        raise _refusal(error, name, f"must be a number above 0, not {value!r}")
    return float(value)


def _finite(name: str, value: object, error: type[KamError]) -> float:
    if _above_zero(name, value, error) == math.inf:
        raise _refusal(error, name, f"must be a number of months, not {value!r}")
    return _above_zero(name, value, error)


def _share(name: str, value: object, error: type[KamError]) -> float:
    if _above_zero(name, value, error) > 1:
        raise _refusal(error, name, f"must be a share up to 1, not {value!r}")
    return _above_zero(name, value, error)


def _count(name: str, value: object, error: type[KamError]) -> int:
    if not _is_number(value) or value < 1 or not float(value).is_integer():
        raise _refusal(error, name, f"must be a whole number from 1, not {value!r}")
    return int(value)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def _refusal(error: type[KamError], name: str, what: str) -> KamError:
    where = "book.toml: [policy.key_accounts] " if error is BookError else ""
    return error(f"{where}{name} {what}. Nothing was changed.".replace("  ", " "))
