"""The figures of the key accounts: how sure the list is, where they stand, and what one's scores are made of."""

from kam.figures.matrix import matrix_figure
from kam.figures.robustness import robustness_figure
from kam.figures.score_parts import score_parts_figure

__all__ = ["matrix_figure", "robustness_figure", "score_parts_figure"]
