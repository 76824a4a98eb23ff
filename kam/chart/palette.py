"""Which colour means what, in light and in dark: rungs, statuses, objectives, money, ink. Nothing else is coloured.

Measured by the tests: text stands at 4.5 : 1 against the page, marks at 3 : 1 (WCAG 2.2), and the members of a family
stay apart under simulated protanopia, deuteranopia and tritanopia (Machado, Oliveira & Fernandes 2009).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kam.base.errors import QuestionError
from kam.base.terms import RUNGS, UNKNOWN
from kam.base.texts import _

THEMES = ("light", "dark")
UNKNOWN_PATTERN = "/"
STATUS_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"done": "circle", "done late": "square", "due soon": "triangle-up", "overdue": "diamond", "planned": "circle-open"}
)
STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "done": _("done"),
        "done late": _("done late"),
        "due soon": _("due soon"),
        "overdue": _("overdue"),
        "planned": _("planned"),
    }
)
OBJECTIVE_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"green": "circle", "amber": "triangle-up", "red": "diamond", "not measured": "circle-open"}
)
OBJECTIVE_WORDS: Mapping[str, str] = MappingProxyType(
    {"green": _("on track"), "amber": _("behind"), "red": _("far behind"), "not measured": _("not measured")}
)

CLASS_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "key": "star",
        "borderline": "diamond",
        "rising": "triangle-up",
        "maintain": "circle",
        "transactional": "circle-open",
    }
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as `#RRGGBB`."""

    theme: str
    page: str
    raised: str
    ink: str
    soft: str
    rule: str
    mark: str
    accent: str
    rung: Mapping[str, str]
    status: Mapping[str, str]
    objective: Mapping[str, str]
    money: Mapping[str, str]
    key_class: Mapping[str, str]


_LIGHT = Palette(
    theme="light",
    page="#FCFBF8",
    raised="#F3F1EB",
    ink="#1E2329",
    soft="#5A6069",
    rule="#DFDCD4",
    mark="#5F7388",
    accent="#6E3560",
    rung=MappingProxyType(dict(zip((*RUNGS, UNKNOWN), ("#A3401F", "#B98818", "#0B6462", "#8B8F94"), strict=True))),
    status=MappingProxyType(
        {"done": "#1F5C99", "done late": "#6A91D3", "due soon": "#B8841A", "overdue": "#B52824", "planned": "#83878C"}
    ),
    objective=MappingProxyType({"green": "#0F6353", "amber": "#BD8413", "red": "#B3261E", "not measured": "#8A8E93"}),
    money=MappingProxyType({"up": "#3A936A", "down": "#8A2454"}),
    key_class=MappingProxyType(
        {
            "key": "#521C46",
            "borderline": "#BF5CC9",
            "rising": "#29813C",
            "maintain": "#22357F",
            "transactional": "#757A7F",
        }
    ),
)
_DARK = Palette(
    theme="dark",
    page="#16191D",
    raised="#1E2227",
    ink="#ECEAE4",
    soft="#A6ABB2",
    rule="#343A41",
    mark="#7C92A9",
    accent="#D9A6CB",
    rung=MappingProxyType(dict(zip((*RUNGS, UNKNOWN), ("#D2602F", "#E8C06A", "#56C2BA", "#757B82"), strict=True))),
    status=MappingProxyType(
        {"done": "#4A8FD6", "done late": "#B4D0F8", "due soon": "#E6B955", "overdue": "#E5544A", "planned": "#7F858C"}
    ),
    objective=MappingProxyType({"green": "#5CC9B1", "amber": "#E9BC60", "red": "#E5544A", "not measured": "#757B82"}),
    money=MappingProxyType({"up": "#6CC79B", "down": "#CF5A92"}),
    key_class=MappingProxyType(
        {
            "key": "#E7C1DD",
            "borderline": "#BF46B6",
            "rising": "#1B974B",
            "maintain": "#3F68E0",
            "transactional": "#6F7378",
        }
    ),
)


def palette(theme: str) -> Palette:
    """Return the colours of a theme.

    >>> palette("light").rung["strategic partner"]
    '#0B6462'
    """
    if theme not in THEMES:
        raise QuestionError(
            _("There is no theme {theme!r}; the themes are {themes}.").format(theme=theme, themes=", ".join(THEMES))
        )
    return _LIGHT if theme == "light" else _DARK


def tint(colour: str, page: str, strength: float) -> str:
    """Mix a colour into the page: 1 keeps it, 0 gives the page. Solid, so that overlapping marks do not add up.

    >>> tint("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_channels(colour), _channels(page), strict=True)
    return "#" + "".join(f"{round(front * strength + back * (1 - strength)):02X}" for front, back in pairs)


def see_through(colour: str, opacity: float) -> str:
    """Write a colour with an opacity in [0, 1], for marks that may hide one another.

    >>> see_through("#102030", 0.5)
    'rgba(16, 32, 48, 0.5)'
    """
    red, green, blue = _channels(colour)
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
