"""White space in words: why an account may buy what it does not, what the gaps come to, and how good the guess is."""

import numpy as np
import pandas as pd

from kam.words.numbers import count, counted, known, money, month, percent

STATES = ("sold", "open opportunity", "rival holds it", "not eligible", "gap")
"""The states of an account × category; where several fit, the first of them counts."""
SOLD, OPEN, RIVAL, RULED_OUT, GAP = STATES
_SIGN = 1.1  # a lift below says next to nothing
_SURE = 2.0  # standard errors


def reasons(gaps: pd.DataFrame) -> np.ndarray:
    """Say of each gap how many peers buy it, and which category the account buys is a sign that it would, too.

    Parameters
    ----------
    gaps
        peers, peer_buyers, same_industry, spend_share, lift, lift_from, lost_on.

    Examples
    --------
    >>> gap = {"peers": 11, "peer_buyers": 8, "same_industry": True, "spend_share": 0.1, "lift": 1.8}
    >>> reasons(pd.DataFrame([gap | {"lift_from": "Pumps", "lost_on": pd.NaT}])).tolist()
    ['8 of 11 peers buy it; customers who buy Pumps buy it 1.8 times as often.']
    """
    told = _each(gaps[["peer_buyers", "peers", "same_industry"]].assign(bought=gaps["spend_share"].notna()), _peers)
    signs = gaps[["lift", "lift_from"]].assign(lift=gaps["lift"].round(1))
    told += _each(signs, _sign)
    lost = gaps["lost_on"].notna().to_numpy()
    if lost.any():
        told[lost] += _each(gaps.loc[lost, ["lost_on"]], lambda on: f" An offer was lost in {month(on)}.")
    return told


def _each(facts: pd.DataFrame, written) -> np.ndarray:  # noqa: ANN001 - takes the facts of one row in their order
    """Write every kind of row once: there are far fewer kinds than rows."""
    kinds = facts.groupby(list(facts), dropna=False, sort=False).ngroup().to_numpy()
    _, first = np.unique(kinds, return_index=True)
    texts = [written(*row) for row in facts.iloc[first].itertuples(index=False, name=None)]
    return np.array(texts, dtype=object)[kinds] if len(facts) else np.zeros(0, dtype=object)


def _peers(buyers: int, peers: int, same_industry: bool, bought: bool) -> str:  # noqa: FBT001 - a row's facts
    if not bought:
        return "No customer buys it yet, so nobody can say what it would bring"
    if not peers:
        return "It has no peer to be held against; this is how many of the whole book buy it"
    among = "peers" if same_industry else "accounts nearest in size"
    return f"{count(buyers)} of {count(peers)} {among} buy{'s' if peers == 1 else ''} it"


def _sign(lift: float, category: object) -> str:
    return f"; customers who buy {category} buy it {lift:.1f} times as often." if lift >= _SIGN else "."


def step_reason(buyers: int, better_buyers: int, product: str, price_step: float) -> str:
    """Say how many buyers of a base version buy the better one, too, and how much dearer that is.

    >>> step_reason(40, 25, "Pump P1", 0.64)
    '25 of 40 buyers of Pump P1 buy the better version, too; a unit of it brings 64.0 % more.'
    """
    told = f"{count(better_buyers)} of {counted(buyers, 'buyer')} of {product}"
    told += f" buy{'s' if buyers == 1 else ''} the better version, too"
    if not known(price_step):
        return f"{told}; it was not sold in these twelve months."
    if price_step <= 0:
        return f"{told}; a unit of it brings no more."
    return f"{told}; a unit of it brings {percent(price_step)} more."


def service_reason(takers: int, others: int, products: list[str]) -> str:
    """Say how many others that buy these products take the service that completes them.

    >>> service_reason(12, 30, ["Pump P1", "Pump P2"])
    '12 of 30 others that buy Pump P1, Pump P2 or their like take it.'
    """
    shown = products[:2]
    if not others:
        return f"Nobody else buys {' or '.join(shown)}."
    like = f"{', '.join(shown)} or their like" if len(shown) > 1 else f"{shown[0]} or its like"
    return f"{count(takers)} of {count(others)} other{'' if others == 1 else 's'} that buy {like} take it."
