"""The colours can be told apart and read: on both pages, and by the colour-blind."""

import re
import tomllib
from pathlib import Path

import pytest

from kam.base.errors import QuestionError
from kam.chart.palette import CLASS_SYMBOLS, OBJECTIVE_SYMBOLS, OBJECTIVE_WORDS, STATUS_SYMBOLS, THEMES, palette, tint
from tests.figures.seeing import VISIONS, contrast, nearest

CONFIG = tomllib.loads(Path(__file__).parents[2].joinpath(".streamlit/config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_the_page_and_on_raised_ground(theme: str) -> None:
    colours = palette(theme)
    for text in (colours.ink, colours.soft, colours.accent):
        assert contrast(text, colours.page) >= 4.5
        assert contrast(text, colours.raised) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_the_page(theme: str) -> None:
    colours = palette(theme)
    families = (
        colours.rung,
        colours.status,
        colours.objective,
        colours.money,
        colours.key_class,
        {"mark": colours.mark},
    )
    for family in families:
        for name, colour in family.items():
            assert contrast(colour, colours.page) >= 3, name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("family", ["rung", "status", "objective", "money", "key_class"])
def test_members_of_a_family_look_apart_to_everybody(theme: str, vision: str, family: str) -> None:
    distance, one, other = nearest(dict(getattr(palette(theme), family)), vision)
    assert distance >= 18, (one, other)


def test_every_status_has_a_shape_of_its_own() -> None:
    for theme in THEMES:
        assert set(palette(theme).status) == set(STATUS_SYMBOLS)
        assert set(palette(theme).objective) == set(OBJECTIVE_SYMBOLS) == set(OBJECTIVE_WORDS)
        assert set(palette(theme).key_class) == set(CLASS_SYMBOLS)
    assert len(set(CLASS_SYMBOLS.values())) == len(CLASS_SYMBOLS)
    assert len(set(STATUS_SYMBOLS.values())) == len(STATUS_SYMBOLS)
    assert len(set(OBJECTIVE_SYMBOLS.values())) == len(OBJECTIVE_SYMBOLS)


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(QuestionError, match="sepia"):
        palette("sepia")


def test_a_tint_of_no_strength_is_the_page() -> None:
    assert tint("#A3401F", "#FCFBF8", 0) == "#FCFBF8"
    assert tint("#A3401F", "#FCFBF8", 1) == "#A3401F"


@pytest.mark.parametrize("theme", THEMES)
def test_the_app_wears_the_same_colours_as_its_figures(theme: str) -> None:
    colours, worn = palette(theme), CONFIG["theme"][theme]
    assert worn["backgroundColor"] == colours.page
    assert worn["secondaryBackgroundColor"] == colours.raised
    assert worn["textColor"] == colours.ink
    assert worn["primaryColor"] == worn["linkColor"] == colours.accent
    assert worn["borderColor"] == colours.rule
    for name in ("red", "orange", "yellow", "blue", "green", "violet", "gray"):
        assert contrast(worn[f"{name}TextColor"], colours.page) >= 4.5, name


def test_the_app_sends_nothing_out_and_fetches_no_fonts() -> None:
    text = Path(__file__).parents[2].joinpath(".streamlit/config.toml").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//", text)
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["address"] == "127.0.0.1"
    for theme in THEMES:
        assert len(CONFIG["theme"][theme]["chartSequentialColors"]) == 10
        assert len(CONFIG["theme"][theme]["chartDivergingColors"]) == 10
