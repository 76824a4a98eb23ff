"""The people behind the accounts in words: what hangs on one person, who is for and against us, who is missing."""

import pandas as pd

from kam.base.numbers import count, counted, day, known, money, percent, signed_percent
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _

_ADD = _("Add a contacts table (the people) and a touches table (who met whom, when and why).")


def finding(network: pd.Series, relationships: pd.DataFrame, currency: str | None = None) -> str:
    """Say in one sentence how much revenue hangs on one person at the customer, where most, and where nobody is met.

    Parameters
    ----------
    network
        The row of `kam.people.network.network`.
    relationships
        The frame of `kam.people.relationships.relationships`.
    currency
        The book's currency.
    """
    if not network["known"]:
        return _("Whether one resignation could cost us an account cannot be told: no person at any account is known.")
    if not known(network["on_one_revenue"]):
        return _(
            "Whether one resignation could cost us an account cannot be told: no contact with anybody is recorded."
        )
    on_one = relationships[relationships["hangs_on"].isin(("theirs", "both"))]
    if on_one.empty:
        said = _("No account hangs on one person of theirs: nowhere does one hold more than half of the active ties")
    else:
        first = on_one.sort_values("revenue", ascending=False, kind="stable").iloc[0]
        share = (
            _("{on_one_share} of revenue").format(on_one_share=percent(network["on_one_share"]))
            if known(network["on_one_share"])
            else _("Revenue")
        )
        said = _(
            "{share} ({on_one_revenue}) hangs on one person at the customer: at {counted} one "
            "resignation there would take more than half of the active ties, first at {name} "
            "({revenue}) that of {key_name_theirs}"
        ).format(
            share=share,
            on_one_revenue=money(network["on_one_revenue"], currency),
            counted=counted(len(on_one), "account"),
            name=first["name"],
            revenue=money(first["revenue"], currency),
            key_name_theirs=first["key_name_theirs"],
        )
    if network["silent_accounts"]:
        silent = counted(int(network["silent_accounts"]), "account")
        said += _("; at {silent} with {silent_revenue} nobody was met for {active_days} days").format(
            silent=silent, silent_revenue=money(network["silent_revenue"], currency), active_days=ACTIVE_DAYS
        )
    return said + "."


