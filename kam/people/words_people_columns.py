"""The columns of the tables of relationships, people, contacts and posts."""

from kam.base.columns import Column, Columns, columns
from kam.base.rules import ACTIVE_DAYS, INFLUENTIAL
from kam.base.texts import _

RELATIONSHIP_COLUMNS = columns(
    "name manager revenue contacts active_contacts coverage net_support anti_supporter_exposure key_name_theirs "
    "key_person_theirs key_name_ours key_person_ours value_contact_share departed last_touch",
    contacts=Column(_("People"), "count"),
    active_contacts=Column(_("Met in {days} days").format(days=ACTIVE_DAYS), "count"),
    coverage=Column(_("Coverage"), "percent"),
    net_support=Column(_("Net support"), "percent"),
    anti_supporter_exposure=Column(_("Exposed"), "money", _("Revenue × influence held by people against us")),
    key_name_theirs=Column(_("Theirs who holds most"), width="medium"),
    key_person_theirs=Column(_("of the ties"), "percent"),
    key_name_ours=Column(_("Ours who holds most")),
    key_person_ours=Column(_("of our ties"), "percent"),
    value_contact_share=Column(_("Value contacts"), "percent"),
    departed=Column(
        _("Left"),
        "count",
        _("People of influence {influential} or more who left within a year").format(influential=INFLUENTIAL),
    ),
    last_touch=Column(_("Last touch"), "day"),
)
DEPARTURE_COLUMNS = columns(
    "account revenue name title influence left_on followed_by",
    name=Column(_("Who left"), width="medium"),
    title=Column(_("Position"), width="medium"),
    influence=Column(_("Influence"), "count"),
    left_on=Column(_("Left"), "day"),
    followed_by=Column(_("In touch there now"), width="medium"),
)
TOUCH_COLUMNS = columns(
    "account touch_date person title manager channel purpose note",
    account=Column(_("Account")),
    touch_date=Column(_("Day"), "day"),
    person=Column(_("With"), width="medium"),
    title=Column(_("Position"), width="medium"),
    manager=Column(_("Who of ours")),
    channel=Column(_("How")),
    purpose=Column(_("Why")),
    note=Column(_("What was said"), width="large"),
)
GAP_COLUMNS = columns(
    "name manager function level state people active_contacts",
    function=Column(_("Function")),
    level=Column(_("Level")),
    people=Column(_("People"), "count"),
    active_contacts=Column(_("Met in {days} days").format(days=ACTIVE_DAYS), "count"),
)
STAKEHOLDER_COLUMNS = columns(
    "account name title function level influence attitude exposed last_touch last_manager last_purpose known_by"
    " reports_to left_on",
    account=Column(_("Account")),
    name=Column(_("Person"), width="medium"),
    title=Column(_("Position"), width="medium"),
    function=Column(_("Function")),
    level=Column(_("Level")),
    influence=Column(_("Influence"), "count", _("1 little … 5 decides")),
    attitude=Column(_("Attitude"), "number", _("−2 works against us … +2 champions us"), form="%+d"),
    exposed=Column(_("Exposed"), "money"),
    last_touch=Column(_("Last met"), "day"),
    last_manager=Column(_("by")),
    last_purpose=Column(_("to give or sell")),
    known_by=Column(_("Known by"), width="medium", help=_("Who of ours met the person in twelve months")),
    reports_to=Column(_("Reports to")),
    left_on=Column(_("Left"), "day"),
)


def stakeholder_columns(*, hidden: bool) -> Columns:
    """Take the columns of the table of people; how they stand to us is left out where it is hidden."""
    unsaid = {"influence", "attitude", "exposed"} if hidden else set()
    return {name: column for name, column in STAKEHOLDER_COLUMNS.items() if name not in unsaid}
