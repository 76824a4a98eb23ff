"""What each figure of plans, risks, scenarios and managers means, with places for the numbers of the rules."""

from kam.base.texts import _

OF_WORK = {
    "status of a milestone": _(
        "Done, done late (after the day first promised), due soon (within {soon_days} days), overdue, or planned; by "
        "the day now expected, as of the book's last day."
    ),
    "at risk by another": _(
        "An open milestone whose predecessor is open and overdue, due later than it, or at risk itself; or one that "
        "waits for itself in a circle."
    ),
    "slip": _("Days between the day first promised and the day it was done or is now expected."),
    "progress of an objective": _(
        "Way covered from baseline to target, beside the share of the time that has passed; measured from sales and "
        "surveys wherever they can tell."
    ),
    "status of an objective": _(
        "Green while progress keeps up with at least {green_pace} of the time used, amber to {amber_pace}, red below. "
        "Until {early} of the time is used only going backwards counts."
    ),
    "expected loss": _(
        "Probability times the margin at risk, which is the impact times the margin of twelve months. The ranking is "
        "by that; a grid of probability and impact misleads (Cox 2008)."
    ),
    "forecast of an objective": _(
        "What is measured now, carried on to the due day with its damped trend (Gardner & McKenzie 1985), corrected by "
        "how the same forecasts turned out in the past of this account and its peers; the range holds {forecast_range} "
        "of those outcomes, the chance is the share of them that meets the target."
    ),
    "SMART": _(
        "Specific: a metric with a scope. Measurable: unit, baseline and target. Achievable: as the past tells. "
        "Relevant: tied to a criterion, a rung signal, an opportunity or a goal of the customer's. Time-bound: due "
        "after its start, inside the plan. Assigned: one owner (Doran 1981)."
    ),
    "achievable": _(
        "The change wanted, among the changes that the account and its {nearest_peers} nearest peers of the same "
        "industry really made over windows as long: relative for money and quantity, differences for the rest. Beyond "
        "{stretch} of them it is a stretch; with fewer than {fewest_windows} windows nobody can tell."
    ),
    "proposed target": _(
        "A change that {ambition} of the windows of a year, at the account and its peers, did not surpass."
    ),
    "margin at risk": _(
        "Margin of the account over twelve months, none less than nothing, times the share of it that is lost if the "
        "risk strikes; unknown without costs."
    ),
    "loss curve": _(
        "Chance that all live risks together cost more than an amount within a year: the distribution of the sum of "
        "independent losses. Independence is an assumption: a crisis strikes many at once."
    ),
    "grid of risks": _(
        "Live risks by {bands} bands of chance and impact, for talk only: a grid can put a smaller risk above a larger "
        "one (Cox 2008)."
    ),
    "revenue under attack": _(
        "Our revenue at the accounts that a rival attacks, of twelve months, in the category it attacks where one is "
        "named."
    ),
    "what if": _(
        "The twelve months ahead of today's accounts, without and with levers. Expected of an account: what an account "
        "of its size that stays buys in a year, by how last year's went on, times its chance to stay. Accounts yet "
        "unknown are not in it. No lever is exactly the baseline."
    ),
    "range of a scenario": _(
        "{scenario_range} of the draws: who stays (Beta posterior by size and by how lately it bought), how its year "
        "goes (departures as they came to accounts of its size, as wide as its own months say, widened until accounts "
        "left out of the measurement lie inside as often as said), its months (its own, and its peers' the shorter its "
        "history), and every assumption within its range. Baseline and scenario share the draws."
    ),
    "order of levers": _(
        "Levers act by kind, in whatever order they are set: rung, list price, discount (changed, then capped), unit "
        "cost, volume, the customers' response to the new price, loss and win."
    ),
    "simple lifetime value": _(
        "Σ m·r/(1 + d − r) over the accounts: margin of a year at today's volumes, chance to stay, and the yearly "
        "discount of money to come."
    ),
    "objectives met": _(
        "Share of the open objectives about revenue or margin that are met when due, the mean over the draws; what of "
        "their window has been sold already stays."
    ),
    "break-even volume": _(
        "Change of volume at which the margin is as now: margin now over margin at today's volume and the new prices "
        "and costs, less one."
    ),
    "not in touch": _(
        "Active accounts where people are known and none of them was in touch with us within {active_days} days."
    ),
    "compared managers": _(
        "What the accounts of a manager did, Σ part over Σ whole, beside the same of all other accounts. The accounts "
        "are drawn again {resamples} times (Poisson bootstrap, Hanley & MacGibbon 2006). A difference is sure if its "
        "{range} range, made wide enough for all managers of a measure at once (Bonferroni, Dunn 1961), leaves out "
        "nought; with under {fewest_compared} accounts on either side nothing is said. Accounts count for the manager "
        "they have now and differ in more than their manager: a difference is a question to ask, not its answer."
    ),
    "kept milestones": _(
        "Milestones first promised for these twelve months and done by that day, over all promised for them. Problems "
        "in time: solved within their target, over those solved with a target and those open past it."
    ),
}
