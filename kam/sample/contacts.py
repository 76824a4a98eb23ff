"""Who works on both sides in the sample, when do they talk, and what do the customers say."""

import datetime as dt
from collections.abc import Sequence

from kam.base.schema import MANAGERS
from kam.sample.customers import REGIONS, Account, manager_count, person
from kam.sample.dice import MONTHS, TODAY, Dice, at, month_start

Row = dict[str, object]

SPONSOR_LEFT = dt.date(2026, 8, 14)
_SKILLS = tuple(column.name for column in MANAGERS if column.unit == "rating 1–5")
_POSTS = (
    ("purchasing", "head", "Head of purchasing"),
    ("purchasing", "specialist", "Buyer"),
    ("technical", "head", "Technical director"),
    ("management", "executive", "Managing director"),
    ("operations", "head", "Plant manager"),
    ("finance", "head", "Head of controlling"),
    ("technical", "specialist", "Process engineer"),
    ("marketing", "head", "Head of product marketing"),
    ("operations", "specialist", "Shift lead"),
    ("finance", "executive", "Chief financial officer"),
)
_INFLUENCE = {"executive": 4.6, "head": 3.4, "specialist": 1.9}
_PURPOSES = ("value", "selling", "service", "relationship")
_CHANNELS = ("meeting", "visit", "call", "mail", "event")
_NOTES = {
    "value": (
        "Brought the energy figures of comparable plants.",
        "Half a day of training for the shift leads.",
        "Passed on our study of the new hygiene rule.",
        "Walked the line and listed three savings.",
    ),
    "selling": (
        "Talked through the new offer.",
        "Price talk; they want another quotation.",
        "Showed the new version.",
        "Followed up the open quotation.",
    ),
    "service": (
        "Looked at the late delivery together.",
        "Agreed the dates of the maintenance.",
        "Cleared up the credit note.",
    ),
    "relationship": (
        "Lunch; talked about next year's plans.",
        "First meeting with the new colleague.",
        "Invited to the customer day.",
    ),
}
_COMMENTS = (
    (
        "Price decides.",
        "Others offer the same.",
        "We compare three quotations each time.",
        "Delivery was late twice; the next order went elsewhere.",
    ),
    (
        "Good quality, fair service.",
        "Reliable, but rivals catch up.",
        "The technicians know their trade.",
        "We would like faster answers.",
    ),
    (
        "They know our plant as we do.",
        "The energy project saved us real money.",
        "A partner in our growth plans.",
        "We plan next year's line together — très bien.",
    ),
)


def managers(count: int, seed: int) -> list[Row]:
    """List the key account managers of so many accounts, with their seven skills."""
    dice = Dice(seed, "managers")
    rows: list[Row] = []
    for number in range(1, manager_count(count) + 1):
        base = dice.normal(3.5, 0.5)
        rows.append(
            {
                "manager_id": f"M{number:02d}",
                "name": person(dice),
                "region": REGIONS[(number - 1) % len(REGIONS)],
                "started_on": dice.day(dt.date(2012, 1, 1), dt.date(2023, 6, 1)),
                **{skill: dice.rating(base, 0.8, 1, 5) for skill in _SKILLS},
            }
        )
    return rows


def contacts(accounts: Sequence[Account], seed: int) -> list[Row]:
    """List the people inside the customers; the nearer the partner, the more of them we know, and the warmer."""
    dice = Dice(seed, "contacts")
    rows: list[Row] = []
    for account in accounts:
        level = account.level(MONTHS - 1)
        count = min(max(round(dice.normal(at(level, (2.4, 4.2, 7.2)), 0.7)), 2), len(_POSTS))
        first = len(rows)
        for function, height, title in _POSTS[:count]:
            rows.append(
                {
                    "contact_id": f"K{len(rows) + 1:05d}",
                    "account_id": account.account_id,
                    "name": person(dice),
                    "title": title,
                    "function": function,
                    "level": height,
                    "influence": dice.rating(_INFLUENCE[height], 0.6, 1, 5),
                    "attitude": dice.rating(at(level, (-0.3, 0.5, 1.3)), 0.9, -2, 2),
                    "left_on": dice.day(dt.date(2024, 6, 1), dt.date(2026, 8, 31)) if dice.chance(0.05) else None,
                }
            )
        _report(rows[first:])
        if account.story and account.story.key == "sponsor left":
            sponsor = next(row for row in rows[first:] if row["function"] == "management")
            sponsor |= {"influence": 5, "attitude": 2, "left_on": SPONSOR_LEFT}
    return rows


