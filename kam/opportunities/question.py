"""What the accounts of a book do not buy yet, what that is worth, what is being worked, and how good the guess is."""

import pandas as pd

from kam.opportunities.pipeline import opportunities as _opportunities
from kam.opportunities.solution_gaps import solution_gaps as _solution_gaps
from kam.opportunities.up_sell import up_sell as _up_sell
from kam.opportunities.white_space import white_space as _white_space
from kam.opportunities.white_space_back_test import white_space_back_test as _white_space_back_test
from kam.view import View, question


@question
def white_space(view: View) -> pd.DataFrame:
    """Return the state of each account × category, and what each gap is worth, why, and how sure that is."""
    return view.ask(_white_space, as_of=view.as_of)


@question
def white_space_back_test(view: View) -> pd.DataFrame:
    """Return how often the ranking made a year ago hit what accounts took up since, beside popularity: one row."""
    return view.ask(_white_space_back_test, as_of=view.as_of)


@question
def up_sell(view: View) -> pd.DataFrame:
    """Return what is bought in base versions, and what the better version would bring."""
    return view.ask(_up_sell, as_of=view.as_of)


@question
def solution_gaps(view: View) -> pd.DataFrame:
    """Return products that are bought without the service that completes them."""
    return view.ask(_solution_gaps, as_of=view.as_of)


@question
def opportunities(view: View) -> pd.DataFrame:
    """Return the register of opportunities: source, need, stage, worth, next step and what is late."""
    return view.ask(_opportunities, today=view.today)
