"""Who are the sample's customers, how do they behave underneath, and who manages them."""

import datetime as dt
import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from kam.sample.dice import MONTHS, Dice, at, month_start
from kam.sample.stories import BY_ACCOUNT, STORIES, Story

INDUSTRIES = {
    "Food and beverage": ("Foods", "Beverages", "Dairy", "Mills"),
    "Pharma": ("Pharma", "Biotech", "Laboratories", "Medical"),
    "Machinery": ("Machinery", "Antriebe", "Robotics", "Presses"),
    "Energy": ("Energy", "Power", "Petrochem", "Grid"),
    "Chemicals": ("Chemicals", "Coatings", "Polymers", "Resins"),
    "Building materials": ("Cement", "Ceramics", "Glass", "Insulation"),
}
REGIONS = ("Northern Europe", "Central Europe", "Southern Europe", "Middle East")
FIRST_NAMES = (
    "Anna",
    "Björn",
    "Chiara",
    "Dariush",
    "Elif",
    "Farid",
    "Giulia",
    "Håkon",
    "Inês",
    "Jürgen",
    "Katarzyna",
    "Leila",
    "Mateo",
    "Nasrin",
    "Omar",
    "Petra",
    "Quentin",
    "Reza",
    "Søren",
    "Tamara",
    "Ulrike",
    "Valérie",
    "Wiktor",
    "Yasmin",
    "Zoltán",
    "Amir",
    "Beatriz",
    "Cem",
    "Dorota",
    "Emil",
    "Shirin",
    "Hélène",
    "Ivo",
    "Jana",
    "Kaveh",
    "Lorenzo",
)
LAST_NAMES = (
    "Albrecht",
    "Barzegar",
    "Castellano",
    "Dąbrowski",
    "Eriksen",
    "Farahani",
    "Güneş",
    "Hoffmeister",
    "Ibsen",
    "Jansson",
    "Karimi",
    "Lindqvist",
    "Moretti",
    "Nazari",
    "Oliveira",
    "Pfeiffer",
    "Quintero",
    "Rostami",
    "Sørensen",
    "Tehrani",
    "Ullmann",
    "Varga",
    "Weißenborn",
    "Yıldız",
    "Zeller",
    "Almeida",
    "Brandt",
    "Haddad",
    "Kovács",
    "Mansour",
    "Novotný",
    "Peeters",
    "Rahimi",
    "Schäfer",
    "Vandenberg",
    "شیرازی",
)
_HEADS = (
    "Vel",
    "Quor",
    "Zan",
    "Ost",
    "Bryn",
    "Lor",
    "Thal",
    "Ardo",
    "Mir",
    "Sel",
    "Kor",
    "Fen",
    "Drav",
    "Hal",
    "Ner",
    "Pel",
    "Rav",
    "Sol",
    "Tev",
    "Ul",
    "Var",
    "Wes",
    "Yar",
    "Jor",
)
_TAILS = (
    "vend",
    "holm",
    "mara",
    "dane",
    "brück",
    "tessa",
    "lund",
    "mond",
    "quist",
    "gard",
    "feld",
    "rino",
    "vik",
    "dara",
    "zand",
    "tora",
    "nau",
    "berga",
    "lian",
    "såra",
    "kamp",
    "rova",
    "mére",
    "stan",
)
_PLACES = ("Iberia", "Nordic", "Gulf", "Benelux", "Adria", "Levant")
_SIZE_SPREAD = 1.40  # log-normal: the largest fifth then has about 70 % of revenue
_RUNG_SHARES = (0.40, 0.42, 0.18)


@dataclass(frozen=True, slots=True)
class Account:
    """One customer: what the book says of it, and the behaviour underneath that the book does not say."""

    number: int
    account_id: str
    name: str
    parent_id: str | None
    industry: str
    region: str
    manager_id: str
    since: dt.date
    rung: int
    levels: tuple[float, float]
    claimed: int | None
    claimed_on: dt.date | None
    size: float
    growth: float
    discounts: tuple[float, float]
    months: tuple[int, int]
    story: Story | None

    def level(self, month: int) -> float:
        """Tell where on the ladder it behaves in a month: the first level, moving to the second over the last year."""
        before, now = self.levels
        return before + (now - before) * min(max((month - MONTHS + 13) / 12, 0.0), 1.0)

    def active(self, month: int) -> bool:
        """Tell whether it is a customer in a month."""
        return self.months[0] <= month <= self.months[1]


