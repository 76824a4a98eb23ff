"""What stands around the sample's accounts: problems, rivals, risks, chances, judgements and value given."""

import datetime as dt
from collections.abc import Iterator, Sequence

from kam.base.schema import VALUE_DELIVERED
from kam.sample.contacts import Row, recent
from kam.sample.customers import Account, person
from kam.sample.dice import MONTHS, TODAY, Dice, at, month_number, month_start
from kam.sample.orders import Ledger
from kam.sample.products import NAMES

_RIVALS = ("Pumpwerk Alsen", "Fluxora", "Nordventil", "Tarsis Flow", "Mekanor", "Aryan Pump Sazan")
_STRENGTHS = ("lower price", "shorter delivery", "local service team", "wider range", "longer guarantee")
_WEAKNESSES = ("thin service", "spare parts take weeks", "no advice", "older controls", "changes its people often")
_DIFFERENCES = (
    "our technicians are on site within a day",
    "one contract for product and service",
    "the energy saving is measured and guaranteed",
    "our controls speak to their plant system",
)
_PROBLEMS = {
    "problem": ("Pump fails after start", "Controller loses its settings", "Leaking seal set", "Spare part missing"),
    "dispute": ("Invoice differs from the offer", "Credit note outstanding", "Late delivery penalty"),
    "question": ("Certificate for the new plant", "Data sheet in another language", "Settings for a new product"),
}
_RISKS = (
    ("Managing director retires", "management change", "Meet the successor together with the sponsor"),
    ("New head of purchasing centralises buying", "management change", "Offer a frame contract before the tender"),
    ("Old controls fail in the plant", "technical", "Replace in three steps during the winter stop"),
    ("Plant works below capacity", "economic", "Agree smaller calls and longer payment terms"),
    ("Rival offers a lower price", "rival", "Show the cost over the life of the plant"),
    ("Only one of us is known there", "relationship", "Bring service and production to the next meeting"),
    ("Castings come from one supplier", "supply", "Approve a second foundry"),
    ("New pressure rule from January", "legal", "Have the range certified by November"),
)
_SWOT = {
    "strength": (("Strong brand at home", "Case study together"), ("Skilled plant crew", "Train the trainers")),
    "weakness": (("High energy bill", "Energy audit and better drives"), ("Long stops for repair", "Remote watch")),
    "opportunity": (
        ("New plant planned abroad", "One design for both plants"),
        ("Subsidy for saving water", "Help with the application"),
    ),
    "threat": (("Stricter waste-water rule", "Dosing stations with proof"), ("Cheaper imports", "Lower cost a batch")),
}
_NEEDS = (
    "unplanned stops cost a shift each week",
    "energy cost rises faster than sales",
    "nobody knows the old line",
    "the auditor wants proof of dosing",
    "spare parts bind money",
)
_STEPS = (
    "Invite to the reference plant",
    "Send the saving calculation",
    "Meet the technical director",
    "Agree the test run",
    "Hand in the offer",
)
_STAGES = {
    "found": 0.1,
    "qualified": 0.25,
    "proposed": 0.4,
    "negotiation": 0.65,
    "won": 1.0,
    "lost": 0.0,
    "not eligible": 0.0,
}
_VALUE = {
    "advice": "Advice on the layout of the new line",
    "training": "Training of the shift leads",
    "saving": "Energy saved by controlled drives",
    "access": "Access to our test plant",
    "introduction": "Introduced to a maker of packaging",
    "innovation": "Dosing head developed together",
}
_EVIDENCE = {
    "strategic role": (
        "little known outside its town",
        "known in its region",
        "a name in its branch",
        "speaks for its branch at fairs",
        "sets the standard that others follow",
    ),
    "collaboration": (
        "tenders every order",
        "shares plans only when asked",
        "plans a year ahead with us",
        "opens its figures in joint projects",
        "develops with us and says so in public",
    ),
}


