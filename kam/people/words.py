"""The people behind the accounts in words: what hangs on one person, who is for and against us, who is missing."""

import pandas as pd

from kam.base.numbers import count, counted, day, known, money, percent, signed_percent
from kam.base.rules import ACTIVE_DAYS

_ADD = "Add a contacts table (the people) and a touches table (who met whom, when and why)."


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
        return "Whether one resignation could cost us an account cannot be told: no person at any account is known."
    if not known(network["on_one_revenue"]):
        return "Whether one resignation could cost us an account cannot be told: no contact with anybody is recorded."
    on_one = relationships[relationships["hangs_on"].isin(("theirs", "both"))]
    if on_one.empty:
        said = "No account hangs on one person of theirs: nowhere does one hold more than half of the active ties"
    else:
        first = on_one.sort_values("revenue", ascending=False, kind="stable").iloc[0]
        share = f"{percent(network['on_one_share'])} of revenue" if known(network["on_one_share"]) else "Revenue"
        said = (
            f"{share} ({money(network['on_one_revenue'], currency)}) hangs on one person at the customer: at"
            f" {counted(len(on_one), 'account')} one resignation there would take more than half of the active ties,"
            f" first at {first['name']} ({money(first['revenue'], currency)}) that of {first['key_name_theirs']}"
        )
    if network["silent_accounts"]:
        silent = counted(int(network["silent_accounts"]), "account")
        said += f"; at {silent} with {money(network['silent_revenue'], currency)} nobody was met for {ACTIVE_DAYS} days"
    return said + "."


