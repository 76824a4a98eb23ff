"""Several scenarios side by side: each is a name, a note and a text, and nothing else."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from kam.base.errors import QuestionError

MOST = 4


class Stored(NamedTuple):
    """A scenario as it is kept: a name, a note, and the text of `kam.whatif.text`."""

    name: str
    note: str
    text: str


def compared(kept: Sequence[Stored], answer: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Lay the answers of up to four scenarios under each other.

    Parameters
    ----------
    kept
        In the order in which they are to stand.
    answer
        Answers the text of one: the frame of `kam.whatif.simulate.simulate`.

    Returns
    -------
    pandas.DataFrame
        place (number), name, note, and the columns of the answer; of a scenario that cannot be answered any more one
        row with its reason, and no measure.

    Raises
    ------
    kam.base.errors.QuestionError
        More than four.
    """
    if len(kept) > MOST:
        raise QuestionError(f"{MOST} scenarios stand side by side at most, not {len(kept)}. Nothing was computed.")
    parts = []
    for place, each in enumerate(kept):
        try:
            table = answer(each.text)
        except QuestionError as error:
            table = pd.DataFrame({"measure": [None], "reason": [str(error)]})
        parts.append(table.assign(place=place, name=each.name, note=each.note))
    if not parts:
        return pd.DataFrame(columns=["place", "name", "note", "measure", "baseline", "scenario", "reason"])
    rows = pd.concat(parts, ignore_index=True)
    first = ["place", "name", "note"]
    return rows[[*first, *(column for column in rows if column not in first)]].astype({"name": "str", "note": "str"})
