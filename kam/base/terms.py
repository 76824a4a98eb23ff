"""Terms of the trade that stand for a choice of few, each spelled once: rungs, classes, criteria, dimensions."""

from collections.abc import Mapping
from types import MappingProxyType

from kam.base.texts import _

# how a customer sees us, from the lowest rung of the ladder up
RUNGS = ("commodity broker", "supplier", "strategic partner")
RUNG_KEYS = ("broker", "supplier", "partner")
RUNGS_OF_MANY = ("commodity brokers", "suppliers", "strategic partners")
UNKNOWN = "unknown"
ABSENT = "no sales yet"

# how sure it is that an account is key, and what the others are
KEY, BORDERLINE = "key", "borderline"
CLASSES = (KEY, BORDERLINE, "rising", "maintain", "transactional")
CRITERIA = ("revenue", "growth", "role", "collaboration")
CRITERION_NAMES: Mapping[str, str] = MappingProxyType({name: name for name in CRITERIA} | {"role": "strategic role"})
RATED = ("role", "collaboration")

MEASURES: Mapping[str, str] = MappingProxyType({"revenue": _("revenue"), "margin": _("margin")})

NOBODY = "nobody named"
"""Who answers for what nobody is named for."""

# what accounts have in common, by which a book is filtered and split
DIMENSIONS = ("manager", "region", "industry")