def cases(accounts: Sequence[Account], seed: int) -> Iterator[Row]:
    """List problems, disputes and questions; the large bring more, the newest may still be open."""
    dice = Dice(seed, "cases")
    for account in accounts:
        for _ in range(int(dice.rng.poisson(2.2 * min(account.size, 8) ** 0.4))):
            opened = dice.day(month_start(max(account.months[0], 0)), _last(account))
            kind = dice.weighted(tuple(_PROBLEMS), (5, 2, 3))
            severity = dice.rating(3.2 if kind == "problem" else 2.3, 0.9, 1, 5)
            target = (30, 20, 14, 7, 3)[severity - 1]
            took = target * dice.rng.lognormal(at(account.level(MONTHS - 1), (0.1, -0.2, -0.5)), 0.6)
            closed = opened + dt.timedelta(days=1 + int(took))
            yield {
                "account_id": account.account_id,
                "opened_on": opened,
                "closed_on": closed if closed <= TODAY else None,
                "kind": kind,
                "severity": severity,
                "title": dice.pick(_PROBLEMS[kind]),
                "department": dice.pick(("service", "production", "logistics", "finance")),
                "owner": person(dice),
                "target_days": target,
            }


def ratings(accounts: Sequence[Account], seed: int) -> Iterator[Row]:
    """List judgements of strategic role and collaboration by one to three raters; a third of accounts has none."""
    dice = Dice(seed, "ratings")
    for account in accounts:
        leader = account.story is not None and account.story.key == "market leader"
        if not (account.story or dice.chance(0.65)):
            continue
        truth = {
            "strategic role": 5.0 if leader else dice.normal(2.4 + 0.25 * account.size**0.5, 0.9),
            "collaboration": at(account.level(MONTHS - 1), (1.7, 3.0, 4.5)),
        }
        for rater in ("sales lead", "service lead", "management")[: 3 if leader else dice.whole(1, 3)]:
            for criterion, mean in truth.items():
                score = 5 if leader and criterion == "strategic role" else dice.rating(mean, 0.5, 1, 5)
                yield {
                    "account_id": account.account_id,
                    "criterion": criterion,
                    "score": score,
                    "rated_on": recent(dice, 200 if leader else 600),
                    "rater": rater,
                    "evidence": _EVIDENCE[criterion][score - 1],
                }


def opportunities(accounts: Sequence[Account], ledger: Ledger, seed: int) -> Iterator[Row]:
    """List chances, mostly in categories the account does not buy yet, and categories ruled out for it."""
    dice = Dice(seed, "opportunities")
    for account in accounts:
        bought = ledger.categories(account)
        gaps = dice.shuffled([name for name in NAMES if name not in bought])
        count = int(dice.rng.poisson(at(account.level(MONTHS - 1), (0.6, 1.5, 2.6)))) if account.active(MONTHS) else 0
        for gap in gaps[:count]:
            stage = dice.weighted(tuple(_STAGES), (5, 5, 4, 3, 2, 2, 2))
            if stage == "won" and not bought:
                stage = "negotiation"
            category = bought.pop() if stage == "won" else gap  # what was won is bought by now
            opened = dice.day(dt.date(2025, 11, 1), TODAY - dt.timedelta(days=30))
            ended = stage in {"won", "lost", "not eligible"}
            yield {
                "account_id": account.account_id,
                "title": f"{category} for {account.name}",
                "category": category,
                "source": dice.pick(("interview", "data", "swot", "market trend")),
                "need": None if stage == "not eligible" else dice.pick(_NEEDS),
                "stage": stage,
                "worth": round(max(ledger.revenue(account), 20_000) * (0.04 + 0.12 * dice.rng.random()), -2),
                "probability": _STAGES[stage],
                "opened_on": opened,
                "expected_on": None if ended else dice.day(dt.date(2026, 10, 5), dt.date(2027, 6, 30)),
                "closed_on": dice.day(opened, TODAY) if ended else None,
                "rivals": int(at(account.level(MONTHS - 1), (4.4, 3.0, 1.6)) * dice.rng.random()),
                "next_step": None if ended else dice.pick(_STEPS),
                "owner": person(dice),
            }


