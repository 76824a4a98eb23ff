"""What the figure of one account's months draws."""

import pandas as pd
import pytest

from kam.account import words
from kam.account.figures import months_figure
from tests.figures.reading import bars, points


@pytest.mark.parametrize("measure", ["revenue", "margin"])
def test_the_year_stands_once_under_the_first_of_its_months(measure: str) -> None:
    frame = pd.DataFrame({"month": pd.date_range("2025-11-01", periods=4, freq="MS"), measure: [1.0, 2.0, 3.0, 4.0]})
    frame[f"prior_{measure}"] = [4.0, 3.0, 2.0, None]
    fig = months_figure(frame, "EUR", account_id="A", measure=measure)
    assert fig.layout.meta["title"] == words.months_title(frame, measure)
    assert fig.layout.xaxis.ticktext == ("Nov<br>2025", "Dec", "Jan<br>2026", "Feb")
    assert fig.layout.xaxis.tickvals == tuple(bars(fig, measure).x) == tuple(points(fig, "a year earlier").x)
