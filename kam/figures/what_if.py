"""The figures of a scenario: its months, what it rests on, who gains and loses, and several side by side."""

from kam.figures.compared import compared_figure
from kam.figures.gains import gains_figure
from kam.figures.months_ahead import months_ahead_figure
from kam.figures.tornado import tornado_figure

__all__ = ["compared_figure", "gains_figure", "months_ahead_figure", "tornado_figure"]
