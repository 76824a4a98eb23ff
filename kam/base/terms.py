"""Terms of the trade that stand for a choice of few, each spelled once: rungs, classes, criteria, dimensions."""

from collections.abc import Mapping
from types import MappingProxyType

from kam.base.texts import _

# how a customer sees us, from the lowest rung of the ladder up
RUNGS = ("commodity broker", "supplier", "strategic partner")
RUNG_KEYS = ("broker", "supplier", "partner")
RUNGS_OF_MANY = (_("commodity brokers"), _("suppliers"), _("strategic partners"))
UNKNOWN = "unknown"
ABSENT = "no sales yet"
RUNG_NAMES: Mapping[str, str] = MappingProxyType(
    {
        **dict(zip(RUNGS, (_("commodity broker"), _("supplier"), _("strategic partner")), strict=True)),
        UNKNOWN: _("unknown"),
        ABSENT: _("no sales yet"),
    }
)

# how sure it is that an account is key, and what the others are
KEY, BORDERLINE = "key", "borderline"
CLASSES = (KEY, BORDERLINE, "rising", "maintain", "transactional")
CLASS_NAMES: Mapping[str, str] = MappingProxyType(
    dict(zip(CLASSES, (_("key"), _("borderline"), _("rising"), _("maintain"), _("transactional")), strict=True))
)
CRITERIA = ("revenue", "growth", "role", "collaboration")
CRITERION_NAMES: Mapping[str, str] = MappingProxyType(
    dict(zip(CRITERIA, (_("revenue"), _("growth"), _("strategic role"), _("collaboration")), strict=True))
)
RATED = ("role", "collaboration")

MEASURES: Mapping[str, str] = MappingProxyType({"revenue": _("revenue"), "margin": _("margin")})

NOBODY = "nobody named"
"""Who answers for what nobody is named for."""

# what accounts have in common, by which a book is filtered and split
DIMENSIONS = ("manager", "region", "industry")
