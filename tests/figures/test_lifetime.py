"""What the figure of the back-test draws."""

import numpy as np
import pandas as pd
import pytest

from kam.lifetime import words
from kam.lifetime.figures import back_test_figure
from tests.figures.reading import bars, points, subtitle

AGAIN = "same as the 8 months before"
TENTHS = pd.DataFrame(
    {
        "tenth": [1, 2],
        "accounts": [5, 1],
        "purchases": [0.5, 4.0],
        "model_purchases": [0.6, 3.5],
        "last_purchases": [0.0, 5.0],
        "value": [50.0, 400.0],
        "model_value": [60.0, 350.0],
        "last_value": [0.0, 500.0],
    }
)

METHOD = pd.Series(
    {
        "model_purchases_total": 0.098,
        "last_purchases_total": -0.182,
        "test_months": 8,
        "test_start": pd.Timestamp("2026-02-01"),
        "test_end": pd.Timestamp("2026-09-30"),
    }
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_came_stands_as_bars_and_both_forecasts_as_marks(theme: str) -> None:
    fig = back_test_figure(TENTHS, METHOD, "EUR", theme=theme)

    assert fig.layout.meta["title"] == words.back_test_title(METHOD)
    assert "Feb 2026 – Sep 2026" in subtitle(fig)
    assert list(bars(fig, "what came").y) == [0.5, 4.0]
    assert list(points(fig, "model").y) == [0.6, 3.5]
    assert list(points(fig, AGAIN).y) == [0.0, 5.0]
    told = bars(fig, "what came").customdata[1][1].replace("<br>", " ").replace("\u00a0", " ")
    assert told == (
        "<b>Tenth 2: 1 account</b> 4.00 purchases an account came, worth EUR 400. The model said 3.50, EUR 350."
        " Same as the 8 months before would be 5.00, EUR 500."
    )


def test_without_a_model_only_the_same_again_stands_beside_what_came() -> None:
    method = pd.Series({**METHOD, "model_purchases_total": np.nan})
    fig = back_test_figure(TENTHS.assign(model_purchases=np.nan), method, None)

    assert fig.layout.meta["title"] == words.back_test_title(method)
    assert [trace.name for trace in fig.data] == ["what came", AGAIN]


def test_without_months_to_test_on_it_says_so() -> None:
    method = pd.Series(dict.fromkeys(METHOD.index, None))
    fig = back_test_figure(TENTHS.head(0), method, "EUR")

    assert fig.layout.meta["title"] == words.back_test_title(method)
    assert not fig.data
    assert "nothing to test on" in fig.layout.meta["alt"]
