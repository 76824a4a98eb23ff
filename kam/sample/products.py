"""What does the sample's company sell, at which list price and cost, and which of it does an account buy."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kam.sample.customers import Account
from kam.sample.dice import MONTHS, Dice, at

# Category: kind, cost as a share of list price, then five products with their first list price. The first three are
# one line of versions from base to best, the last two another.
CATEGORIES: dict[str, tuple[str, float, tuple[tuple[str, int], ...]]] = {
    "Pumps": (
        "product",
        0.66,
        (("Pump P1", 420), ("Pump P2", 690), ("Pump P3 Pro", 1180), ("Dosing pump D1", 310), ("Dosing pump D2", 520)),
    ),
    "Valves": (
        "product",
        0.66,
        (
            ("Valve V1", 85),
            ("Valve V2", 140),
            ("Valve V3 Pro", 260),
            ("Shut-off valve S1", 60),
            ("Shut-off valve S2", 110),
        ),
    ),
    "Drives": (
        "product",
        0.64,
        (("Drive E1", 540), ("Drive E2", 880), ("Drive E3 Pro", 1490), ("Gear motor G1", 360), ("Gear motor G2", 610)),
    ),
    "Sensors": (
        "product",
        0.60,
        (
            ("Flow sensor F1", 120),
            ("Flow sensor F2", 210),
            ("Flow sensor F3 Pro", 390),
            ("Level sensor L1", 95),
            ("Level sensor L2", 170),
        ),
    ),
    "Controls": (
        "product",
        0.60,
        (
            ("Controller C1", 480),
            ("Controller C2", 820),
            ("Controller C3 Pro", 1390),
            ("Panel T1", 330),
            ("Panel T2", 590),
        ),
    ),
    "Seals and filters": (
        "product",
        0.70,
        (("Seal set K1", 18), ("Seal set K2", 29), ("Seal set K3 Pro", 52), ("Filter R1", 24), ("Filter R2", 41)),
    ),
    "Maintenance": (
        "service",
        0.56,
        (
            ("Maintenance basic", 260),
            ("Maintenance plus", 430),
            ("Maintenance full", 780),
            ("Spare-part depot", 350),
            ("Remote watch", 190),
        ),
    ),
    "Training and advice": (
        "service",
        0.52,
        (
            ("Operator training", 380),
            ("Technician training", 620),
            ("Process advice", 950),
            ("Energy audit", 720),
            ("Safety audit", 540),
        ),
    ),
    "Complete systems": (
        "solution",
        0.60,
        (
            ("Dosing station", 2400),
            ("Dosing station plus", 3900),
            ("Process line", 7800),
            ("Leasing pump room", 3100),
            ("Managed pump room", 4600),
        ),
    ),
}
NAMES = tuple(CATEGORIES)
PER_CATEGORY = 5
SLOTS = 64
PHASES = 4
_COMPANIONS = {
    "Pumps": 32,
    "Valves": 30,
    "Drives": 31,
    "Sensors": 34,
    "Controls": 36,
    "Seals and filters": 33,
    "Complete systems": 37,
}
_LAUNCHED = {7: 14, 24: 25, 17: 9}
_DROPPED = {3: 20, 18: 29}
_LIST_RISE, _COST_RISE = 1.028, 1.026
_BETTER = {1, 2, 4}  # the places of better versions in a category
_SERVICE_FROM = 6  # categories from here on are services and solutions


def product_id(number: int) -> str:
    """Name a product.

    >>> product_id(0)
    'P01'
    """
    return f"P{number + 1:02d}"


def products() -> list[dict[str, object]]:
    """List the products with their better versions and companion services."""
    rows: list[dict[str, object]] = []
    for place, (category, (kind, _, items)) in enumerate(CATEGORIES.items()):
        for position, (name, _) in enumerate(items):
            number = place * PER_CATEGORY + position
            companion = _COMPANIONS.get(category)
            rows.append(
                {
                    "product_id": product_id(number),
                    "name": name,
                    "category": category,
                    "kind": kind,
                    "better_version_id": product_id(number + 1) if position in {0, 1, 3} else None,
                    "companion_id": product_id(companion) if companion else None,
                }
            )
    return rows


def offers() -> pd.DataFrame:
    """Say what is sold in each month where a product is wanted: before its launch and after its end, a neighbour.

    Columns: slot (the product wanted), month, product_id, physical (may be returned), list_price and unit_cost
    (currency per unit).
    """
    rows = []
    for slot in range(len(CATEGORIES) * PER_CATEGORY):
        kind, cost, items = CATEGORIES[NAMES[slot // PER_CATEGORY]]
        for month in range(MONTHS):
            number = slot
            if month < _LAUNCHED.get(slot, 0):
                number = slot - 1
            elif month >= _DROPPED.get(slot, MONTHS):
                number = slot + 1
            first_price = items[number % PER_CATEGORY][1]
            years = (month + 9) // 12  # the price list changes every January
            price = round(first_price * _LIST_RISE**years, 2)
            unit_cost = round(first_price * cost * _COST_RISE ** (month / 12), 2)
            rows.append((slot, month, product_id(number), kind == "product", price, unit_cost))
    return pd.DataFrame(rows, columns=["slot", "month", "product_id", "physical", "list_price", "unit_cost"])


def baskets(accounts: Sequence[Account], seed: int) -> pd.DataFrame:
    """Draw what each account buys in each phase of 12 months: 64 slots, filled by the weight of its products.

    Columns: account, phase, position (0 … 63), slot (the product wanted). The phases of an account begin in a month
    of its own (see `phase`).
    """
    dice = Dice(seed, "baskets")
    weights_of = {count: 0.68 ** np.arange(count) for count in range(1, len(NAMES) + 1)}
    slots = np.empty((len(accounts), PHASES, SLOTS), dtype=np.int64)
    for account in accounts:
        wanted = _preference(account, dice)
        versions = [dice.rng.permutation(PER_CATEGORY)[: dice.whole(2, 4)] for _ in NAMES]
        spread = dice.normal(0, 0.5)
        for phase in range(PHASES):
            level = account.level(min(MONTHS - 1, 12 * phase - account.number % 12 + 6))
            count = int(np.clip(round(at(level, (2.2, 4.4, 7.0)) + spread), 1, len(NAMES)))
            if (
                account.story is None and count < len(NAMES) and dice.chance(0.25)
            ):  # one category goes and another comes
                place = dice.whole(0, count - 1)
                wanted[place], wanted[count] = wanted[count], wanted[place]
            better = at(level, (0.4, 0.9, 1.6))
            weights = np.zeros(len(NAMES) * PER_CATEGORY)
            for category, weight in zip(wanted[:count], weights_of[count], strict=True):
                for position in versions[category]:
                    weights[category * PER_CATEGORY + position] = weight * (better if position in _BETTER else 1)
            edges = np.cumsum(weights) / weights.sum() * SLOTS
            slots[account.number, phase] = np.searchsorted(edges, np.arange(SLOTS) + 0.5)
    places = np.indices(slots.shape).reshape(3, -1)
    return pd.DataFrame(
        {"account": places[0], "phase": places[1], "position": places[2], "slot": slots.ravel()}, dtype="int64"
    )


def phase(accounts: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Tell in which phase of its buying an account is in a month."""
    return (months + accounts % 12) // 12


def _preference(account: Account, dice: Dice) -> list[int]:
    """Order the categories by liking: partners take services and solutions early, brokers hardly ever."""
    later = at(account.levels[0], (0.9, 0.3, 0.0))
    liking = dice.rng.random(len(NAMES))
    liking[_SERVICE_FROM:] += later
    return [int(category) for category in np.argsort(liking)]
