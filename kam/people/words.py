"""The people behind the accounts in words: what hangs on one person, who is for and against us, who is missing."""

import pandas as pd

from kam.base.numbers import count, day, known, money, percent, signed_percent
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _, ngettext, sentence

FUNCTIONS = {
    "purchasing": _("purchasing"),
    "finance": _("finance"),
    "technical": _("technical"),
    "operations": _("operations"),
    "marketing": _("marketing"),
    "management": _("management"),
}
LEVELS = {"executive": _("executive"), "head": _("head"), "specialist": _("specialist")}


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
        revenue = _("Revenue ({amount})")
        if known(network["on_one_share"]):
            revenue = _("{share} of revenue ({amount})")
        said = ngettext(
            "{revenue} hangs on one person at the customer: at {accounts} account one resignation there would "
            "take more than half of the active ties, first at {name} ({account_revenue}) that of {person}",
            "{revenue} hangs on one person at the customer: at {accounts} accounts one resignation there would "
            "take more than half of the active ties, first at {name} ({account_revenue}) that of {person}",
            len(on_one),
        ).format(
            revenue=revenue.format(
                share=percent(network["on_one_share"]), amount=money(network["on_one_revenue"], currency)
            ),
            accounts=count(len(on_one)),
            name=first["name"],
            account_revenue=money(first["revenue"], currency),
            person=first["key_name_theirs"],
        )
    silent = int(network["silent_accounts"])
    nobody = ngettext(
        "at {accounts} account with {revenue} nobody was met for {days} days",
        "at {accounts} accounts with {revenue} nobody was met for {days} days",
        silent,
    ).format(accounts=count(silent), revenue=money(network["silent_revenue"], currency), days=ACTIVE_DAYS)
    return sentence(said, nobody if silent else "")


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
    return ngettext(
        "People against us expose {exposed} at {accounts} account; most at {name}",
        "People against us expose {exposed} at {accounts} accounts; most at {name}",
        len(at_risk),
    ).format(exposed=money(exposed.sum(), currency), accounts=count(len(at_risk)), name=most)


def gaps_title(gaps: pd.DataFrame) -> str:
    """Say which post is missing at most accounts, of those that should know us.

    >>> rows = {"function": ["finance"], "level": ["head"], "weight": [1.0], "judged": [4], "gaps": [3]}
    >>> gaps_title(pd.DataFrame(rows | {"gap_share": [0.75]}))
    'The head of finance is not met at 3 of 4 accounts'
    """
    asked = gaps[gaps["judged"] > 0]
    if asked.empty:
        return _("Which posts know us is not known")
    worst = asked.assign(loss=asked["weight"] * asked["gap_share"]).sort_values("loss", kind="stable").iloc[-1]
    judged = int(worst["judged"])
    return ngettext(
        "{post} is not met at {gaps} of {accounts} account",
        "{post} is not met at {gaps} of {accounts} accounts",
        judged,
    ).format(post=post(worst), gaps=count(worst["gaps"]), accounts=count(judged))


def post(cell: pd.Series) -> str:
    """Name a post, with its article, to begin a sentence.

    >>> post(pd.Series({"function": "management", "level": "executive"}))
    'The executive in management'
    """
    said = _("The {level} of {function}") if cell["level"] == "head" else _("The {level} in {function}")
    return said.format(level=LEVELS[cell["level"]], function=FUNCTIONS[cell["function"]])


