"""The figures of the ladder: who stands where, which claims the evidence does not bear, and what the evidence is."""

from kam.figures.claims import claims_figure
from kam.figures.evidence import evidence_figure
from kam.figures.moves import moves_figure
from kam.figures.outcomes import outcomes_figure
from kam.figures.rungs import rungs_figure

__all__ = ["claims_figure", "evidence_figure", "moves_figure", "outcomes_figure", "rungs_figure"]
