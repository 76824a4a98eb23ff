"""What may go wrong at the accounts of a book, what it would cost, and which rivals are there."""

import pandas as pd

from kam.risks.loss_curve import loss_curve as _loss_curve
from kam.risks.risk_register import grid
from kam.risks.risk_register import risks as _risks
from kam.risks.rivals import competitors as _competitors
from kam.risks.rivals import rivals as _rivals
from kam.view import View, question


@question
def risks(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return every risk, or those of one account, with margin at risk and expected loss, the largest first."""
    return view.of(account_id).ask(_risks, as_of=view.as_of, today=view.today)


@question
def risk_grid(view: View) -> pd.DataFrame:
    """Return how many live risks stand in each cell of five by five bands of probability and impact."""
    return grid(risks(view))


@question
def loss_curve(view: View) -> pd.DataFrame:
    """Return the chance of losing more than each amount within a year: loss, chance."""
    return _loss_curve(risks(view))


@question
def competitors(view: View, account_id: str | None = None) -> pd.DataFrame:
    """Return every rival at every account, or at one, with what sets us apart there."""
    return view.of(account_id).ask(_competitors, as_of=view.as_of)


@question
def rivals(view: View) -> pd.DataFrame:
    """Return each rival once: where it attacks and holds, and how much of our revenue it is after."""
    return _rivals(competitors(view))
