"""The columns of the tables of white space, better versions, complete solutions and the register."""

from kam.base.columns import Column, columns
from kam.base.ranges import RANGE
from kam.base.texts import _

GAP_COLUMNS = columns(
    "name category expected_value value_low value_high why peer_share lift manager",
    name=Column(_("Account"), width=170),
    category=Column(_("Category"), width=150),
    expected_value=Column(_("A year"), "money", _("Expected value"), width=95),
    value_low=Column(
        _("from"),
        "number",
        _("{range} of what it may come to lies between").format(range=RANGE),
        width=80,
        form="%,.0f",
    ),
    value_high=Column(_("to"), "amount", width=80),
    peer_share=Column(_("Chance"), "percent", _("Share of peers that buy it, drawn towards the share of all accounts")),
    lift=Column(_("Lift"), "number", _("Of the category it buys that tells most"), form="%.1f"),
)
UP_SELL_COLUMNS = columns(
    "name product better spend gain why better_spend manager",
    name=Column(_("Account"), width=170),
    product=Column(_("Buys"), width=130),
    better=Column(_("Better version"), width=130),
    spend=Column(_("Spend"), "money", _("Spend of twelve months that could move"), width=95),
    gain=Column(_("More"), "money", _("What the better version would bring more, at the same quantity"), width=95),
    better_spend=Column(_("On the better one"), "money", _("What it spends on the better version already")),
)
SOLUTION_COLUMNS = columns(
    "name service expected_value spend why products state manager",
    name=Column(_("Account"), width=170),
    service=Column(_("Missing"), width=130),
    expected_value=Column(_("A year"), "money", _("Expected value"), width=95),
    spend=Column(_("Spend"), "money", _("Spend of twelve months on the products it completes"), width=95),
    products=Column(_("For"), width="medium"),
    state=Column(_("In the registers"), help=_("Of the category of the service")),
)
REGISTER_COLUMNS = columns(
    "name title stage source need worth probability next_step expected_on is_late owner manager",
    name=Column(_("Account"), width=170),
    title=Column(_("Opportunity"), width="medium"),
    stage=Column(_("Stage")),
    source=Column(_("Found by")),
    need=Column(_("Need or pain point"), width="medium"),
    worth=Column(_("Worth a year"), "money"),
    probability=Column(_("Chance"), "percent"),
    next_step=Column(_("Next step"), width="medium"),
    expected_on=Column(_("Decision"), "day"),
    is_late=Column(_("Late"), "yes"),
)
