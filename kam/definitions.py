"""What each figure on a page means: one definition, the same in the app and in the README, with the book's numbers."""

from kam.base import rules
from kam.base.numbers import count, share
from kam.base.policy import Policies
from kam.base.texts import _

_DEFINITIONS = {
    "revenue": _("Sum of net amounts over the twelve months ending with the as-of month (T12M), returns netted."),
    "growth": _(
        "Revenue over the revenue of the twelve months before, less one; not told where there was none before."
    ),
    "margin rate": _(
        "Net less cost, over net, on the lines that have a cost; the covered share is shown if under 100 %."
    ),
    "discount rate": _(
        "One less net over list, on lines with a list amount and a positive quantity (a positive "
        "amount, where the quantity is unknown)."
    ),
    "Pareto class": _(
        "A: the largest accounts that together first reach {pareto_a} of revenue; B: to {pareto_b}; C: the rest."
    ),
    "steadiness": _("Months with revenue out of twelve, and the coefficient of variation of the twelve monthly sums."),
    "NRR and GRR": _(
        "Over the accounts with revenue a year ago: what they bring now, none less than nothing, "
        "over what they brought then (net); the same with each account capped at what it brought "
        "then (gross). For sales without contracts this is the definition of retention."
    ),
    "bridge": _(
        "What made revenue or margin change against the year before; the parts add up to the "
        "cent. Of what an account bought of a product in both years: list price, discount "
        "(undivided where a list price is missing), unit cost (of margin only), volume at last "
        "year's mean price within the account's category, and mix, dearer or cheaper products "
        "there. What began or ended counts whole: new and lost accounts, added and dropped "
        "products; the rest is returns and other. Where product or quantity is unknown, what "
        "continuing accounts bought more and less is not divided further. Items without a cost "
        "in one of the years stay out of the margin bridge."
    ),
    "discount erosion": _(
        "Account by category with a discount rate above that of the year before and no more "
        "units bought; the cost is what these units would have brought more at last year's "
        "discounts, over the products bought in both years."
    ),
    "cohort": _(
        "Accounts by the calendar quarter of their first purchase (net above 0), and how many "
        "bought in each quarter since. Those of the quarter in which the data begin may have "
        "bought for years before."
    ),
    "concentration": _(
        "Share of the largest {top} of accounts; HHI is the sum of squared shares, and one over "
        "it the number of equal accounts that would be as concentrated. A parent at {dependence} "
        "of revenue or more is a dependence (ASC 280)."
    ),
    "key account": _(
        "P(key) is the share of {weightings} draws in which an account is among the first places "
        "of the list. Each draw takes weights near the stated ones and a score from each "
        "interval (SMAA-2, Lahdelma & Salminen 2001). The list takes {places}."
    ),
    "score": _(
        "Four criteria from 0 to 100: revenue ({size} size among the accounts, {regular} active "
        "months), growth (the mean of what is known of growth and of white space, both by place "
        "among the accounts, of what is left of the wallet, and of what is bought in base "
        "versions), strategic role and collaboration (ratings 1–5, newest of each rater; "
        "collaboration also by behaviour). Unknown is the whole interval from 0 to 100; age "
        "(half of the way in {rating_half_life} months) and disagreement widen it."
    ),
    "class": _(
        "Key: P(key) of {key_from} or more; borderline: between {borderline_from} and "
        "{key_from}; of the rest rising with a growth score of {rising} or more, maintain with a "
        "revenue score of {maintained} or more, else transactional. Key for its role: key or "
        "borderline with a revenue score under {small} and a strategic role of {strong_role} or "
        "more."
    ),
    "portfolio matrix": _(
        "Attractiveness, the weighted score cut at {halfway}, by the expected rung cut at "
        "{strong} (McDonald & Woodburn): strategic and star are attractive, strategic and status "
        "see a supplier or more in us, streamline neither."
    ),
    "worth of a rating": _(
        "The mean change of P(key) over the five ratings that could be given, each as likely as the others."
    ),
    "white space": _(
        "Categories that an active account bought nothing of in twelve months, told apart as "
        "open opportunity (in the register, not yet won, lost or ruled out), held by a rival "
        "(its newest note), not eligible (ruled out in the register) and gap; where several fit, "
        "the first counts. A gap is expected to bring a year: the share of its peers that buy "
        "the category × the median share of revenue that buyers spend on it × the account's "
        "revenue. Peers are the {peers} accounts of its industry nearest in size; their share is "
        "drawn towards that of all accounts as if by {prior} more (Beta prior). In the range lie "
        "{range} of what that share and the spend of the buyers leave open."
    ),
    "lift": _(
        "How many times as often buyers of one category buy another as all accounts do, drawn "
        "towards once as if by {prior} more accounts (association rules, Agrawal, Imieliński & "
        "Swami 1993). Told of the category an account buys that says most, if at least "
        "{together} accounts buy both."
    ),
    "hit rate of the ranking": _(
        "Gaps ranked as of a year ago, against the categories taken up since: share of accounts "
        "that took up one of their first {first}, of those with more than {first} gaps, beside a "
        "ranking by how many accounts buy each category. The standard error is that of matched "
        "pairs (Agresti & Min 2005)."
    ),
    "up-sell": _(
        "Spend of twelve months on products that have a better version; the gain is that spend "
        "times how much more a unit of the better version brings on average in the book."
    ),
    "solution gap": _(
        "Products bought without the service that completes them. Expected a year: share of "
        "their other buyers that take the service × the median of its spend over theirs × the "
        "account's spend on the products."
    ),
    "rung": _(
        "How the customer sees us: commodity broker, supplier or strategic partner. Each signal "
        "(surveys, sales, people, work done together) multiplies the odds of the rungs by how "
        "likely it is on each (weights of evidence, Good 1950). Unknown if fewer than {groups} "
        "groups of evidence speak, no rung reaches {known_from}, or the account has fallen "
        "silent: it has bought nothing for {silence} months or more, and for more than {rhythm} "
        "times as long as it used to wait."
    ),
    "certainty": _(
        "The probability of the rung given the evidence. Evidence fades with a half-life of "
        "{evidence_half_life} months, and the signals of one group together speak once."
    ),
    "expected rung and gap": _(
        "The mean of 1, 2 and 3 weighted by the rungs' probabilities; the gap is the claimed rung less that."
    ),
    "pull of a signal": _(
        "Weight times the logarithm of how much likelier the signal is for a partner than for a "
        "broker: +0.69 doubles the odds of partner against broker."
    ),
    "move on the ladder": _(
        "An account that stood on one known rung on the earlier day and stands on another known "
        "one on the later. From or to the unknown is no move, only a shift of the expected rung: "
        "it may be noise."
    ),
    "slip risk": _(
        "An account above the lowest rung whose evidence only ages (without any news for "
        "{slip_months} months no rung would reach {known_from}), or turns: signals that are a "
        "level lower than {slip_months} months ago now speak for the rung below, and together "
        "halved the odds of the rung against it."
    ),
    "next step": _(
        "How much the probability of the rung above the likeliest one would rise if one signal "
        "showed its next higher level, all else as it is; times revenue it is the revenue lifted."
    ),
    "worth of evidence": _(
        "For an account on no known rung, what one more signal would do, over all levels it "
        "might show, each as likely as the rungs' probabilities make it: the chance that the "
        "rung is known afterwards, and the expected fall of entropy (Lindley 1956). Chance times "
        "revenue is the revenue settled on average. Where fewer than two groups speak, signals "
        "of as many further groups as {groups} need are taken together."
    ),
    "rung and outcome": _(
        "Margin rate, discount rate and retention of these twelve months by the rung of a year "
        "before, judged without price behaviour so that prices do not prove themselves. The "
        "{range} range comes from drawing the accounts of a rung again {resamples} times "
        "(bootstrap, Efron 1979); a difference whose range holds 0 is none that these accounts "
        "can show."
    ),
    "status of a milestone": _(
        "Done, done late (after the day first promised), due soon (within {soon_days} days), "
        "overdue, or planned; by the day now expected, as of the book's last day."
    ),
    "at risk by another": _(
        "An open milestone whose predecessor is open and overdue, due later than it, or at risk "
        "itself; or one that waits for itself in a circle."
    ),
    "slip": _("Days between the day first promised and the day it was done or is now expected."),
    "progress of an objective": _(
        "Way covered from baseline to target, beside the share of the time that has passed; "
        "measured from sales and surveys wherever they can tell."
    ),
    "status of an objective": _(
        "Green while progress keeps up with at least {green_pace} of the time used, amber to "
        "{amber_pace}, red below. Until {early} of the time is used only going backwards counts."
    ),
    "lifetime value": _(
        "What an account will bring in the next twelve months, each month discounted by "
        "{discount}: purchases expected (BG/NBD, Fader, Hardie & Lee 2005) times what a purchase "
        "is worth (gamma-gamma, Fader & Hardie 2013), in margin, or in revenue where the book "
        "has no costs. A purchase is a day on which the account brought more than it sent back. "
        "The models are fitted to all accounts of the book, whoever is in view."
    ),
    "P(alive)": _(
        "The chance that an account has not left, given how often it bought, when last and since "
        "when; 1 for one that bought once, since the model lets accounts leave after a repeat "
        "purchase only."
    ),
    "range of a lifetime value": _(
        "What the account may bring: in {in_range} of 100 futures it brings between the two "
        "ends. Drawn are the parameters, whether it has left, how often it buys and what that is "
        "worth; for “same as last year”, how accounts of its size fared in the back-test; for "
        "the simple value, the retention. It holds the expected value always. Accounts vary by "
        "themselves: a market that turns is not in it."
    ),
    "back-test of lifetime value": _(
        "The models are fitted without the last twelve months (a third of a shorter history) and "
        "foretell them, beside “same as last year”: what each account brought in as many months "
        "before. Accounts are valued by whichever missed what an account brought by less on "
        "average. The model is refused under {accounts_needed} accounts or {repeaters_needed} "
        "that came back, where the data do not fix its parameters, where over {unprofitable} of "
        "the accounts that came back earned nothing, and where it cannot be tested."
    ),
    "simple value": _(
        "Margin of twelve months times r/(1 + d − r), for all years ahead: r is the share of "
        "last year's accounts of the same industry that stayed (of all accounts if that industry "
        "had fewer than {of_industry}), d the discount of a year. Its range is that of r (Beta "
        "posterior)."
    ),
    "coverage": _(
        "Of the posts that should know us (management; heads of purchasing, technical, "
        "operations, finance and marketing; by weight) the share with somebody of that function, "
        "and at least that level, whom we met within {active_days} days. Over all accounts it is "
        "weighted by revenue."
    ),
    "net support": _(
        "Sum of influence (1–5) times attitude (−2…+2) over twice the sum of influence, of the "
        "people whose attitude is known: from −100 % to +100 %."
    ),
    "anti-supporter exposure": _(
        "Revenue times the influence held by people with a negative attitude, over the influence of all people there."
    ),
    "key-person risk": _(
        "The largest share of the active ties (pairs of ours and theirs who met within "
        "{active_days} days, weighted by the influence of theirs) that one person holds, on "
        "their side and on ours. An account hangs on one person if one of theirs holds more than "
        "{hangs_on_one}. That somebody with an influence of {influential} or more left within a "
        "year is an alert."
    ),
    "value contact share": _("Touches made to give value, over all touches with a purpose, in twelve months."),
    "NPS": _(
        "100 × (share of answers 9–10 less share of answers 0–6) over the answers of twelve "
        "months, each counted once. Its standard error is 100·√[(p + d − (p − d)²)/n]; a change "
        "is called one beyond {sure_errors} errors of the difference, with {fewest_answers} "
        "answers or more in both years."
    ),
    "time to resolve": _(
        "Median days from opening to closing of the problems and disputes closed within twelve "
        "months, and the share closed within their own target. Open ones are not in it: they "
        "stand beside it."
    ),
    "referrals": _(
        "Recommendations a customer made so far, those that became customers, and what these "
        "have bought: by the sales where they show the new customer and nothing before the "
        "referral, else as stated."
    ),
    "expected loss": _(
        "Probability times the margin at risk, which is the impact times the margin of twelve "
        "months. The ranking is by that; a grid of probability and impact misleads (Cox 2008)."
    ),
    "value delivered": _(
        "What the customer gained from us beyond the goods in twelve months, in money, as far as "
        "somebody wrote it down; confirmed means the customer agrees."
    ),
    "forecast of an objective": _(
        "What is measured now, carried on to the due day with its damped trend (Gardner & "
        "McKenzie 1985), corrected by how the same forecasts turned out in the past of this "
        "account and its peers; the range holds {forecast_range} of those outcomes, the chance "
        "is the share of them that meets the target."
    ),
    "SMART": _(
        "Specific: a metric with a scope. Measurable: unit, baseline and target. Achievable: as "
        "the past tells. Relevant: tied to a criterion, a rung signal, an opportunity or a goal "
        "of the customer's. Time-bound: due after its start, inside the plan. Assigned: one "
        "owner (Doran 1981)."
    ),
    "achievable": _(
        "The change wanted, among the changes that the account and its {nearest_peers} nearest "
        "peers of the same industry really made over windows as long: relative for money and "
        "quantity, differences for the rest. Beyond {stretch} of them it is a stretch; with "
        "fewer than {fewest_windows} windows nobody can tell."
    ),
    "proposed target": _(
        "A change that {ambition} of the windows of a year, at the account and its peers, did not surpass."
    ),
    "margin at risk": _(
        "Margin of the account over twelve months, none less than nothing, times the share of it "
        "that is lost if the risk strikes; unknown without costs."
    ),
    "loss curve": _(
        "Chance that all live risks together cost more than an amount within a year: the "
        "distribution of the sum of independent losses. Independence is an assumption: a crisis "
        "strikes many at once."
    ),
    "grid of risks": _(
        "Live risks by {bands} bands of chance and impact, for talk only: a grid can put a "
        "smaller risk above a larger one (Cox 2008)."
    ),
    "revenue under attack": _(
        "Our revenue at the accounts that a rival attacks, of twelve months, in the category it "
        "attacks where one is named."
    ),
    "what if": _(
        "The twelve months ahead of today's accounts, without and with levers. Expected of an "
        "account: what an account of its size that stays buys in a year, by how last year's went "
        "on, times its chance to stay. Accounts yet unknown are not in it. No lever is exactly "
        "the baseline."
    ),
    "range of a scenario": _(
        "{scenario_range} of the draws: who stays (Beta posterior by size and by how lately it "
        "bought), how its year goes (departures as they came to accounts of its size, as wide as "
        "its own months say, widened until accounts left out of the measurement lie inside as "
        "often as said), its months (its own, and its peers' the shorter its history), and every "
        "assumption within its range. Baseline and scenario share the draws."
    ),
    "order of levers": _(
        "Levers act by kind, in whatever order they are set: rung, list price, discount "
        "(changed, then capped), unit cost, volume, the customers' response to the new price, "
        "loss and win."
    ),
    "simple lifetime value": _(
        "Σ m·r/(1 + d − r) over the accounts: margin of a year at today's volumes, chance to "
        "stay, and the yearly discount of money to come."
    ),
    "objectives met": _(
        "Share of the open objectives about revenue or margin that are met when due, the mean "
        "over the draws; what of their window has been sold already stays."
    ),
    "break-even volume": _(
        "Change of volume at which the margin is as now: margin now over margin at today's "
        "volume and the new prices and costs, less one."
    ),
    "not in touch": _(
        "Active accounts where people are known and none of them was in touch with us within {active_days} days."
    ),
    "compared managers": _(
        "What the accounts of a manager did, Σ part over Σ whole, beside the same of all other "
        "accounts. The accounts are drawn again {resamples} times (Poisson bootstrap, Hanley & "
        "MacGibbon 2006). A difference is sure if its {range} range, made wide enough for all "
        "managers of a measure at once (Bonferroni, Dunn 1961), leaves out nought; with under "
        "{fewest_compared} accounts on either side nothing is said. Accounts count for the "
        "manager they have now and differ in more than their manager: a difference is a question "
        "to ask, not its answer."
    ),
    "kept milestones": _(
        "Milestones first promised for these twelve months and done by that day, over all "
        "promised for them. Problems in time: solved within their target, over those solved with "
        "a target and those open past it."
    ),
}