def make_accounts(count: int, seed: int) -> list[Account]:
    """Draw the customers; the stories come first, groups of companies share a manager and a name."""
    dice = Dice(seed, "accounts")
    sizes = _sizes(count, dice)
    rungs = _rungs(count, dice)
    names = _names(count, seed)
    managers = manager_count(count)
    made: list[Account] = []
    parents = _parents(count, dice)
    for index in range(count):
        account_id = f"A{index + 1:04d}"
        story = BY_ACCOUNT.get(account_id)
        industry = story.industry if story else list(INDUSTRIES)[index % len(INDUSTRIES)]
        manager = dice.whole(1, managers)
        rung = story.rung if story else rungs[index]
        level = float(np.clip(dice.normal(rung, 0.18), 1, 3))
        drift = dice.normal(0, 0.1)
        months = story.months if story else _months(dice, rung)
        claimed_on = dice.day(month_start(max(months[0] + 1, MONTHS - 14)), month_start(MONTHS - 1))
        claimed = min(rung + dice.chance(0.35), 3) if dice.chance(0.88) else None
        first_discount = at(level, (0.17, 0.12, 0.07)) + dice.normal(0, 0.02)
        last_discount = first_discount + at(level, (0.035, 0.01, -0.01)) + dice.normal(0, 0.012)
        growth = at(level, (-0.05, 0.01, 0.06)) + dice.normal(0, 0.14)
        since = dice.day(dt.date(2004, 1, 1), dt.date(2022, 12, 1))
        parent = parents.get(index)
        if parent is not None:
            industry, manager = made[parent].industry, int(made[parent].manager_id[1:])
        made.append(
            Account(
                number=index,
                account_id=account_id,
                name=story.name if story else names[index],
                parent_id=None if parent is None else made[parent].account_id,
                industry=industry,
                region=REGIONS[(manager - 1) % len(REGIONS)],
                manager_id=f"M{manager:02d}",
                since=since if months[0] < 0 else month_start(months[0]),
                rung=rung,
                levels=story.levels if story else (level, float(np.clip(level + drift, 1, 3))),
                claimed=story.claimed if story else claimed,
                claimed_on=claimed_on if story or claimed else None,
                size=sizes[index],
                growth=story.growth if story else growth,
                discounts=story.discounts if story else (max(first_discount, 0.01), max(last_discount, 0.01)),
                months=months,
                story=story,
            )
        )
    return _with_group_names(made, parents)


def manager_count(accounts: int) -> int:
    """Tell how many managers look after so many accounts: one for fifteen, at least two."""
    return max(2, accounts // 15)


def person(dice: Dice) -> str:
    """Draw a person's name."""
    return f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"


def _sizes(count: int, dice: Dice) -> list[float]:
    normal = NormalDist()
    by_rank = [math.exp(-_SIZE_SPREAD * normal.inv_cdf((rank + 1.5) / (count + 2))) for rank in range(count)]
    taken: dict[int, int] = {}
    for index, story in enumerate(STORIES):
        rank = int(story.place * count)
        while rank in taken.values():
            rank += 1
        taken[index] = rank
    free = dice.shuffled([rank for rank in range(count) if rank not in taken.values()])
    return [by_rank[taken[index]] if index in taken else by_rank[free.pop()] for index in range(count)]


def _rungs(count: int, dice: Dice) -> list[int]:
    bounds = np.cumsum(_RUNG_SHARES) * count
    return dice.shuffled([1 + int((index >= bounds[:-1]).sum()) for index in range(count)])


def _names(count: int, seed: int) -> list[str]:
    """Put names together from syllables: no name twice, whatever the count."""
    stems = Dice(seed, "names").shuffled([head + tail for head in _HEADS for tail in _TAILS])
    kinds = list(INDUSTRIES.values())
    names = []
    for index in range(count):
        round_, place = divmod(index, len(stems))
        lap, kind = divmod(round_, 4)
        name = f"{stems[place]} {kinds[index % len(kinds)][(kind + place) % 4]}"
        names.append(name if lap == 0 else f"{name} {lap + 1}")
    return names


def _parents(count: int, dice: Dice) -> dict[int, int]:
    """Choose the groups: for 120 accounts five parents with two or three subsidiaries each, none of them a story."""
    free = dice.shuffled(range(len(STORIES), count))
    groups: dict[int, int] = {}
    for group in range(count // 24):
        members = sorted(free.pop() for _ in range(4 if group % 5 < 2 else 3))  # noqa: PLR2004  # two of five are larger
        groups |= dict.fromkeys(members[1:], members[0])
    return groups


def _with_group_names(accounts: list[Account], parents: dict[int, int]) -> list[Account]:
    named = list(accounts)
    children = dict.fromkeys(parents.values(), 0)
    for index, parent in sorted(parents.items()):
        place = _PLACES[(parent + children[parent]) % len(_PLACES)]
        children[parent] += 1
        named[index] = replace(accounts[index], name=f"{accounts[parent].name} {place}")
    return named


def _months(dice: Dice, rung: int) -> tuple[int, int]:
    """Draw when it is a customer: some come and some go, brokers sooner."""
    first = dice.whole(6, MONTHS - 4) if dice.chance(0.07) else -1
    last = dice.whole(8, MONTHS - 2) if first < 0 and dice.chance((0.13, 0.06, 0.02)[rung - 1]) else MONTHS
    return first, last