def competitors(accounts: Sequence[Account], ledger: Ledger, seed: int) -> Iterator[Row]:
    """List rivals: they hold what an account does not buy from us, and attack what it does."""
    dice = Dice(seed, "competitors")
    for account in accounts:
        bought = ledger.categories(account)
        for rival in dice.shuffled(_RIVALS)[: dice.whole(0, 3)]:
            state = dice.weighted(("holds", "attacks", "left"), (4, at(account.level(MONTHS - 1), (4, 3, 1)), 1))
            fitting = [name for name in NAMES if (name in bought) != (state == "holds")]
            yield {
                "account_id": account.account_id,
                "rival": rival,
                "category": dice.pick(fitting or NAMES),
                "state": state,
                "strengths": dice.pick(_STRENGTHS),
                "weaknesses": dice.pick(_WEAKNESSES),
                "our_difference": dice.pick(_DIFFERENCES),
                "noted_on": recent(dice, 500),
            }


def risks(accounts: Sequence[Account], seed: int) -> Iterator[Row]:
    """List what may go wrong, mostly at the larger accounts."""
    dice = Dice(seed, "risks")
    for account in accounts:
        for title, kind, mitigation in dice.shuffled(_RISKS)[
            : int(dice.rng.poisson(0.6 * min(account.size, 6) ** 0.5))
        ]:
            raised = recent(dice, 420)
            status = dice.weighted(("open", "mitigated", "closed", "happened"), (6, 2, 1, 1))
            yield {
                "account_id": account.account_id,
                "title": title,
                "kind": kind,
                "probability": round(0.05 + 0.55 * dice.rng.random(), 2),
                "impact": round(0.1 + 0.7 * dice.rng.random(), 2),
                "raised_on": raised,
                "mitigation": mitigation if dice.chance(0.8) else None,
                "owner": person(dice) if dice.chance(0.85) else None,
                "due_on": raised + dt.timedelta(days=dice.whole(60, 400)),
                "status": status,
            }


def swot(accounts: Sequence[Account], seed: int) -> Iterator[Row]:
    """List statements about the customers' own businesses: the nearer the partner, the more we know."""
    dice = Dice(seed, "swot")
    for account in accounts:
        if dice.chance(at(account.level(MONTHS - 1), (0.1, 0.4, 0.9))):
            for quadrant, statements in _SWOT.items():
                statement, help_ = dice.pick(statements)
                yield {
                    "account_id": account.account_id,
                    "quadrant": quadrant,
                    "statement": statement,
                    "how_we_help": help_,
                    "noted_on": recent(dice, 400),
                }


def referrals(accounts: Sequence[Account], ledger: Ledger, seed: int) -> Iterator[Row]:
    """List recommendations; some became new accounts of the book."""
    dice = Dice(seed, "referrals")
    new = [account for account in accounts if account.months[0] >= 0]
    for account in accounts:
        for _ in range(int(dice.rng.poisson(at(account.level(MONTHS - 1), (0.03, 0.2, 1.1))))):
            referred = dice.day(month_start(max(account.months[0], 3)), _last(account))
            won = dice.chance(0.4)
            became = next((other for other in new if month_start(other.months[0]) > referred), None) if won else None
            if became is not None:
                new.remove(became)
            yield {
                "account_id": account.account_id,
                "referred_on": referred,
                "referred_name": became.name if became else f"{person(dice)}, plant manager",
                "won": became is not None,
                "new_account_id": became.account_id if became else None,
                "revenue": round(sum(ledger.revenue(became, end) for end in (11, 23, 35)), 2) if became else 0.0,
            }


def value_delivered(accounts: Sequence[Account], seed: int) -> Iterator[Row]:
    """List what customers gained from us beyond the goods."""
    dice = Dice(seed, "value_delivered")
    for account in accounts:
        for _ in range(int(dice.rng.poisson(at(account.level(MONTHS - 1), (0.1, 1.0, 5.0))))):
            day = dice.day(dt.date(2024, 4, 1), TODAY)
            if account.active(month_number(day)):
                kind = dice.pick(VALUE_DELIVERED["kind"].choices)
                yield {
                    "account_id": account.account_id,
                    "delivered_on": day,
                    "kind": kind,
                    "description": _VALUE[kind],
                    "amount": round(2_000 + 9_000 * account.size**0.5 * dice.rng.random(), -2),
                    "confirmed": dice.chance(0.7),
                }


def _last(account: Account) -> dt.date:
    return min(TODAY, month_start(account.months[1] + 1) - dt.timedelta(days=1))
