"""What a book can be asked about dangers."""

import pandas as pd

from kam.dangers.danger_list import dangers as _dangers
from kam.ladder.question import ladder
from kam.portfolio.question import accounts, monthly
from kam.view import View, question


@question
def dangers(view: View) -> pd.DataFrame:
    """Return what is in danger, why, how much money it is about, and who acts."""
    parents = accounts(view.view(level="parent"))
    return _dangers(
        accounts(view), monthly(view), as_of=view.as_of, parents=parents, ladder=ladder(view), currency=view.currency
    )
