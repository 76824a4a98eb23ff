"""Whether an objective is specific, measurable, achievable, relevant, time-bound and assigned, and why (Doran 1981)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kam.base.amounts import amount
from kam.base.numbers import day
from kam.base.policy import THRESHOLDS, Thresholds
from kam.base.schema import OBJECTIVES
from kam.plan.attainable import achievable
from kam.plan.objective import Objective, date, text
from kam.plan.objective_units import RATIOS, is_percent, natural, unit_problem
from kam.plan.owner import owner_problem
from kam.plan.past_changes import Reach
from kam.plan.verdict import Verdict, failed, passed

METRICS = OBJECTIVES["metric"].choices
_LIKE_A_RATIO = 1.5  # above, a rate that says it is a ratio was surely meant in percent
_FAR = 0.1  # of the baseline: a measured start further away is said


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows around an objective.

    Attributes
    ----------
    plan
        The row of its plan: account_id, starts_on, ends_on, customer_goal; None if there is none.
    currency
        The book's currency.
    categories, products
        All there are.
    reach
        How often such a change has happened; None where nothing of the kind is measured.
    started
        What is measured on the start of the objective, in its unit.
    now
        What is measured now, in its unit.
    """

    plan: Mapping[str, object] | None = None
    currency: str | None = None
    categories: Collection[str] = ()
    products: Collection[str] = ()
    reach: Reach | None = None
    started: float | None = None
    now: float | None = None
    thresholds: Thresholds = field(default=THRESHOLDS)


def check(objective: Mapping[str, object], known: Known = Known()) -> dict[str, Verdict]:
    """Judge an objective of the book, or one that somebody is still typing, letter by letter.

    Parameters
    ----------
    objective
        A row of the objectives table; keys left out are unsaid.
    known
        What the book knows around it.

    Returns
    -------
    dict
        A verdict for each of specific, measurable, achievable, relevant, time_bound, assigned: `holds` (None where it
        cannot be told), a reason in one sentence, and the smallest fix (empty where it holds).

    Examples
    --------
    >>> judged = check({"title": "Do better", "owner": "Ines Roth"})
    >>> judged["specific"].holds, judged["specific"].reason, judged["assigned"].holds
    (False, 'It names nothing that can be counted.', True)
    """
    told = Objective.of(objective)
    return {letter: rule(told, known) for letter, rule in LETTERS.items()}


def _specific(told: Objective, known: Known) -> Verdict:
    if told.metric is None:
        return failed("It names nothing that can be counted.", f"Choose a metric: {', '.join(METRICS)}.")
    if told.metric not in METRICS:
        return failed(f"“{told.metric}” is not a metric that is known here.", f"Choose one of {', '.join(METRICS)}.")
    if text((known.plan or {}).get("account_id")) is None:
        return failed("Its plan belongs to no account, so nobody knows whose it is.", "Put it into an account's plan.")
    if told.category is not None and told.category not in known.categories:
        return failed(f"No product is in category “{told.category}”.", "Choose a category of the products table.")
    if told.product_id is not None and told.product_id not in known.products:
        return failed(f"The book has no product “{told.product_id}”.", "Choose a product of the products table.")
    within = told.product_id or told.category
    where = f", within {within}" if within else ""
    return passed(f"It counts {told.metric} of one account{where}.")


def _measurable(told: Objective, known: Known) -> Verdict:
    return _unit_verdict(told, known) or _missing(told, known) or _way(told, known)


def _unit_verdict(told: Objective, known: Known) -> Verdict | None:
    wanted = natural(told.metric, known.currency)
    if told.unit is None:
        return failed("Baseline and target have no unit.", f"Set the unit: {wanted or 'what one of it is'}.")
    if (problem := unit_problem(told.metric, told.unit, known.currency)) is not None:
        return failed(f"{problem[0].upper()}{problem[1:]}.", f"Write baseline and target in {wanted or 'money'}.")
    largest = max(abs(told.baseline or 0), abs(told.target or 0))
    if told.metric in RATIOS and not is_percent(told.unit) and largest > _LIKE_A_RATIO:
        return failed(f"A {told.metric} of {largest:g} as a ratio would be {100 * largest:,.0f} %.",
                      "Set the unit to %, or write 18 % as 0.18.")  # fmt: skip
    return None


