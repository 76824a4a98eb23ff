"""Every figure is set the same way, and the rest of the world's figures stay as they are."""

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from kam.chart.hover import escaped
from kam.chart.palette import palette
from kam.chart.template import EXPORT_CONFIG, finish, template


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_finished_figure_has_finding_measure_alt_and_page(theme: str) -> None:
    fig = finish(go.Figure(), title="A <b> finding", subtitle="Revenue in EUR", alt="told", theme=theme)
    assert fig.layout.title.text == escaped("A <b> finding")
    assert fig.layout.title.subtitle.text == "Revenue in EUR"
    assert fig.layout.meta["alt"] == "told"
    assert fig.layout.template.layout.paper_bgcolor == palette(theme).page
    assert fig.layout.template.layout.font.color == palette(theme).ink


def test_a_longer_finding_takes_height_from_the_page_not_from_the_drawing() -> None:
    brief = finish(go.Figure(), title="Short", subtitle="s", alt="a", theme="light")
    long = finish(go.Figure(), title="A long finding " * 6, subtitle="s", alt="a", theme="light")
    room = [fig.layout.height - fig.layout.margin.t - fig.layout.margin.b for fig in (brief, long)]
    assert room[0] == room[1]
    assert long.layout.height > brief.layout.height


def test_plotlys_own_default_is_left_alone() -> None:
    before = pio.templates.default
    finish(go.Figure(), title="T", subtitle="s", alt="a", theme="dark")
    assert pio.templates.default == before


def test_fonts_are_those_of_the_machine_and_nothing_is_sent_out() -> None:
    assert "http" not in str(template("light").to_plotly_json())
    assert EXPORT_CONFIG["showSendToCloud"] is False
