"""What a book says on plans: where colours change and what is a stretch; `[policy.plans]`, checked before it counts."""

from collections.abc import Mapping
from dataclasses import fields, replace

from kam.errors import BookError
from kam.plan.standing import THRESHOLDS, Thresholds

_WHOLE = ("fewest_windows",)
_SHARES = ("early", "stretch", "ambition")


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
    kam.errors.BookError
        An unknown name, or a value that cannot be meant; names it.

    Examples
    --------
    >>> plan_policy({"green_pace": 1}).green_pace, plan_policy({}).stretch
    (1.0, 0.95)
    """
    if not isinstance(given, Mapping):
        raise _refusal("", f"must be a section, not {given!r}")
    known = [field.name for field in fields(Thresholds)]
    unknown = [str(key) for key in given if key not in known]
    if unknown:
        raise _refusal(unknown[0], f"means nothing here. Known are: {', '.join(known)}")
    wanted = replace(THRESHOLDS, **{str(name): _checked(str(name), value) for name, value in given.items()})
    if wanted.amber_pace > wanted.green_pace:
        raise _refusal("amber_pace", f"of {wanted.amber_pace:g} is above green_pace of {wanted.green_pace:g}")
    if wanted.ambition > wanted.stretch:
        raise _refusal("ambition", f"of {wanted.ambition:g} is above stretch of {wanted.stretch:g}")
    return wanted


def _checked(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise _refusal(name, f"must be a number from 0, not {value!r}")
    if name in _SHARES and value > 1:
        raise _refusal(name, f"must be a share up to 1, not {value!r}")
    if name == "met" and value == 0:
        raise _refusal(name, "must be above 0")
    if name in _WHOLE:
        if value < 1 or not float(value).is_integer():
            raise _refusal(name, f"must be a whole number from 1, not {value!r}")
        return int(value)
    return float(value)


def _refusal(name: str, what: str) -> BookError:
    return BookError(f"book.toml: [policy.plans] {name} {what}. Nothing was changed.".replace("  ", " "))
