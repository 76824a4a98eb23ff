"""How likely it is to lose more than an amount to all risks together within a year."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]

STEPS = 4_000  # parts that the sum of all losses is cut into
POINTS = 200  # rows returned


def loss_curve(risks: pd.DataFrame) -> pd.DataFrame:
    """Return the chance of losing more than each amount, if the live risks of known size strike independently.

    The distribution of the sum of independent losses, each its margin at risk with its probability and else nothing,
    by convolution, one risk after another, on 4,000 equal steps up to the sum of all. A loss between two steps is
    split over both so that its mean stays exact (Gerber 1982); the error of any point is about a step. Independence is
    an assumption: an economic crisis strikes many at once, and then large losses are likelier than this says. A loss
    may strike twice at one account, so its losses may add up to more than its margin.

    Parameters
    ----------
    risks
        `risks`: probability, margin_at_risk, is_live. Others than live ones of known size are left out.

    Returns
    -------
    pandas.DataFrame
        About 200 rows: loss (currency, from 0 up to the sum of all), chance (of losing more). Without a risk of known
        size: no rows.

    Examples
    --------
    >>> two = pd.DataFrame({"probability": [0.5, 0.5], "margin_at_risk": [1.0, 1.0], "is_live": [True, True]})
    >>> loss_curve(two).iloc[[0, -1]].values.tolist()
    [[0.0, 0.75], [2.0, 0.0]]
    """
    live = risks[risks["is_live"] & (risks["margin_at_risk"] > 0) & (risks["probability"] > 0)]
    losses, chances = live["margin_at_risk"].to_numpy(dtype=float), live["probability"].to_numpy(dtype=float)
    if not len(losses):
        return pd.DataFrame({"loss": pd.Series(dtype="float64"), "chance": pd.Series(dtype="float64")})
    step = losses.sum() / STEPS
    # the greatest loss of all could end a step further, by the splitting
    above = np.clip(1 - np.cumsum(_distribution(losses / step, chances, STEPS + len(losses))), 0, 1)
    places = np.unique(np.linspace(0, STEPS, POINTS + 1).astype(int))
    chance = np.where(places == STEPS, 0.0, above[places])
    return pd.DataFrame({"loss": places * step, "chance": np.round(chance, 12)})


def _distribution(sizes: Array, chances: Sequence[float] | Array, steps: int) -> Array:
    """Return the probability of each whole number of steps, from the losses in steps and their chances."""
    sums = np.zeros(steps + 1)
    sums[0] = 1.0
    reached = 0
    for size, chance in zip(sizes, chances, strict=True):
        whole = int(np.floor(size + 1e-9))
        part = min(max(size - whole, 0.0), 1.0)
        part = 0.0 if part < 1e-9 else part  # noqa: PLR2004 - a hair over a step is the step
        next_ = sums * (1 - chance)
        end = min(reached + 1, steps + 1)
        for shift, share in ((whole, 1 - part), (whole + 1, part)):
            if share > 0:
                width = min(end, steps + 1 - shift)
                next_[shift : shift + width] += chance * share * sums[:width]
        sums, reached = next_, min(reached + whole + 1, steps)
    return sums
