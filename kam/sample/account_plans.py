"""Which accounts of the sample have a plan, what does it want, and how far is it."""

import datetime as dt
from collections.abc import Sequence

from kam.sample.contacts import Row, by_account
from kam.sample.customers import Account, person
from kam.sample.dice import MONTHS, TODAY, Dice, month_number, month_start
from kam.sample.orders import Ledger
from kam.sample.products import NAMES

_SHARE = 0.27  # of the accounts, the largest and the nearest to partnership first
_YEARS = ((27, 38, "active"), (30, 41, "active"), (24, 35, "active"), (15, 26, "closed"), (39, 50, "draft"))
_GOALS = (
    "Bring the new plant to full load by next summer",
    "Cut energy cost by a tenth",
    "Halve unplanned stops",
    "Pass the hygiene audit without remarks",
    "Shorten the time from trial to production",
)
_STEPS = (
    ("Interview the plant manager and the technical director", "sales", "discover hidden needs"),
    ("Map who decides, with influence and attitude", "sales", "deepen the relationship"),
    ("Measure energy use on their main line", "service", "create value continuously"),
    ("Design the solution with their engineers", "research", "offer custom solutions"),
    ("Hand in the offer with its cost over the life of the plant", "finance", "build trust and openness"),
    ("Test run on site", "production", "offer custom solutions"),
    ("Review results with their management", "marketing", "deepen the relationship"),
    ("Roll out to the second plant", "logistics", "create value continuously"),
)
_STRATEGIES = (
    ("Show the saving in figures before talking price", "create value continuously", "service"),
    ("Bundle pumps, controls and maintenance into one contract", "offer custom solutions", "research"),
    ("Bring our plant managers together twice a year", "deepen the relationship", "production"),
    ("Listen first: six interviews across their departments", "discover hidden needs", "sales"),
    ("Open our delivery figures to them every month", "build trust and openness", "logistics"),
)


