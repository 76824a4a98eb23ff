"""The figures of the Money page: what made revenue and margin change, and how customers stay."""

from kam.figures.bridge import bridge_figure
from kam.figures.cohorts import cohorts_figure
from kam.figures.retention import retention_figure

__all__ = ["bridge_figure", "cohorts_figure", "retention_figure"]
