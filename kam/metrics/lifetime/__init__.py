"""What an account will bring from now on, who has left, and how well that could be foretold before."""

from kam.metrics.lifetime.bg_nbd import BgNbd, fit_bg_nbd
from kam.metrics.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma

__all__ = ["BgNbd", "GammaGamma", "fit_bg_nbd", "fit_gamma_gamma"]
