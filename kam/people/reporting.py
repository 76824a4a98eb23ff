"""Who reports to whom at a customer: its people as a tree, read from the top."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd


def reporting_lines(stakeholders: pd.DataFrame) -> pd.DataFrame:
    """Order people so that each stands under the one it reports to, siblings by influence, and say how deep.

    Who has left is kept only if somebody is still said to report to that person. Where people report to one another in
    a circle, the most influential of them stands on top.

    Parameters
    ----------
    stakeholders
        The frame of `kam.people.stakeholders.stakeholders`, the most influential first.

    Returns
    -------
    pandas.DataFrame
        The same columns and depth (0 at the top), in the order of the tree.

    >>> rows = {"contact_id": ["b", "a"], "reports_to_id": ["a", None], "departed": [False, False]}
    >>> reporting_lines(pd.DataFrame(rows))[["contact_id", "depth"]].to_numpy().tolist()
    [['a', 0], ['b', 1]]
    """
    bosses = set(stakeholders["reports_to_id"][~stakeholders["departed"]].dropna())
    kept = stakeholders[~stakeholders["departed"] | stakeholders["contact_id"].isin(bosses)]
    places = dict(zip(kept["contact_id"], range(len(kept)), strict=True))
    under: dict[int | None, list[int]] = defaultdict(list)
    for place, boss in enumerate(kept["reports_to_id"]):
        under[places.get(boss)].append(place)
    seen: dict[int, int] = {}
    for top in [*under[None], *range(len(kept))]:
        for place, depth in _down(top, under):
            if place in seen:
                continue
            seen[place] = depth
    return kept.iloc[list(seen)].assign(depth=list(seen.values())).reset_index(drop=True)


def _down(top: int, under: dict[int | None, list[int]]) -> Iterator[tuple[int, int]]:
    """Walk down from a person, each one once, also where the lines run in a circle."""
    waiting, met = [(top, 0)], set()
    while waiting:
        place, depth = waiting.pop()
        if place in met:
            continue
        met.add(place)
        yield place, depth
        waiting.extend((below, depth + 1) for below in reversed(under[place]))