def _missing(told: Objective, known: Known) -> Verdict | None:
    if told.baseline is None:
        now = known.started if known.started is not None else known.now
        return failed("It has no baseline to start from.", _set("baseline", now, told))
    return failed("It has no target.", "Set the value wanted on the due day.") if told.target is None else None


def _way(told: Objective, known: Known) -> Verdict:
    baseline, target = told.baseline or 0.0, told.target or 0.0
    from_, to = amount(baseline, told.unit), amount(target, told.unit)
    way = told.sign * (target - baseline)
    if way < 0:
        side, better = ("above", "a higher one is worse") if told.sign < 0 else ("below", "more of it is better")
        return failed(f"Its target of {to} lies {side} its baseline of {from_}, and {better}.",
                      f"Set a target {'below' if told.sign < 0 else 'above'} {from_}.")  # fmt: skip
    if way == 0:
        return failed("Its target equals its baseline, so there is no way to go.", "Set a target apart from it.")
    if known.started is not None and abs(known.started - baseline) > _FAR * abs(baseline):
        return passed(f"From {from_} to {to}; measured at its start: {amount(known.started, told.unit)}.")
    return passed(f"From {from_} to {to}.")


def _set(what: str, value: float | None, told: Objective) -> str:
    return f"Set the {what}." if value is None else f"Set the {what} to {amount(value, told.unit)}, as measured."


def _achievable(told: Objective, known: Known) -> Verdict:
    return achievable(told, known.reach, known.thresholds)


def _relevant(told: Objective, known: Known) -> Verdict:
    if told.serves is None:
        return failed(
            "It is not tied to why the account matters.",
            "Say what it serves: a criterion, a rung signal, an opportunity or a goal of the customer's.",
        )
    goal = text((known.plan or {}).get("customer_goal")) if told.serves == "customer goal" else None
    which = told.serves_note or goal
    if which is None:
        return failed(f"It serves a {told.serves}, but nobody says which.".replace("a opp", "an opp"), "Name it.")
    return passed(f"It serves the {told.serves} “{which}”.")


def _time_bound(told: Objective, known: Known) -> Verdict:
    plan = known.plan or {}
    first, last = date(plan.get("starts_on")), date(plan.get("ends_on"))
    if told.due_on is None:
        return failed("It has no due day.", f"Set one, by {day(last)} at the latest." if last else "Set one.")
    if told.starts_on is None:
        return failed("It has no start.", f"Set one, from {day(first)} on." if first else "Set one.")
    if told.due_on <= told.starts_on:
        return failed(f"It is due on {day(told.due_on)}, not after its start on {day(told.starts_on)}.",
                      f"Set a due day after {day(told.starts_on)}.")  # fmt: skip
    if last is not None and told.due_on > last:
        return failed(f"It is due on {day(told.due_on)}, after its plan ends on {day(last)}.",
                      f"Set the due day to {day(last)}, or let the plan run on.")  # fmt: skip
    if first is not None and told.starts_on < first:
        return failed(f"It starts on {day(told.starts_on)}, before its plan does on {day(first)}.",
                      f"Set the start to {day(first)}.")  # fmt: skip
    return passed(f"It runs from {day(told.starts_on)} to {day(told.due_on)}.")


def _assigned(told: Objective, known: Known) -> Verdict:  # noqa: ARG001 - every rule is asked alike
    problem = owner_problem(told.owner)
    if problem is None:
        return passed(f"{told.owner} answers for it.")
    return failed(f"{problem[0].upper()}{problem[1:]}.", "Name the one person who answers for it.")


LETTERS: Mapping[str, Callable[[Objective, Known], Verdict]] = MappingProxyType(
    {
        "specific": _specific,
        "measurable": _measurable,
        "achievable": _achievable,
        "relevant": _relevant,
        "time_bound": _time_bound,
        "assigned": _assigned,
    }
)
"""The rule of each letter; the second A is “assigned”, as Doran wrote it."""
