"""Which accounts of the sample tell a story a leader recognises, and what in their behaviour tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One account with a story: its size among the others and what it does, apart from chance."""

    key: str
    account_id: str
    name: str
    industry: str
    sentence: str
    place: float
    """where it stands by size: 0 the largest account, 1 the smallest"""
    rung: int
    claimed: int | None
    levels: tuple[float, float]
    """how it behaves until a year ago and at the end, on the scale of the rungs; the nearest rung at the end is its
    own, as it is for every other account of the sample, or the evidence could not be right about it"""
    growth: float
    """yearly growth of its orders, a ratio"""
    discounts: tuple[float, float]
    """list price given away in the first and in the last month, a ratio"""
    months: tuple[int, int] = (-1, 36)
    """first and last month with orders, counted from 0; −1 and 36 = before and after the sample"""
    wallet_share: float | None = None
    """share of its wallet that it spends with us, a ratio; drawn by its rung if not told"""


STORIES = (
    Story(
        "eroding price",
        "A0001",
        "Korvend Beverages",
        "Food and beverage",
        "One of our three largest accounts buys on price alone: each year it asks for more discount and leaves less"
        " margin.",
        0.0,
        1,
        2,
        (1.0, 1.0),
        0.03,
        (0.09, 0.27),
    ),
    Story(
        "market leader",
        "A0002",
        "Lumière Ardane",
        "Pharma",
        "A small account that the whole branch looks to: key for its role, not for its volume. It buys most of its"
        " goods elsewhere.",
        0.85,
        2,
        2,
        (2.4, 2.5),
        0.06,
        (0.10, 0.10),
        wallet_share=0.35,
    ),
    Story(
        "sponsor left",
        "A0003",
        "Thalbrück Antriebe",
        "Machinery",
        "A partner whose sponsor, the managing director, left in August; nobody of that weight knows us now.",
        0.03,
        3,
        3,
        (3.0, 2.9),
        0.04,
        (0.07, 0.06),
    ),
    Story(
        "climbing",
        "A0004",
        "Solmara Energía",
        "Energy",
        "A supplier on its way up: over the last year it buys more widely, asks for less discount and lets us in.",
        0.06,
        2,
        2,
        (1.0, 2.3),
        0.12,
        (0.21, 0.10),
    ),
    Story(
        "claimed partner",
        "A0005",
        "Drovnik Cement",
        "Building materials",
        "Its manager calls it a strategic partner; what it buys, pays and says is a supplier's at best.",
        0.08,
        2,
        3,
        (1.7, 1.6),
        -0.03,
        (0.14, 0.17),
    ),
    Story(
        "plan going red",
        "A0006",
        "Fenholm Chemicals",
        "Chemicals",
        "Its plan promised a third more revenue; revenue falls and the milestones stand still.",
        0.05,
        2,
        2,
        (2.2, 2.1),
        -0.08,
        (0.12, 0.14),
    ),
    Story(
        "silent",
        "A0007",
        "صنایع آوند کویر",
        "Building materials",
        "It ordered every week for years and has not ordered since April.",
        0.10,
        2,
        2,
        (2.7, 2.4),
        0.02,
        (0.09, 0.10),
        (-1, 30),
    ),
    Story(
        "new and large",
        "A0008",
        "Zandermond Dairy",
        "Food and beverage",
        "New since January, and already one of the larger accounts.",
        0.06,
        2,
        2,
        (2.0, 2.1),
        0.10,
        (0.13, 0.13),
        (27, 36),
    ),
    Story(
        "lost",
        "A0009",
        "Ostvara Petrochem",
        "Energy",
        "It bought for years and placed its last order in August 2025.",
        0.12,
        1,
        2,
        (1.4, 1.2),
        -0.10,
        (0.15, 0.20),
        (-1, 22),
    ),
)

BY_ACCOUNT = {story.account_id: story for story in STORIES}
BY_KEY = {story.key: story for story in STORIES}
