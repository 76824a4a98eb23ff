"""The figures of the portfolio: how few carry it, how they stand in growth and margin, and what changed."""

from kam.figures.changes import changes_figure
from kam.figures.pareto import pareto_figure
from kam.figures.portfolio_map import portfolio_map_figure

__all__ = ["changes_figure", "pareto_figure", "portfolio_map_figure"]