def named_posts(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts with their function and level as they are called."""
    return posts.assign(function=posts["function"].map(FUNCTIONS), level=posts["level"].map(LEVELS))


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
        return ngettext(
            "{people} person known; how they stand to us is not",
            "{people} people known; how they stand to us is not",
            len(here),
        ).format(people=count(len(here)))
    against = here[here["attitude"] < 0].sort_values("exposed", ascending=False, kind="stable")
    if against.empty:
        friends = int((here["attitude"] > 0).sum())
        return ngettext(
            "None of {people} person works against us; {friends}",
            "None of {people} people works against us; {friends}",
            len(here),
        ).format(
            people=count(len(here)),
            friends=ngettext("{friends} is for us", "{friends} are for us", friends).format(friends=count(friends)),
        )
    first, total = against.iloc[0], money(against["exposed"].sum(), currency)
    if len(against) == 1:
        return _("{person} works against us and exposes {exposed}").format(person=named(first), exposed=total)
    return _("{person} and {others} more work against us and expose {exposed}").format(
        person=named(first), others=count(len(against) - 1), exposed=total
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
    covered = int((asked["state"] == "covered").sum())
    said = ngettext(
        "{covered} of {posts} post that should know us does",
        "{covered} of {posts} posts that should know us do",
        len(asked),
    ).format(covered=count(covered), posts=count(len(asked)))
    if gaps.empty:
        return said
    worst = post(gaps.sort_values("weight", ascending=False, kind="stable").iloc[0])
    return _("{finding}; {post} is the heaviest gap").format(finding=said, post=worst[0].lower() + worst[1:])


def lines_title(row: pd.Series) -> str:
    """Say on whom of ours and theirs the ties hang: a row of the relationships frame."""
    if not known(row["key_person_theirs"]):
        return _("Nobody there was met within {active_days} days").format(active_days=ACTIVE_DAYS)
    theirs = _("{person} holds {share} of the active ties there").format(
        person=row["key_name_theirs"], share=percent(row["key_person_theirs"])
    )
    if not known(row["key_person_ours"]):
        return theirs
    return _("{theirs}, {person} {share} on our side").format(
        theirs=theirs, person=row["key_name_ours"], share=percent(row["key_person_ours"])
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
    return ngettext(
        "{gave} of {contacts} contact in twelve months gave value, {sold} sold",
        "{gave} of {contacts} contacts in twelve months gave value, {sold} sold",
        total,
    ).format(gave=gave, contacts=count(total), sold=sold)


def departure(row: pd.Series) -> str:
    """Say who left, and who came after: a row of the departures frame."""
    left = _("{person} left on {day}.")
    if known(row["influence"]):
        left = _("{person}, influence {influence}, left on {day}.")
    heir = _("Nobody of that function and level is in touch now.")
    if isinstance(row["followed_by"], str):
        heir = _("In touch there now: {people}.").format(people=row["followed_by"])
    left = left.format(person=named(row), influence=count(row["influence"]), day=day(row["left_on"]))
    return f"{left} {heir}"


def exposure(row: pd.Series, currency: str | None = None) -> str:
    """Say who works against us, and how much hangs on that: a row of the stakeholders frame."""
    said = _("{person} exposes {exposed}, never met")
    if pd.notna(row["last_touch"]):
        said = _("{person} exposes {exposed}, last met {day}")
    return said.format(person=named(row), exposed=money(row["exposed"], currency), day=day(row["last_touch"]))


def named(row: pd.Series) -> str:
    """Name a person with the position, if it is known."""
    return f"{row['name']} ({row['title']})" if isinstance(row["title"], str) else str(row["name"])


def short_name(name: object) -> str:
    """Shorten a name to its first initial and what follows.

    >>> short_name("Valérie de Almeida"), short_name("Mina"), short_name("M. B."), short_name(float("nan"))
    ('V. de Almeida', 'Mina', 'M. B.', 'someone')
    """
    if not isinstance(name, str) or not name.split():
        return _("someone")
    first, *rest = name.split()
    return " ".join([f"{first[0]}.", *rest]) if rest else first


def account_summary(row: pd.Series, currency: str | None = None) -> str:
    """Say how deep one relationship is: a row of the relationships frame."""
    if not row["contacts"]:
        return _("Nobody is known at {name}.").format(name=row["name"])
    people = int(row["contacts"])
    said = [ngettext("{people} person known", "{people} people known", people).format(people=count(people))]
    if known(row["active_contacts"]):
        said.append(_("{people} met within {days} days").format(people=count(row["active_contacts"]), days=ACTIVE_DAYS))
        said.append(_("{coverage} of the posts that should know us covered").format(coverage=percent(row["coverage"])))
    if known(row["net_support"]):
        said.append(_("net support {net_support}").format(net_support=signed_percent(row["net_support"])))
    if known(row["anti_supporter_exposure"]) and row["anti_supporter_exposure"] > 0:
        said.append(
            _("{exposed} exposed to people against us").format(exposed=money(row["anti_supporter_exposure"], currency))
        )
    return sentence(*said)


def missing(tables: set[str]) -> str:
    """Say what people pages lack, why it matters and how to add it; `tables` are those the book has."""
    if "contacts" not in tables:
        return _(
            "Who decides there, and who is against us, no invoice tells. Add a contacts table (the people) "
            "and a touches table (who met whom, when and why)."
        )
    return _(
        "Whom we meet, how often and to what end is not recorded. Add a touches table: who met whom, when and why."
    )
