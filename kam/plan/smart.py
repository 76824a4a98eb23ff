"""Whether an objective is specific, measurable, achievable, relevant, time-bound and assigned, and why (Doran 1981)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kam.base.amounts import amount
from kam.base.numbers import day
from kam.base.policy import THRESHOLDS, Thresholds
from kam.base.schema import OBJECTIVES
from kam.base.texts import _, sentence
from kam.plan.attainable import achievable
from kam.plan.objective import Objective, date, text
from kam.plan.objective_units import RATIOS, is_percent, natural, unit_problem
from kam.plan.owner import owner_problem
from kam.plan.past_changes import Reach
from kam.plan.verdict import Verdict, failed, passed

METRICS = OBJECTIVES["metric"].choices
_LIKE_A_RATIO = 1.5  # above, a rate that says it is a ratio was surely meant in percent
_SERVES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "criterion": (_("It serves the criterion “{which}”."), _("It serves a criterion, but nobody says which.")),
        "rung signal": (
            _("It serves the rung signal “{which}”."),
            _("It serves a rung signal, but nobody says which."),
        ),
        "opportunity": (
            _("It serves the opportunity “{which}”."),
            _("It serves an opportunity, but nobody says which."),
        ),
        "customer goal": (
            _("It serves the customer goal “{which}”."),
            _("It serves a customer goal, but nobody says which."),
        ),
    }
)
_SERVES_ELSE = (_("It serves the {serves} “{which}”."), _("It serves a {serves}, but nobody says which."))
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
        return failed(
            _("It names nothing that can be counted."),
            _("Choose a metric: {metrics}.").format(metrics=", ".join(METRICS)),
        )
    if told.metric not in METRICS:
        return failed(
            _("“{metric}” is not a metric that is known here.").format(metric=told.metric),
            _("Choose one of {metrics}.").format(metrics=", ".join(METRICS)),
        )
    if text((known.plan or {}).get("account_id")) is None:
        return failed(
            _("Its plan belongs to no account, so nobody knows whose it is."), _("Put it into an account's plan.")
        )
    if told.category is not None and told.category not in known.categories:
        return failed(
            _("No product is in category “{category}”.").format(category=told.category),
            _("Choose a category of the products table."),
        )
    if told.product_id is not None and told.product_id not in known.products:
        return failed(
            _("The book has no product “{product}”.").format(product=told.product_id),
            _("Choose a product of the products table."),
        )
    within = told.product_id or told.category
    counts = (
        _("It counts {metric} of one account, within {within}.") if within else _("It counts {metric} of one account.")
    )
    return passed(counts.format(metric=told.metric, within=within))


def _measurable(told: Objective, known: Known) -> Verdict:
    return _unit_verdict(told, known) or _missing(told, known) or _way(told, known)


def _unit_verdict(told: Objective, known: Known) -> Verdict | None:
    wanted = natural(told.metric, known.currency)
    if told.unit is None:
        fix = _("Set the unit: {unit}.").format(unit=wanted) if wanted else _("Set the unit: what one of it is.")
        return failed(_("Baseline and target have no unit."), fix)
    if (problem := unit_problem(told.metric, told.unit, known.currency)) is not None:
        fix = _("Write baseline and target in {unit}.") if wanted else _("Write baseline and target in money.")
        return failed(_capital(problem), fix.format(unit=wanted))
    largest = max(abs(told.baseline or 0), abs(told.target or 0))
    if told.metric in RATIOS and not is_percent(told.unit) and largest > _LIKE_A_RATIO:
        return failed(
            _("A {metric} of {ratio:g} as a ratio would be {percent:,.0f} %.").format(
                metric=told.metric, ratio=largest, percent=100 * largest
            ),
            _("Set the unit to %, or write 18 % as 0.18."),
        )
    return None


def _missing(told: Objective, known: Known) -> Verdict | None:
    if told.baseline is None:
        now = known.started if known.started is not None else known.now
        fix = _("Set the baseline.") if now is None else _("Set the baseline to {value}, as measured.")
        return failed(_("It has no baseline to start from."), fix.format(value=amount(now, told.unit)))
    return failed(_("It has no target."), _("Set the value wanted on the due day.")) if told.target is None else None


def _way(told: Objective, known: Known) -> Verdict:
    baseline, target = told.baseline or 0.0, told.target or 0.0
    from_, to = amount(baseline, told.unit), amount(target, told.unit)
    way = told.sign * (target - baseline)
    if way < 0:
        reason, fix = (
            (
                _("Its target of {target} lies above its baseline of {baseline}, and a higher one is worse."),
                _("Set a target below {baseline}."),
            )
            if told.sign < 0
            else (
                _("Its target of {target} lies below its baseline of {baseline}, and more of it is better."),
                _("Set a target above {baseline}."),
            )
        )
        return failed(reason.format(target=to, baseline=from_), fix.format(baseline=from_))
    if way == 0:
        return failed(_("Its target equals its baseline, so there is no way to go."), _("Set a target apart from it."))
    if known.started is not None and abs(known.started - baseline) > _FAR * abs(baseline):
        return passed(
            _("From {baseline} to {target}; measured at its start: {value}.").format(
                baseline=from_, target=to, value=amount(known.started, told.unit)
            )
        )
    return passed(_("From {baseline} to {target}.").format(baseline=from_, target=to))


def _achievable(told: Objective, known: Known) -> Verdict:
    return achievable(told, known.reach, known.thresholds)


def _relevant(told: Objective, known: Known) -> Verdict:
    if told.serves is None:
        return failed(
            _("It is not tied to why the account matters."),
            _("Say what it serves: a criterion, a rung signal, an opportunity or a goal of the customer's."),
        )
    goal = text((known.plan or {}).get("customer_goal")) if told.serves == "customer goal" else None
    which = told.serves_note or goal
    named, unnamed = _SERVES.get(told.serves, _SERVES_ELSE)
    if which is None:
        return failed(unnamed.format(serves=told.serves), _("Name it."))
    return passed(named.format(serves=told.serves, which=which))


def _time_bound(told: Objective, known: Known) -> Verdict:
    plan = known.plan or {}
    first, last = date(plan.get("starts_on")), date(plan.get("ends_on"))
    if told.due_on is None:
        fix = _("Set one, by {day} at the latest.") if last else _("Set one.")
        return failed(_("It has no due day."), fix.format(day=day(last)))
    if told.starts_on is None:
        fix = _("Set one, from {day} on.") if first else _("Set one.")
        return failed(_("It has no start."), fix.format(day=day(first)))
    start, due = day(told.starts_on), day(told.due_on)
    if told.due_on <= told.starts_on:
        return failed(
            _("It is due on {due}, not after its start on {start}.").format(due=due, start=start),
            _("Set a due day after {start}.").format(start=start),
        )
    if last is not None and told.due_on > last:
        return failed(
            _("It is due on {due}, after its plan ends on {end}.").format(due=due, end=day(last)),
            _("Set the due day to {end}, or let the plan run on.").format(end=day(last)),
        )
    if first is not None and told.starts_on < first:
        return failed(
            _("It starts on {start}, before its plan does on {plan_start}.").format(start=start, plan_start=day(first)),
            _("Set the start to {day}.").format(day=day(first)),
        )
    return passed(_("It runs from {start} to {due}.").format(start=start, due=due))


def _assigned(told: Objective, known: Known) -> Verdict:  # noqa: ARG001 - every rule is asked alike
    problem = owner_problem(told.owner)
    if problem is None:
        return passed(_("{owner} answers for it.").format(owner=told.owner))
    return failed(_capital(problem), _("Name the one person who answers for it."))


def _capital(clause: str) -> str:
    return sentence(f"{clause[0].upper()}{clause[1:]}")


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