class Plans:
    """The plans of the sample and all that hangs on them; each list holds the rows of one table."""

    def __init__(self, accounts: Sequence[Account], ledger: Ledger, surveys: Sequence[Row], seed: int) -> None:
        self._dice = Dice(seed, "plans")
        self._ledger = ledger
        self._answers = dict(zip((a.account_id for a in accounts), by_account(accounts, surveys), strict=True))
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("plans", "objectives", "strategies", "milestones", "readings")
        }
        for account in _chosen(accounts):
            red = account.story is not None and account.story.key == "plan going red"
            self._add_plan(account, red=red)

    def _add(self, table: str, prefix: str, row: Row) -> str:
        key = f"{prefix}{len(self.tables[table]) + 1:04d}"
        self.tables[table].append({f"{table.removesuffix('s').replace('strategie', 'strategy')}_id": key, **row})
        return key

    def _add_plan(self, account: Account, *, red: bool) -> None:
        dice = self._dice
        first, last, status = _YEARS[0] if red else dice.weighted(_YEARS, (6, 3, 3, 2, 1))
        start, end = month_start(first), month_start(last + 1) - dt.timedelta(days=1)
        owners = [person(dice) for _ in range(4)]
        plan = self._add(
            "plans",
            "L",
            {
                "account_id": account.account_id,
                "name": f"{account.name} {end.year}",
                "manager_id": account.manager_id,
                "starts_on": start,
                "ends_on": end,
                "status": status,
                "customer_goal": dice.pick(_GOALS),
                "reviewed_on": None
                if status == "draft"
                else dice.day(max(start, dt.date(2025, 7, 1)), min(end, TODAY)),
            },
        )
        wanted = self._wanted(account, min(first, MONTHS) - 1, red=red)
        objectives = [
            self._add(
                "objectives",
                "O",
                {"plan_id": plan, "starts_on": start, "due_on": end, "owner": dice.pick(owners), **objective},
            )
            for objective in wanted
        ]
        for objective, row in zip(objectives, wanted, strict=True):
            if row["metric"] == "reading":
                self._add_readings(objective, start, min(end, TODAY))
            for title, way_up, department in dice.shuffled(_STRATEGIES)[: dice.whole(1, 2)]:
                self._add(
                    "strategies",
                    "G",
                    {
                        "plan_id": plan,
                        "objective_id": objective,
                        "title": title,
                        "way_up": way_up,
                        "department": department,
                        "team": ", ".join(dice.shuffled(owners)[:2]),
                        "budget": float(dice.whole(2, 40) * 500),
                        "days": float(dice.whole(3, 40)),
                        "partners": dice.pick(("engineering office", "training institute"))
                        if dice.chance(0.2)
                        else None,
                    },
                )
        self._add_milestones(plan, objectives, owners, (start, end), red=red)

    def _wanted(self, account: Account, before: int, *, red: bool) -> list[Row]:
        """Choose objectives whose baseline is what sales and surveys say on the day the plan starts.

        A sample shows plans of people who know their customer: most objectives are of what has since moved their way.
        """
        dice, ledger = self._dice, self._ledger
        rise = 0.33 if red else 0.02 + 0.06 * dice.rng.random()
        choices: list[tuple[Row, bool]] = []
        net, net_listed, list_, cost, net_costed = ledger.year(account, before)
        if net > 0:
            bought = ledger.categories(account, before)
            category = dice.pick(bought)
            part = ledger.revenue(account, before, category)
            given, margin = 1 - net_listed / list_, 1 - cost / net_costed
            later, later_listed, later_list, later_cost, later_costed = ledger.year(account, MONTHS - 1)
            more = min(len(bought) + 1, len(NAMES))
            choices = [
                (
                    _objective(f"Raise yearly revenue by {rise:.0%}", "revenue", "EUR", net, net * (1 + rise)),
                    later > net,
                ),
                (
                    _objective(f"Sell more {category}", "revenue", "EUR", part, part * 1.1) | {"category": category},
                    ledger.revenue(account, MONTHS - 1, category) > part,
                ),
                (
                    _objective("Give less discount", "discount rate", "ratio", given, given - 0.005),
                    later_list > 0 and 1 - later_listed / later_list < given,
                ),
                (
                    _objective("Lift the margin rate", "margin rate", "ratio", margin, margin + 0.005),
                    later_costed > 0 and 1 - later_cost / later_costed > margin,
                ),
                (
                    _objective("Buy in more categories", "categories", "categories", len(bought), more),
                    len(ledger.categories(account, MONTHS - 1)) > len(bought),
                ),
                *((heard, dice.chance(0.3)) for heard in self._heard(account, before)),
            ]
        workshops = _objective("Hold four joint workshops", "reading", "workshops", 0, 4)
        workshops |= {"window_months": None, "serves": "rung signal", "serves_note": "joint value"}
        choices.append((workshops, dice.chance(0.5)))
        if red:
            return [row for row, _ in choices[:1] + dice.shuffled(choices[1:])[: dice.whole(1, 2)]]
        likely = sorted(dice.shuffled(choices), key=lambda choice: not choice[1] and dice.chance(0.8))
        return [row for row, _ in likely[: dice.whole(2, 3)]]

    def _heard(self, account: Account, before: int) -> list[Row]:
        scores = [
            int(str(row["nps"]))
            for row in self._answers[account.account_id]
            if isinstance(row["survey_date"], dt.date) and before - 12 < month_number(row["survey_date"]) <= before
        ]
        if not scores:
            return []
        promoters, detractors = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)  # noqa: PLR2004  # the bounds of NPS
        nps = 100 * (promoters - detractors) / len(scores)
        return [
            _objective("Be recommended more", "nps", "points", nps, min(nps + 30, 100))
            | {"serves": "rung signal", "serves_note": "the customer's voice"}
        ]

    def _add_readings(self, objective: str, start: dt.date, end: dt.date) -> None:
        held = 0
        for quarter in range(max((end - start).days, 0) // 91):
            held += self._dice.whole(1, 2)
            day = start + dt.timedelta(days=91 * (quarter + 1))
            self._add("readings", "D", {"objective_id": objective, "read_on": day, "value": held, "note": "minutes"})

    def _add_milestones(
        self, plan: str, objectives: Sequence[str], owners: Sequence[str], span: tuple[dt.date, dt.date], *, red: bool
    ) -> None:
        dice = self._dice
        steps = _STEPS if red else sorted(dice.shuffled(_STEPS)[: dice.whole(5, 7)], key=_STEPS.index)
        previous, open_before = None, False
        for place, (title, department, way_up) in enumerate(steps):
            share = (place + 0.6 + 0.3 * dice.rng.random()) / len(steps)
            baseline = span[0] + share * (span[1] - span[0])
            baseline -= dt.timedelta(days=max(baseline.weekday() - 4, 0))
            done, forecast = self._progress(baseline, place, open_before=open_before, red=red)
            open_before = done is None
            previous = self._add(
                "milestones",
                "S",
                {
                    "plan_id": plan,
                    "objective_id": objectives[place % len(objectives)],
                    "title": title,
                    "baseline_on": baseline,
                    "forecast_on": forecast,
                    "done_on": done,
                    "department": department,
                    "owner": dice.pick(owners),
                    "way_up": way_up,
                    "depends_on": previous,
                },
            )

    def _progress(
        self, baseline: dt.date, place: int, *, open_before: bool, red: bool
    ) -> tuple[dt.date | None, dt.date | None]:
        """Draw when a step was done, or else when it is now expected; a red plan stands still after its first step."""
        dice = self._dice
        slip = dt.timedelta(days=dice.whole(10, 75))
        if baseline > TODAY:
            late = red or dice.chance(0.2)
            return None, baseline + slip if late else None
        early = dice.whole(-12, 0)
        done = baseline + (slip if dice.chance(0.25) else dt.timedelta(days=early))
        if dice.chance(0.5):
            open_before = False  # the next step did not need the one before
        stuck = (red and place > 0) or open_before or dice.chance(0.05)
        if not stuck and done <= TODAY:
            return done, None
        return None, TODAY + slip if not red and dice.chance(0.5) else None


def _chosen(accounts: Sequence[Account]) -> list[Account]:
    lasting = [account for account in accounts if account.months == (-1, MONTHS)]
    told = [account for account in lasting if account.story]
    others = [account for account in lasting if not account.story]
    others.sort(key=lambda account: -(account.size**0.5) * account.level(MONTHS - 1))
    return told + others[: max(int(_SHARE * len(accounts)) - len(told), 0)]


def _objective(title: str, metric: str, unit: str, baseline: float, target: float) -> Row:
    digits = 0 if unit in {"EUR", "points"} else 4
    return {
        "title": title,
        "metric": metric,
        "window_months": 12,
        "unit": unit,
        "baseline": round(baseline, digits),
        "target": round(target, digits),
        "serves": "criterion",
        "serves_note": "growth potential" if unit == "EUR" else "revenue stream",
    }
