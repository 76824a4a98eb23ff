"""The columns of the tables of a scenario."""

from kam.base.columns import Column, columns
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _

MEASURE_COLUMNS = columns(
    "name last before before_range after after_range difference difference_range",
    name=Column(_("Measure"), width="medium"),
    last=Column(_("Last twelve months")),
    before=Column(_("Baseline")),
    before_range=Column(_("{share} range").format(share=SCENARIO_RANGE)),
    after=Column(_("Scenario")),
    after_range=Column(_("{share} range of the scenario").format(share=SCENARIO_RANGE)),
    difference=Column(_("Change")),
    difference_range=Column(_("{share} range of the change").format(share=SCENARIO_RANGE)),
)
ACCOUNT_COLUMNS = columns(
    "name what manager last_year baseline scenario change low high retention margin_change",
    what=Column(_("What")),
    last_year=Column(_("Last year"), "money"),
    baseline=Column(_("Baseline"), "money"),
    scenario=Column(_("Scenario"), "money"),
    change=Column(_("Change"), "money"),
    low=Column(_("{share} from").format(share=SCENARIO_RANGE), "money"),
    high=Column(_("to"), "money"),
    retention=Column(_("Retention"), "percent", _("Chance that it buys anything in the twelve months ahead")),
    margin_change=Column(_("Margin change"), "money"),
)
ASSUMPTION_COLUMNS = columns(
    "name value low high unit source",
    name=Column(_("Assumption"), width="large"),
    value=Column(_("Value"), "number", form="%.3f"),
    low=Column(
        _("Low"),
        "number",
        _("{share} of what may be lies between low and high").format(share=SCENARIO_RANGE),
        form="%.3f",
    ),
    high=Column(_("High"), "number", form="%.3f"),
    unit=Column(_("Unit")),
    source=Column(_("Source"), width="medium"),
)
STRESS_COLUMNS = columns(
    "name note revenue_change margin_change",
    name=Column(_("Stress test"), width="medium"),
    note=Column(_("What is assumed"), width="large"),
    revenue_change=Column(_("Revenue"), "money"),
    margin_change=Column(_("Margin"), "money"),
)
BACK_TEST_COLUMNS = columns(
    "test n coverage below above mean_width calibration expected actual",
    test=Column(_("Measured on"), width="medium"),
    n=Column(_("Accounts"), "count"),
    coverage=Column(
        _("Inside"), "percent", _("Share of accounts whose year lay in its {share} range").format(share=SCENARIO_RANGE)
    ),
    below=Column(_("Below"), "percent"),
    above=Column(_("Above"), "percent"),
    mean_width=Column(_("Width"), "percent", _("Width of all ranges together over the revenue before")),
    calibration=Column(_("Widened by"), "number", form="× %.2f"),
    expected=Column(_("Expected"), "money"),
    actual=Column(_("Came"), "money"),
)
