"""How well the ladder knows: `python -m tests.ladder.calibration` writes docs/calibration.md, figures and all."""

from pathlib import Path

import numpy as np
import pandas as pd

from kam.base.terms import RUNG_KEYS, RUNGS
from kam.ladder.rung import ladder
from tests.ladder import portfolios
from tests.ladder.portfolios import AS_OF, Portfolio, portfolio
from tests.ladder.reading import read

CHANCES = [f"p_{rung}" for rung in RUNG_KEYS]
TARGET = Path(__file__).parents[2] / "docs" / "calibration.md"
PICTURE = TARGET.with_name("calibration.svg")
_SEEDS, _ACCOUNTS = (1, 2, 3, 4), 500
_BINS = np.arange(0.3, 1.0, 0.1)


def places(found: pd.DataFrame, drawn: Portfolio) -> pd.DataFrame:
    """Put the true rung beside the one found."""
    return found.assign(true=found["account_id"].map(drawn.truth).map(dict(enumerate(RUNGS))))


def brier(chances: np.ndarray, true: pd.Series) -> float:
    """Return the mean squared distance of the probabilities from the truth (Brier 1950): 0 is perfect, 2 the worst."""
    truth = true.to_numpy()[:, None] == np.array(RUNGS)
    return float(((chances - truth) ** 2).sum(axis=1).mean())


def reliability(found: pd.DataFrame) -> pd.DataFrame:
    """Compare what was said with what was right, in bins of a tenth: accounts, said, right."""
    chances = found[CHANCES].to_numpy()
    likeliest = pd.Series(np.array(RUNGS)[chances.argmax(axis=1)], index=found.index)
    rows = pd.DataFrame({"said": chances.max(axis=1), "right": (likeliest == found["true"]).to_numpy(dtype=float)})
    bins = np.digitize(rows["said"], _BINS)
    return rows.groupby(bins).agg(accounts=("said", "size"), said=("said", "mean"), right=("right", "mean"))


def calibration_error(found: pd.DataFrame) -> float:
    """Return the expected calibration error: the mean distance of said and right over the bins, by their accounts."""
    bins = reliability(found)
    return float(np.average((bins["said"] - bins["right"]).abs(), weights=bins["accounts"]))


def diagram(bins: pd.DataFrame) -> str:
    """Draw said against right as a picture in SVG: a dot a bin, as large as its accounts are many, and the diagonal.

    Parameters
    ----------
    bins
        The frame of `reliability`.
    """
    low, size, edge = 0.3, 360, 46

    def at(value: float) -> float:
        return (value - low) / (1 - low) * size

    ticks = [round(0.3 + 0.1 * step, 1) for step in range(8)]
    marks = "".join(
        f'<text x="{edge + at(tick):.0f}" y="{size + edge + 8}" text-anchor="middle">{tick:.0%}</text>'
        f'<text x="{edge - 8}" y="{edge + size - at(tick) - 6:.0f}" text-anchor="end">{tick:.0%}</text>'
        for tick in ticks
    )
    dots = "".join(
        f'<circle cx="{edge + at(said):.1f}" cy="{edge - 10 + size - at(right):.1f}" r="{3 + (accounts**0.5) / 3:.1f}"'
        f' fill="#0B6462" fill-opacity="0.7"><title>said {said:.0%}, right {right:.0%}, {accounts:.0f} accounts</title>'
        "</circle>"
        for accounts, said, right in bins[["accounts", "said", "right"]].to_numpy(dtype=float)
    )
    bottom, top = edge - 10 + size, edge - 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size + 2 * edge}" height="{size + 2 * edge}"'
        ' font-family="sans-serif" font-size="11" fill="#5A6069" role="img" aria-label="Reliability diagram">'
        '<rect width="100%" height="100%" fill="#FCFBF8"/>'
        f'<line x1="{edge}" y1="{bottom}" x2="{edge + size}" y2="{top}" stroke="#8B8F94" stroke-dasharray="4 4"/>'
        f"{dots}{marks}"
        f'<text x="{edge + size / 2}" y="{size + 2 * edge - 12}" text-anchor="middle">said</text>'
        f'<text x="{edge}" y="{edge - 22}">right; a dot on the line is as often right as it says</text></svg>\n'
    )


def main() -> None:
    """Draw the portfolios, place them, and write what came out."""
    drawn = [portfolio(seed, _ACCOUNTS) for seed in _SEEDS]
    found = pd.concat([places(ladder(read(each.book(), AS_OF)), each) for each in drawn], ignore_index=True)
    known = found[found["rung"] != "unknown"]
    right = reliability(found)
    claimed = (found["claimed_rung"].to_numpy()[:, None] == np.array(RUNGS)).astype(float)
    supplier = np.tile([0.0, 1.0, 0.0], (len(found), 1))
    bins = "".join(
        f"| {accounts:,.0f} | {said:.0%} | {share:.0%} | {'█' * round(20 * share)} |\n"
        for accounts, said, share in right[["accounts", "said", "right"]].to_numpy(dtype=float)
    )
    PICTURE.write_text(diagram(right), encoding="utf-8")
    TARGET.write_text(
        f"""# How well the ladder knows

Written by `python -m tests.ladder.calibration`; nothing here is typed by hand. {len(found):,} accounts in {len(_SEEDS)}
portfolios, whose true rungs are known because they were drawn first. They behave by assumptions that are not the
likelihood table's; `tests/ladder/portfolios.py` begins with them. Real customers may differ from both: how far apart
the likelihoods stand was chosen so that these portfolios come out calibrated, and a book can change it.

| | |
|---|--:|
| rung known | {len(known) / len(found):.1%} |
| right, where known | {(known["rung"] == known["true"]).mean():.1%} |
| right, if every likeliest rung counts | {np.average(right["right"], weights=right["accounts"]):.1%} |
| calibration error | {calibration_error(found):.3f} |
| Brier score, evidence | {brier(found[CHANCES].to_numpy(), found["true"]):.3f} |
| Brier score, what managers claim | {brier(claimed, found["true"]):.3f} |
| Brier score, everybody a supplier | {brier(supplier, found["true"]):.3f} |

Spread of a group's own deviation: {portfolios.SPREAD} rungs.

## Said and right

![Reliability diagram](calibration.svg)

| accounts | said | right | |
|--:|--:|--:|---|
{bins}""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