def touches(accounts: Sequence[Account], people: Sequence[Row], seed: int) -> list[Row]:
    """List who met whom, why and how; with partners often, with many, and to give value."""
    dice = Dice(seed, "touches")
    everyone = [f"M{number:02d}" for number in range(1, manager_count(len(accounts)) + 1)]
    rows: list[Row] = []
    for account, known in zip(accounts, by_account(accounts, people), strict=True):
        for month in range(max(account.months[0] - 3, 0), min(account.months[1] + 3, MONTHS)):
            level = account.level(month)
            fading = 1.0 if account.active(month) else 0.4
            first = month_start(month)
            here = [row for row in known if _here(row, first)]
            weights = [_weight(row, level) for row in here]
            for _ in range(int(dice.rng.poisson(fading * at(level, (0.45, 1.1, 2.4)))) if here else 0):
                purpose = dice.weighted(_PURPOSES, _purpose_weights(level))
                rows.append(
                    {
                        "touch_id": f"T{len(rows) + 1:06d}",
                        "account_id": account.account_id,
                        "touch_date": dice.day(first, first + dt.timedelta(days=27)),
                        "contact_id": dice.weighted(here, weights)["contact_id"],
                        "manager_id": dice.pick(everyone)
                        if dice.chance(at(level, (0.02, 0.08, 0.25)))
                        else account.manager_id,
                        "channel": dice.weighted(_CHANNELS, (2, 2, 4, 4, 1)),
                        "purpose": purpose,
                        "note": dice.pick(_NOTES[purpose]) if dice.chance(0.3) else None,
                    }
                )
    return rows


def surveys(accounts: Sequence[Account], people: Sequence[Row], seed: int) -> list[Row]:
    """List the answers to the surveys of each May and November, and of this September."""
    dice = Dice(seed, "surveys")
    rows: list[Row] = []
    for account, known in zip(accounts, by_account(accounts, people), strict=True):
        for month in (1, 7, 13, 19, 25, 31, 35):
            level = account.level(month)
            here = [row for row in known if _here(row, month_start(month))]
            for contact in dice.shuffled(here)[: 1 + (level > at(1.8, (1, 2, 3)))] if account.active(month) else ():
                if not dice.chance(at(level, (0.45, 0.65, 0.85))):
                    continue
                warmth = 0.3 * int(str(contact["attitude"]))
                perception = dice.rating(level + 0.15 * warmth, 0.45, 1, 3)
                rows.append(
                    {
                        "survey_id": f"Q{len(rows) + 1:05d}",
                        "account_id": account.account_id,
                        "survey_date": dice.day(month_start(month), month_start(month) + dt.timedelta(days=27)),
                        "contact_id": contact["contact_id"],
                        "perception": perception,
                        "nps": dice.rating(at(level, (5.6, 7.6, 9.2)) + warmth, 1.4, 0, 10),
                        "csat": dice.rating(at(level, (3.0, 3.8, 4.6)) + 0.5 * warmth, 0.6, 1, 5),
                        "comment": dice.pick(_COMMENTS[perception - 1]) if dice.chance(0.45) else None,
                    }
                )
    return rows


def by_account(accounts: Sequence[Account], rows: Sequence[Row]) -> list[list[Row]]:
    """Put rows with an account id beside their accounts."""
    groups: dict[object, list[Row]] = {account.account_id: [] for account in accounts}
    for row in rows:
        groups[row["account_id"]].append(row)
    return list(groups.values())


def _report(rows: Sequence[Row]) -> None:
    heads = {row["function"]: row["contact_id"] for row in rows if row["level"] == "head"}
    top = next((row["contact_id"] for row in rows if row["function"] == "management"), None)
    for row in rows:
        above = heads.get(row["function"], top) if row["level"] == "specialist" else top
        row["reports_to"] = above if above != row["contact_id"] else None


def _here(row: Row, day: dt.date) -> bool:
    left = row["left_on"]
    return not isinstance(left, dt.date) or left >= day + dt.timedelta(days=28)


def _weight(row: Row, level: float) -> float:
    """Brokers are met through the buyer; partners through everybody."""
    return 1.0 if row["function"] == "purchasing" else at(level, (0.05, 0.4, 1.0))


def _purpose_weights(level: float) -> tuple[float, ...]:
    return at(level, (0.06, 0.20, 0.45)), at(level, (0.65, 0.40, 0.20)), 0.2, 0.15


def recent(dice: Dice, days: int) -> dt.date:
    """Draw a working day within the last days of the book."""
    return dice.day(TODAY - dt.timedelta(days=days), TODAY)