def definitions(policies: Policies) -> dict[str, str]:
    """Write what each term means in a book that follows these policies.

    >>> definitions(Policies())["status of an objective"][:64]
    'Green while progress keeps up with at least 90 % of the time use'
    """
    key, plans = policies.key_accounts, policies.plans
    numbers = {
        "range": share(rules.HIGH - rules.LOW),
        "in_range": f"{100 * (rules.HIGH - rules.LOW):.4g}",
        "forecast_range": share(rules.FORECAST_RANGE),
        "scenario_range": share(rules.SCENARIO_RANGE),
        "resamples": count(rules.RESAMPLES),
        "weightings": count(rules.WEIGHTINGS),
        "fewest_compared": rules.FEWEST_COMPARED,
        "pareto_a": f"{rules.PARETO_A} %",
        "pareto_b": f"{rules.PARETO_B} %",
        "top": share(1 / rules.TOP_ONE_IN),
        "dependence": share(rules.DEPENDENCE),
        "key_from": share(rules.KEY_FROM),
        "borderline_from": share(rules.BORDERLINE_FROM),
        "rising": count(rules.RISING_GROWTH),
        "maintained": count(rules.MAINTAINED_REVENUE),
        "small": count(rules.SMALL_REVENUE),
        "strong_role": count(rules.STRONG_ROLE),
        "halfway": count(rules.HALFWAY),
        "strong": count(rules.STRONG_RELATIONSHIP),
        "size": share(rules.SIZE_IN_REVENUE),
        "regular": share(1 - rules.SIZE_IN_REVENUE),
        "places": _("{list_size} accounts, {size_rule}").format(list_size=key.list_size, size_rule=key.size_rule)
        if key.list_size
        else key.size_rule,
        "rating_half_life": f"{key.half_life_months:.4g}",
        "known_from": share(rules.KNOWN_FROM),
        "groups": rules.GROUPS_NEEDED,
        "evidence_half_life": rules.EVIDENCE_HALF_LIFE,
        "silence": rules.SHORTEST_SILENCE,
        "rhythm": rules.TIMES_ITS_RHYTHM,
        "slip_months": rules.SLIP_MONTHS,
        "active_days": rules.ACTIVE_DAYS,
        "influential": rules.INFLUENTIAL,
        "hangs_on_one": share(rules.HANGS_ON_ONE),
        "sure_errors": rules.SURE_ERRORS,
        "fewest_answers": rules.FEWEST_ANSWERS,
        "peers": rules.PEERS,
        "prior": count(rules.PEERS_PRIOR),
        "together": rules.FEWEST_TOGETHER,
        "first": rules.FIRST_GAPS,
        "discount": share(rules.MONTHLY_DISCOUNT),
        "accounts_needed": rules.ACCOUNTS_NEEDED,
        "repeaters_needed": rules.REPEATERS_NEEDED,
        "unprofitable": share(rules.LARGEST_UNPROFITABLE_SHARE),
        "of_industry": rules.FEWEST_OF_INDUSTRY,
        "soon_days": rules.SOON_DAYS,
        "nearest_peers": rules.NEAREST_PEERS,
        "green_pace": share(plans.green_pace),
        "amber_pace": share(plans.amber_pace),
        "early": share(plans.early),
        "stretch": share(plans.stretch),
        "ambition": share(plans.ambition),
        "fewest_windows": plans.fewest_windows,
        "bands": rules.BANDS,
    }
    return {term: text.format(**numbers) for term, text in _DEFINITIONS.items()}
