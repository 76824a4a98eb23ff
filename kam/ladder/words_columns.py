"""The columns of the tables of the ladder."""

from kam.base.columns import Column, columns
from kam.base.ranges import KNOWN_FROM, RANGE
from kam.base.terms import RUNG_KEYS
from kam.base.texts import _

LADDER_COLUMNS = columns(
    "name manager rung p_broker p_supplier p_partner expected_rung history claimed_rung gap groups revenue newest",
    p_broker=Column(_("P(broker)"), "chance"),
    p_supplier=Column(_("P(supplier)"), "chance"),
    p_partner=Column(_("P(partner)"), "chance"),
    expected_rung=Column(_("Expected rung"), "number", form="%.2f"),
    history=Column(_("Its way, 12 quarters"), "line", ends=(1, 3)),
    claimed_rung=Column(_("Claimed")),
    gap=Column(_("Gap"), "number", _("Claimed less expected rung"), form="%+.2f"),
    groups=Column(_("Groups"), "count", _("Groups of evidence that speak")),
    newest=Column(_("Newest evidence"), "day"),
)
CLIMB_COLUMNS = columns(
    "name way_up signal level next_level next_rung chance gain lift covered_by",
    way_up=Column(_("Way up")),
    signal=Column(_("Signal")),
    level=Column(_("Now")),
    next_level=Column(_("One level up")),
    next_rung=Column(_("Next rung")),
    chance=Column(_("Chance now"), "percent"),
    gain=Column(_("Gain"), "percent", _("How much the chance of the next rung would rise")),
    lift=Column(_("Revenue lifted"), "money", _("Gain × revenue")),
    covered_by=Column(_("Already planned"), help=_("An open action on this way up"), width="medium"),
)
MOVE_COLUMNS = columns(
    "name from_rung to_rung shift moved revenue",
    from_rung=Column(_("From")),
    to_rung=Column(_("To")),
    shift=Column(_("Expected rung"), "number", _("Shift of the expected rung between the days"), form="%+.2f"),
    moved=Column(_("A move"), "yes", _("Both rungs are known and differ; else only the shift is told")),
)
SLIP_COLUMNS = columns(
    "name rung why turning p_before p_rung p_aged months_left renew revenue manager",
    why=Column(_("Why")),
    turning=Column(_("Pulls down"), help=_("Signals lower than half a year ago"), width="medium"),
    p_before=Column(_("Sure half a year ago"), "percent"),
    p_rung=Column(_("Sure now"), "percent"),
    p_aged=Column(_("In half a year"), "percent", _("If nothing new comes")),
    months_left=Column(_("Months left"), "number", _("Until the rung is unknown without news"), form="%.0f"),
    renew=Column(_("Rests on"), help=_("The signals that hold the rung up most"), width="medium"),
)
WORTH_COLUMNS = columns(
    "name gather groups p_max p_known entropy_fall settles revenue manager",
    gather=Column(_("Gather"), width="large"),
    groups=Column(_("Groups now"), "count", _("Groups of evidence that speak; three are needed")),
    p_max=Column(
        _("Likeliest rung"), "percent", _("Its probability now; {known_from} are needed").format(known_from=KNOWN_FROM)
    ),
    p_known=Column(_("Chance to settle"), "percent"),
    entropy_fall=Column(_("Doubt removed"), "number", _("Expected fall of entropy, in nats"), form="%.2f"),
    settles=Column(_("Revenue settled"), "money", _("Chance × revenue")),
)
WAY_COLUMNS = columns(
    "way_up signal level next_level gain covered_by",
    way_up=Column(_("Way up"), width="medium"),
    signal=Column(_("Signal")),
    level=Column(_("Now")),
    next_level=Column(_("One level up")),
    gain=Column(_("Gain"), "percent", _("How much the chance of the next rung would rise")),
    covered_by=Column(_("Already planned"), help=_("An open action on this way up"), width="medium"),
)
OUTCOME_COLUMNS = columns(
    "measure rung accounts value low high difference difference_low difference_high revenue",
    measure=Column(_("Measure")),
    rung=Column(_("Rung a year ago")),
    value=Column(_("Value"), "percent"),
    low=Column(_("from"), "percent", _("{range} range").format(range=RANGE)),
    high=Column(_("to"), "percent"),
    difference=Column(_("Against the lowest rung"), "percent"),
    difference_low=Column(_("from"), "percent", _("{range} range").format(range=RANGE)),
    difference_high=Column(_("to"), "percent"),
)
EVIDENCE_COLUMNS = columns(
    "group signal level observed log_odds weight source",
    group=Column(_("Group")),
    signal=Column(_("Signal")),
    level=Column(_("Level")),
    observed=Column(_("Observed"), width="medium"),
    log_odds=Column(_("Pull (log-odds)"), "number", form="%+.2f"),
    weight=Column(_("Weight"), "number", form="%.2f"),
    source=Column(_("Where it was seen"), width="medium"),
)
LIKELIHOOD_COLUMNS = columns(
    " ".join(["group signal level", *RUNG_KEYS, "changed reason"]),
    group=Column(_("Group")),
    signal=Column(_("Signal")),
    level=Column(_("Level")),
    changed=Column(_("This book's own"), "yes"),
    **{
        rung: Column(_("on rung {number}: {rung}").format(number=number, rung=name), "number", form="%.2f")
        for number, (rung, name) in enumerate(
            zip(RUNG_KEYS, (_("broker"), _("supplier"), _("partner")), strict=True), start=1
        )
    },
)
