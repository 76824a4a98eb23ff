"""What each figure on a page means: one definition, the same in the app and in the README, with the book's numbers."""

from kam.base import rules
from kam.base.numbers import count, share
from kam.base.policy import Policies
from kam.base.texts import ngettext
from kam.definitions.of_accounts import OF_ACCOUNTS
from kam.definitions.of_work import OF_WORK


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
        "places": ngettext("{accounts} account, {rule}", "{accounts} accounts, {rule}", key.list_size).format(
            accounts=key.list_size, rule=key.size_rule
        )
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
    return {term: text.format(**numbers) for term, text in {**OF_ACCOUNTS, **OF_WORK}.items()}
