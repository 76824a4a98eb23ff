"""Columns of the tables of people, contacts and posts."""

from streamlit import column_config as cc

from kam.base.rules import ACTIVE_DAYS, INFLUENTIAL
from kam.ui.columns import Columns, money, percent

_DAY = "D MMM YYYY"


def relationship_columns(currency: str | None) -> Columns:
    """Columns of the table of relationships."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "revenue": money("Revenue", currency),
        "contacts": cc.NumberColumn("People", format="%d"),
        "active_contacts": cc.NumberColumn(f"Met in {ACTIVE_DAYS} days", format="%d"),
        "coverage": percent("Coverage"),
        "net_support": percent("Net support"),
        "anti_supporter_exposure": money("Exposed", currency, "Revenue × influence held by people against us"),
        "key_name_theirs": cc.TextColumn("Theirs who holds most", width="medium"),
        "key_person_theirs": percent("of the ties"),
        "key_name_ours": "Ours who holds most",
        "key_person_ours": percent("of the ties "),
        "value_contact_share": percent("Value contacts"),
        "departed": cc.NumberColumn(
            "Left", format="%d", help=f"People of influence {INFLUENTIAL} or more who left within a year"
        ),
        "last_touch": cc.DateColumn("Last touch", format=_DAY),
    }


def stakeholder_columns(currency: str | None, *, hidden: bool) -> Columns:
    """Columns of the table of people; how they stand to us is left out where it is hidden."""
    columns: Columns = {
        "account": "Account",
        "name": cc.TextColumn("Person", width="medium"),
        "title": cc.TextColumn("Position", width="medium"),
        "function": "Function",
        "level": "Level",
        "influence": cc.NumberColumn("Influence", format="%d", help="1 little … 5 decides"),
        "attitude": cc.NumberColumn("Attitude", format="%+d", help="−2 works against us … +2 champions us"),
        "exposed": money("Exposed", currency),
        "last_touch": cc.DateColumn("Last met", format=_DAY),
        "last_manager": "by",
        "last_purpose": "to give or sell",
        "known_by": cc.TextColumn("Known by", width="medium", help="Who of ours met the person in twelve months"),
        "reports_to": "Reports to",
        "left_on": cc.DateColumn("Left", format=_DAY),
    }
    told = {"influence", "attitude", "exposed"} if hidden else set()
    return {name: column for name, column in columns.items() if name not in told}


def departure_columns(currency: str | None) -> Columns:
    """Columns of the table of people who left."""
    return {
        "account": cc.TextColumn("Account", width="medium"),
        "revenue": money("Revenue", currency),
        "name": cc.TextColumn("Who left", width="medium"),
        "title": cc.TextColumn("Position", width="medium"),
        "influence": cc.NumberColumn("Influence", format="%d"),
        "left_on": cc.DateColumn("Left", format=_DAY),
        "followed_by": cc.TextColumn("In touch there now", width="medium"),
    }


def touch_columns() -> Columns:
    """Columns of the table of touches."""
    return {
        "account": "Account",
        "touch_date": cc.DateColumn("Day", format=_DAY),
        "person": cc.TextColumn("With", width="medium"),
        "title": cc.TextColumn("Position", width="medium"),
        "manager": "Who of ours",
        "channel": "How",
        "purpose": "Why",
        "note": cc.TextColumn("What was said", width="large"),
    }


def gap_columns() -> Columns:
    """Columns of the table of posts."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "function": "Function",
        "level": "Level",
        "state": "State",
        "people": cc.NumberColumn("People", format="%d"),
        "active_contacts": cc.NumberColumn(f"Met in {ACTIVE_DAYS} days", format="%d"),
    }