def map_title(relationships: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much revenue is exposed to people who work against us, and where most.

    >>> rows = {"name": ["Nord", "Süd"], "anti_supporter_exposure": [5.0, 20.0], "net_support": [0.1, -0.2]}
    >>> map_title(pd.DataFrame(rows), "EUR")
    'People against us expose EUR 25.0 at 2 accounts; most at Süd'
    """
    exposed = relationships["anti_supporter_exposure"]
    if not exposed.notna().any():
        return "How the customers' people stand to us is not known"
    at_risk = relationships[exposed > 0]
    if at_risk.empty:
        return "Nobody known at any account works against us"
    most = at_risk.sort_values("anti_supporter_exposure", ascending=False).iloc[0]["name"]
    where = counted(len(at_risk), "account")
    return f"People against us expose {money(exposed.sum(), currency)} at {where}; most at {most}"


def gaps_title(gaps: pd.DataFrame) -> str:
    """Say which post is missing at most accounts, of those that should know us.

    >>> rows = {"function": ["finance"], "level": ["head"], "weight": [1.0], "judged": [4], "gaps": [3]}
    >>> gaps_title(pd.DataFrame(rows | {"gap_share": [0.75]}))
    'The head of finance is not met at 3 of 4 accounts'
    """
    judged = gaps[gaps["judged"] > 0]
    if judged.empty:
        return "Which posts know us is not known"
    worst = judged.assign(loss=judged["weight"] * judged["gap_share"]).sort_values("loss", kind="stable").iloc[-1]
    return f"{post(worst)} is not met at {count(worst['gaps'])} of {counted(int(worst['judged']), 'account')}"


def post(cell: pd.Series) -> str:
    """Name a post, with its article, to begin a sentence.

    >>> post(pd.Series({"function": "management", "level": "executive"}))
    'The executive in management'
    """
    return f"The {cell['level']} {'of' if cell['level'] == 'head' else 'in'} {cell['function']}"


def stakeholder_title(people: pd.DataFrame, currency: str | None = None) -> str:
    """Say who works against us and what that exposes, else who is for us.

    >>> rows = {"name": ["Mina", "Bo"], "title": ["Buyer", None], "influence": [2.0, 5.0], "attitude": [-1.0, 2.0]}
    >>> stakeholder_title(pd.DataFrame(rows | {"exposed": [140.0, 0.0], "departed": [False, False]}), "EUR")
    'Mina (Buyer) works against us and exposes EUR 140'
    """
    here = people[~people["departed"]]
    if here.empty:
        return "Nobody who is still there is known"
    if here["attitude"].isna().all():
        return f"{_persons(len(here))} known; how they stand to us is not"
    against = here[here["attitude"] < 0].sort_values("exposed", ascending=False, kind="stable")
    if against.empty:
        friends = int((here["attitude"] > 0).sum())
        return (
            f"None of {_persons(len(here))} works against us; {count(friends)} {'is' if friends == 1 else 'are'} for us"
        )
    first, total = against.iloc[0], money(against["exposed"].sum(), currency)
    if len(against) == 1:
        return f"{named(first)} works against us and exposes {total}"
    return f"{named(first)} and {count(len(against) - 1)} more work against us and expose {total}"


def cells_title(cells: pd.DataFrame) -> str:
    """Say how much of what should know us does, and which gap weighs most.

    >>> rows = {"function": ["finance", "technical"], "level": ["head", "head"], "weight": [1.0, 2.0]}
    >>> cells_title(pd.DataFrame(rows | {"state": ["covered", "gap"]}))
    '1 of 2 posts that should know us do; the head of technical is the heaviest gap'
    """
    asked = cells[cells["state"].isin(("covered", "gap"))]
    if asked.empty:
        return "Which posts know us is not known"
    gaps = asked[asked["state"] == "gap"]
    said = f"{count((asked['state'] == 'covered').sum())} of {counted(len(asked), 'post')} that should know us do"
    if gaps.empty:
        return said
    worst = post(gaps.sort_values("weight", ascending=False, kind="stable").iloc[0])
    return f"{said}; {worst[0].lower()}{worst[1:]} is the heaviest gap"


def lines_title(row: pd.Series) -> str:
    """Say on whom of ours and theirs the ties hang: a row of the relationships frame."""
    if not known(row["key_person_theirs"]):
        return f"Nobody there was met within {ACTIVE_DAYS} days"
    theirs = f"{row['key_name_theirs']} holds {percent(row['key_person_theirs'])} of the active ties there"
    if not known(row["key_person_ours"]):
        return theirs
    return f"{theirs}, {row['key_name_ours']} {percent(row['key_person_ours'])} on our side"


def rhythm_title(rhythm: pd.DataFrame) -> str:
    """Say how often we gave and how often we sold.

    >>> rhythm_title(pd.DataFrame({"value": [1, 0], "selling": [2, 0], "service": [0, 1], "relationship": [0, 0]}))
    '1 of 4 contacts in twelve months gave value, 2 sold'
    """
    total = int(rhythm.select_dtypes("number").to_numpy().sum())
    if not total:
        return "Nobody there was met in twelve months"
    gave, sold = count(rhythm["value"].sum()), count(rhythm["selling"].sum())
    return f"{gave} of {counted(total, 'contact')} in twelve months gave value, {sold} sold"


def departure(row: pd.Series) -> str:
    """Say who left, and who came after: a row of the departures frame."""
    after = row["followed_by"]
    heir = (
        f"In touch there now: {after}"
        if isinstance(after, str)
        else "Nobody of that function and level is in touch now"
    )
    weight = f", influence {count(row['influence'])}," if known(row["influence"]) else ""
    return f"{named(row)}{weight} left on {day(row['left_on'])}. {heir}."


def exposure(row: pd.Series, currency: str | None = None) -> str:
    """Say who works against us, and how much hangs on that: a row of the stakeholders frame."""
    met = f"last met {day(row['last_touch'])}" if pd.notna(row["last_touch"]) else "never met"
    return f"{named(row)} exposes {money(row['exposed'], currency)}, {met}"


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
        return f"Nobody is known at {row['name']}."
    said = [f"{_persons(row['contacts'])} known"]
    if known(row["active_contacts"]):
        said.append(f"{count(row['active_contacts'])} met within {ACTIVE_DAYS} days")
        said.append(f"{percent(row['coverage'])} of the posts that should know us covered")
    if known(row["net_support"]):
        said.append(f"net support {signed_percent(row['net_support'])}")
    if known(row["anti_supporter_exposure"]) and row["anti_supporter_exposure"] > 0:
        said.append(f"{money(row['anti_supporter_exposure'], currency)} exposed to people against us")
    return "; ".join(said) + "."


def missing(tables: set[str]) -> str:
    """Say what people pages lack, why it matters and how to add it; `tables` are those the book has."""
    if "contacts" not in tables:
        return f"Who decides there, and who is against us, no invoice tells. {_ADD}"
    return "Whom we meet, how often and to what end is not recorded. Add a touches table: who met whom, when and why."


def _persons(number: int) -> str:
    return counted(number, "person", "people")
