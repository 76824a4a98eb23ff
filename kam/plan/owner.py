"""Whether an objective has one owner: a person, not several and not everybody."""

import re

from kam.base.schema import DEPARTMENTS
from kam.base.texts import _, ngettext

NOBODY = frozenset({"tbd", "n/a", "na", "none", "nobody", "?", "-", "open", "unknown", "to be decided", "x"})
EVERYBODY = frozenset(
    {"all", "everybody", "everyone", "we", "us", "team", "the team", "whole team", "management", *DEPARTMENTS}
    | {f"{department} team" for department in DEPARTMENTS}
)
_BETWEEN = re.compile(r"\s*[;/&+]\s*|\s+(?:and|und|et|y|و)\s+", re.IGNORECASE)
_FULL_NAME = 2  # words; “Roth, Ines” is one person, “Ines Roth, Ada Lind” are two


def owner_problem(owner: str | None) -> str | None:
    """Say why an owner is not one person, or None.

    >>> owner_problem("Ines Roth"), owner_problem("Roth, Ines")
    (None, None)
    >>> owner_problem("Ines Roth, Ada Lind")
    'it has 2 owners'
    >>> owner_problem("Sales")
    '“Sales” is not a person'
    """
    if owner is None or owner.lower() in NOBODY:
        return _("it has no owner")
    if owner.lower() in EVERYBODY:
        return _("“{owner}” is not a person").format(owner=owner)
    people = [part for part in _BETWEEN.split(owner) if part]
    if len(people) == 1:
        parts = [part.split() for part in owner.split(",") if part.strip()]
        if len(parts) > 1 and all(len(part) >= _FULL_NAME for part in parts):
            people = [" ".join(part) for part in parts]
    if len(people) <= 1:
        return None
    return ngettext("it has {people} owner", "it has {people} owners", len(people)).format(people=len(people))
