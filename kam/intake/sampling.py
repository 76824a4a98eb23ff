"""Some lines of one file as numbers, for the tests on values."""

import re

import numpy as np
import pandas as pd

from kam.intake.amount_evidence import bounded
from kam.intake.concepts import unified
from kam.intake.look import NUMBERS, Look, choose, numeric
from kam.intake.raw import raw_name
from kam.intake.sampled import Sample

_SAMPLE = 20_000
_ORDERED = r"ordered|bestellt|bestelmenge|command|pedid|ordinat|siparis|سفارش"


def sampled(look: Look) -> pd.DataFrame:
    """Fetch the first lines: every number column, the ids, and the day."""
    names = dict.fromkeys(name for role in NUMBERS for name in numeric(look, role))
    values = [f'{look.reading.number(name)} as "n {at}"' for at, name in enumerate(names)]
    texts = [
        f'{raw_name(look.used[column])}::varchar as "t {column}"'
        for column in ("account_id", "order_id", "product_id")
        if column in look.used
    ]
    day = f"({look.reading.day}) as day"
    frame = look.cursor.execute(
        f"select {', '.join([*values, *texts, day])} from (from {look.reading.relation} limit {_SAMPLE})"
    ).df()
    return frame.rename(columns={f"n {at}": f"number {name}" for at, name in enumerate(names)})


def as_sample(look: Look, frame: pd.DataFrame) -> Sample:
    """Lay fetched lines out as the tests on values take them."""
    numbers = {
        name.removeprefix("number "): bounded(frame[name].to_numpy(dtype=float))
        for name in frame.columns
        if name.startswith("number ")
    }
    quantity = look.reading.quantity
    written = look.reading.numbers.items()
    day = pd.to_datetime(frame["day"])
    one = np.full(len(frame), "")
    who = frame["t account_id"].to_numpy(dtype=object) if "t account_id" in frame else one
    return Sample(
        numbers=numbers,
        quantity=numbers[quantity] if quantity else np.ones(len(frame)),
        has_quantity=quantity is not None,
        orders=frame["t order_id"].to_numpy(dtype=object) if "t order_id" in frame else None,
        account=who,
        visits=(pd.Series(who).astype("str") + " " + day.astype("str")).to_numpy(dtype=object),
        product=frame["t product_id"].to_numpy(dtype=object) if "t product_id" in frame else one,
        month=(12 * day.dt.year + day.dt.month - 1).to_numpy(dtype=float),
        shares=frozenset(name for name, how in written if how.share),
        money=frozenset(name for name, how in written if how.currencies),
    )


def choose_quantity(look: Look) -> None:
    """Take the likeliest column of the quantity: what was ordered only if there is nothing else."""
    if found := numeric(look, "quantity"):
        others = [name for name in found if not re.search(_ORDERED, unified(name))]
        look.reading.quantity = next(iter(others or found))
        choose(look, "quantity", look.reading.quantity)