def map_title(relationships: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much revenue is exposed to people who work against us, and where most.

    >>> rows = {"name": ["Nord", "Süd"], "anti_supporter_exposure": [5.0, 20.0], "net_support": [0.1, -0.2]}
    >>> map_title(pd.DataFrame(rows), "EUR")
    'People against us expose EUR 25.0 at 2 accounts; most at Süd'
    """
    exposed = relationships["anti_supporter_exposure"]
    if not exposed.notna().any():
        return _("How the customers' people stand to us is not known")
    at_risk = relationships[exposed > 0]
    if at_risk.empty:
        return _("Nobody known at any account works against us")
    most = at_risk.sort_values("anti_supporter_exposure", ascending=False).iloc[0]["name"]
    where = counted(len(at_risk), "account")
    return _("People against us expose {sum_} at {where}; most at {most}").format(
        sum_=money(exposed.sum(), currency), where=where, most=most
    )


def gaps_title(gaps: pd.DataFrame) -> str:
    """Say which post is missing at most accounts, of those that should know us.

    >>> rows = {"function": ["finance"], "level": ["head"], "weight": [1.0], "judged": [4], "gaps": [3]}
    >>> gaps_title(pd.DataFrame(rows | {"gap_share": [0.75]}))
    'The head of finance is not met at 3 of 4 accounts'
    """
    judged = gaps[gaps["judged"] > 0]
    if judged.empty:
        return _("Which posts know us is not known")
    worst = judged.assign(loss=judged["weight"] * judged["gap_share"]).sort_values("loss", kind="stable").iloc[-1]
    return _("{post} is not met at {gaps} of {judged}").format(
        post=post(worst), gaps=count(worst["gaps"]), judged=counted(int(worst["judged"]), "account")
    )


def post(cell: pd.Series) -> str:
    """Name a post, with its article, to begin a sentence.

    >>> post(pd.Series({"function": "management", "level": "executive"}))
    'The executive in management'
    """
    return _("The {level} {value} {function}").format(
        level=cell["level"], value="of" if cell["level"] == "head" else "in", function=cell["function"]
    )


def stakeholder_title(people: pd.DataFrame, currency: str | None = None) -> str:
    """Say who works against us and what that exposes, else who is for us.

    >>> rows = {"name": ["Mina", "Bo"], "title": ["Buyer", None], "influence": [2.0, 5.0], "attitude": [-1.0, 2.0]}
    >>> stakeholder_title(pd.DataFrame(rows | {"exposed": [140.0, 0.0], "departed": [False, False]}), "EUR")
    'Mina (Buyer) works against us and exposes EUR 140'
    """
    here = people[~people["departed"]]
    if here.empty:
        return _("Nobody who is still there is known")
    if here["attitude"].isna().all():
        return _("{persons} known; how they stand to us is not").format(persons=_persons(len(here)))
    against = here[here["attitude"] < 0].sort_values("exposed", ascending=False, kind="stable")
    if against.empty:
        friends = int((here["attitude"] > 0).sum())
        return _("None of {persons} works against us; {friends} {value} for us").format(
            persons=_persons(len(here)), friends=count(friends), value="is" if friends == 1 else "are"
        )
    first, total = against.iloc[0], money(against["exposed"].sum(), currency)
    if len(against) == 1:
        return _("{first} works against us and exposes {total}").format(first=named(first), total=total)
    return _("{first} and {count} more work against us and expose {total}").format(
        first=named(first), count=count(len(against) - 1), total=total
    )


def cells_title(cells: pd.DataFrame) -> str:
    """Say how much of what should know us does, and which gap weighs most.

    >>> rows = {"function": ["finance", "technical"], "level": ["head", "head"], "weight": [1.0, 2.0]}
    >>> cells_title(pd.DataFrame(rows | {"state": ["covered", "gap"]}))
    '1 of 2 posts that should know us do; the head of technical is the heaviest gap'
    """
    asked = cells[cells["state"].isin(("covered", "gap"))]
    if asked.empty:
        return _("Which posts know us is not known")
    gaps = asked[asked["state"] == "gap"]
    said = _("{sum_} of {counted} that should know us do").format(
        sum_=count((asked["state"] == "covered").sum()), counted=counted(len(asked), "post")
    )
    if gaps.empty:
        return said
    worst = post(gaps.sort_values("weight", ascending=False, kind="stable").iloc[0])
    return _("{said}; {lower}{worst} is the heaviest gap").format(said=said, lower=worst[0].lower(), worst=worst[1:])


def lines_title(row: pd.Series) -> str:
    """Say on whom of ours and theirs the ties hang: a row of the relationships frame."""
    if not known(row["key_person_theirs"]):
        return _("Nobody there was met within {active_days} days").format(active_days=ACTIVE_DAYS)
    theirs = _("{key_name_theirs} holds {key_person_theirs} of the active ties there").format(
        key_name_theirs=row["key_name_theirs"], key_person_theirs=percent(row["key_person_theirs"])
    )
    if not known(row["key_person_ours"]):
        return theirs
    return _("{theirs}, {key_name_ours} {key_person_ours} on our side").format(
        theirs=theirs, key_name_ours=row["key_name_ours"], key_person_ours=percent(row["key_person_ours"])
    )


def rhythm_title(rhythm: pd.DataFrame) -> str:
    """Say how often we gave and how often we sold.

    >>> rhythm_title(pd.DataFrame({"value": [1, 0], "selling": [2, 0], "service": [0, 1], "relationship": [0, 0]}))
    '1 of 4 contacts in twelve months gave value, 2 sold'
    """
    total = int(rhythm.select_dtypes("number").to_numpy().sum())
    if not total:
        return _("Nobody there was met in twelve months")
    gave, sold = count(rhythm["value"].sum()), count(rhythm["selling"].sum())
    return _("{gave} of {total} in twelve months gave value, {sold} sold").format(
        gave=gave, total=counted(total, "contact"), sold=sold
    )


def departure(row: pd.Series) -> str:
    """Say who left, and who came after: a row of the departures frame."""
    after = row["followed_by"]
    heir = (
        _("In touch there now: {after}").format(after=after)
        if isinstance(after, str)
        else _("Nobody of that function and level is in touch now")
    )
    weight = _(", influence {influence},").format(influence=count(row["influence"])) if known(row["influence"]) else ""
    return _("{row}{weight} left on {left_on}. {heir}.").format(
        row=named(row), weight=weight, left_on=day(row["left_on"]), heir=heir
    )


def exposure(row: pd.Series, currency: str | None = None) -> str:
    """Say who works against us, and how much hangs on that: a row of the stakeholders frame."""
    met = (
        _("last met {last_touch}").format(last_touch=day(row["last_touch"]))
        if pd.notna(row["last_touch"])
        else _("never met")
    )
    return _("{row} exposes {exposed}, {met}").format(row=named(row), exposed=money(row["exposed"], currency), met=met)


def named(row: pd.Series) -> str:
    """Name a person with the position, if it is known."""
    return f"{row['name']} ({row['title']})" if isinstance(row["title"], str) else str(row["name"])


def short_name(name: object) -> str:
    """Shorten a name to its first initial and what follows.

    >>> short_name("Valérie de Almeida"), short_name("Mina"), short_name("M. B."), short_name(float("nan"))
    ('V. de Almeida', 'Mina', 'M. B.', 'someone')
    """
    if not isinstance(name, str) or not name.split():
        return "someone"
    first, *rest = name.split()
    return " ".join([f"{first[0]}.", *rest]) if rest else first


def account_summary(row: pd.Series, currency: str | None = None) -> str:
    """Say how deep one relationship is: a row of the relationships frame."""
    if not row["contacts"]:
        return _("Nobody is known at {name}.").format(name=row["name"])
    said = [_("{persons} known").format(persons=_persons(row["contacts"]))]
    if known(row["active_contacts"]):
        said.append(
            _("{active_contacts} met within {active_days} days").format(
                active_contacts=count(row["active_contacts"]), active_days=ACTIVE_DAYS
            )
        )
        said.append(_("{coverage} of the posts that should know us covered").format(coverage=percent(row["coverage"])))
    if known(row["net_support"]):
        said.append(_("net support {net_support}").format(net_support=signed_percent(row["net_support"])))
    if known(row["anti_supporter_exposure"]) and row["anti_supporter_exposure"] > 0:
        said.append(
            _("{anti_supporter_exposure} exposed to people against us").format(
                anti_supporter_exposure=money(row["anti_supporter_exposure"], currency)
            )
        )
    return "; ".join(said) + "."


def missing(tables: set[str]) -> str:
    """Say what people pages lack, why it matters and how to add it; `tables` are those the book has."""
    if "contacts" not in tables:
        return _("Who decides there, and who is against us, no invoice tells. {add}").format(add=_ADD)
    return _(
        "Whom we meet, how often and to what end is not recorded. Add a touches table: who met whom, when and why."
    )


def _persons(number: int) -> str:
    return counted(number, "person", "people")
