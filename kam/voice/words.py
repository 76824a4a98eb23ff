"""What the customers say and complain of, in words: satisfaction with its error, problems, referrals, value, risks."""

import pandas as pd

from kam.base.columns import Column, Columns, columns
from kam.base.numbers import count, known, money, percent, signed_count
from kam.base.texts import _, ngettext, sentence

ANSWER_COLUMNS = columns(
    "account survey_date person title nps kind csat comment period",
    account=Column(_("Account")),
    survey_date=Column(_("Day"), "day"),
    person=Column(_("Who"), width="medium"),
    title=Column(_("Position"), width="medium"),
    nps=Column(_("Recommends"), "count", _("0 never … 10 surely")),
    kind=Column(_("As")),
    csat=Column(_("Satisfied"), "count", _("1 poor … 5 excellent")),
    comment=Column(_("In their words"), width="large"),
    period=Column(_("Counted in")),
)
SATISFACTION_COLUMNS = columns(
    "name nps nps_se responses csat prior_nps prior_responses changed newest",
    nps=Column(_("NPS"), "number", form="%.0f"),
    nps_se=Column(_("±"), "number", _("Standard error"), form="%.0f"),
    responses=Column(_("n"), "count"),
    csat=Column(_("Satisfaction"), "number", form="%.1f"),
    prior_nps=Column(_("NPS a year ago"), "number", form="%.0f"),
    prior_responses=Column(_("n then"), "count"),
    changed=Column(_("Change")),
    newest=Column(_("Newest answer"), "day"),
)
PROBLEM_COLUMNS = columns(
    "account title severity age_days due_on overdue department owner manager",
    account=Column(_("Account")),
    title=Column(_("Problem"), width="medium"),
    severity=Column(_("Severity"), "count", _("1 a wish … 5 the customer cannot work")),
    age_days=Column(_("Age (days)"), "count"),
    due_on=Column(_("Target"), "day"),
    overdue=Column(_("Overdue"), "yes"),
)
SOLVED_COLUMNS = columns(
    "account title closed_on days target_days within_target department owner manager",
    account=Column(_("Account")),
    title=Column(_("Problem"), width="medium"),
    closed_on=Column(_("Solved"), "day"),
    days=Column(_("Days"), "count"),
    target_days=Column(_("Target (days)"), "count"),
    within_target=Column(_("Within target"), "yes"),
)
REFERRAL_COLUMNS = columns(
    "account referred_on referred_name won new_account revenue",
    referred_on=Column(_("Day"), "day"),
    referred_name=Column(_("To whom"), width="medium"),
    won=Column(_("Won"), "yes"),
    new_account=Column(_("Became"), width="medium"),
    revenue=Column(_("Brought"), "money", _("By the sales where they know the new customer, else as stated")),
)
_VERDICTS = {"better": _("better"), "worse": _("worse"), "no sure change": _("no sure change")}


def nps(value: object) -> str:
    """Write an NPS with its sign, without decimals.

    >>> nps(25.4), nps(-100.0), nps(0.2), nps(None)
    ('+25', '−100', '0', 'not measured')
    """
    return signed_count(value)


def nps_with_error(value: object, error: object) -> str:
    """Write an NPS with its standard error; an error of 0 is that of answers that all agree, and says nothing.

    >>> nps_with_error(25.0, 41.6), nps_with_error(100.0, 0.0), nps_with_error(None, None)
    ('+25 ± 42', '+100', 'not measured')
    """
    return f"{nps(value)} ± {float(str(error)):.0f}" if known(error) and error else nps(value)


def satisfaction(row: pd.Series) -> str:
    """Say how satisfied, out of how many answers, and whether that changed: a row of the satisfaction frame.

    >>> row = {"nps": 25.0, "nps_se": 41.46, "responses": 4, "csat": 4.0, "prior_nps": None, "prior_responses": 0}
    >>> satisfaction(pd.Series(row | {"csat_responses": 4, "changed": None, "prior_nps_se": None}, dtype=object))
    'NPS +25 ± 41 from 4 answers, nobody asked the year before; satisfaction 4.0 of 5.'
    """
    if not known(row["nps"]):
        told = _("Nobody was asked whether they would recommend us in these twelve months")
    else:
        answers = int(row["responses"])
        now = ngettext("NPS {nps} from {answers} answer", "NPS {nps} from {answers} answers", answers).format(
            nps=nps_with_error(row["nps"], row["nps_se"]), answers=count(answers)
        )
        if before := int(row["prior_responses"]):
            told = ngettext(
                "{now}, {nps} from {answers} answer the year before: {verdict}",
                "{now}, {nps} from {answers} answers the year before: {verdict}",
                before,
            ).format(
                now=now,
                nps=nps_with_error(row["prior_nps"], row["prior_nps_se"]),
                answers=count(before),
                verdict=_VERDICTS.get(row["changed"], _("too few answers to call it a change")),
            )
        else:
            told = _("{now}, nobody asked the year before").format(now=now)
    csat = _("satisfaction {csat:.1f} of 5").format(csat=row["csat"]) if known(row["csat"]) else ""
    return sentence(told, csat)


def problems(open_now: pd.DataFrame, solved: pd.Series) -> str:
    """Say what is open, how old the oldest is, and how fast problems are solved.

    `open_now` is the frame of `kam.voice.problems.problems`, `solved` the row of `time_to_resolve`.
    """
    if open_now.empty:
        told = [_("No problem is open")]
    else:
        told = [
            ngettext(
                "{problems} problem open, the oldest for {days}",
                "{problems} problems open, the oldest for {days}",
                len(open_now),
            ).format(problems=count(len(open_now)), days=_days(int(open_now["age_days"].max())))
        ]
        if late := int(open_now["overdue"].sum()):
            told.append(_("{late} past the target").format(late=count(late)))
    told = [", ".join(told)]
    if number := int(solved["resolved"]):
        pace = [
            ngettext(
                "{problems} problem solved in a year, half within {days}",
                "{problems} problems solved in a year, half within {days}",
                number,
            ).format(problems=count(number), days=_days(round(solved["median_days"])))
        ]
        if known(solved["within_target"]):
            pace.append(_("{share} within target").format(share=percent(solved["within_target"])))
        told.append(", ".join(pace))
    return sentence(*told)


def _days(number: int) -> str:
    return ngettext("{days} day", "{days} days", number).format(days=count(number))


def referrals(made: int, won: int, revenue: object, currency: str | None = None) -> str:
    """Say how often the customer recommended us, and what it brought.

    >>> referrals(4, 3, 362.0, "EUR"), referrals(0, 0, 0.0)
    ('4 referrals made, 3 won, which brought EUR 362.', 'No referral yet.')
    """
    if not made:
        return _("No referral yet.")
    brought = _("none won")
    if won:
        brought = _("{won} won, which brought {revenue}").format(won=count(won), revenue=money(revenue, currency))
    return ngettext("{referrals} referral made, {won}.", "{referrals} referrals made, {won}.", made).format(
        referrals=count(made), won=brought
    )


def balance(row: pd.Series, currency: str | None = None) -> str:
    """Lay what the customer got beside what we got: the row of the value balance.

    >>> row = {"revenue": 700.0, "margin": 200.0, "entries": 3, "valued": 2, "delivered": 42.0, "confirmed": 40.0}
    >>> balance(pd.Series(row), "EUR")
    'In twelve months the customer gained EUR 42.0 beyond the goods (EUR 40.0 of it confirmed by the customer); we \
earned EUR 200 of margin on EUR 700 of revenue.'
    """
    if not row["entries"]:
        gained = _("In twelve months nothing is recorded that the customer gained beyond the goods")
    elif not row["valued"]:
        things = int(row["entries"])
        gained = ngettext(
            "In twelve months the customer gained {things} thing whose worth nobody wrote",
            "In twelve months the customer gained {things} things whose worth nobody wrote",
            things,
        ).format(things=count(things))
    else:
        gained = _(
            "In twelve months the customer gained {delivered} beyond the goods ({confirmed} of it "
            "confirmed by the customer)"
        ).format(delivered=money(row["delivered"], currency), confirmed=money(row["confirmed"], currency))
    earned = _("{gained}; we earned {revenue} of revenue.")
    if known(row["margin"]):
        earned = _("{gained}; we earned {margin} of margin on {revenue} of revenue.")
    return earned.format(gained=gained, margin=money(row["margin"], currency), revenue=money(row["revenue"], currency))


def risks(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say what the open risks may cost, and which weighs most: the frame of `kam.risks.risk_register.risks`."""
    open_now = rows[rows["status"] == "open"]
    if open_now.empty:
        return _("No risk is open.")
    first = open_now.iloc[0]
    if not known(first["expected_loss"]):
        return ngettext(
            "{risks} risk open; without costs the loss to expect is unknown.",
            "{risks} risks open; without costs the loss to expect is unknown.",
            len(open_now),
        ).format(risks=count(len(open_now)))
    told = [
        ngettext(
            "{risks} open risk, {loss} of margin to be expected lost",
            "{risks} open risks, {loss} of margin to be expected lost",
            len(open_now),
        ).format(risks=count(len(open_now)), loss=money(open_now["expected_loss"].sum(), currency)),
        _("“{risk}” weighs most ({loss})").format(risk=first["title"], loss=money(first["expected_loss"], currency)),
    ]
    if unowned := int(open_now["owner"].isna().sum()):
        told.append(
            ngettext("{risks} of them has no owner", "{risks} of them have no owner", unowned).format(
                risks=count(unowned)
            )
        )
    return sentence(*told)


def rivals(rows: pd.DataFrame) -> str:
    """Say who holds what and who attacks: the frame of `kam.risks.rivals.competitors`.

    >>> rivals(pd.DataFrame({"rival": ["Nord", "Süd"], "category": ["Pumps", None], "state": ["holds", "attacks"]}))
    'Nord holds Pumps; Süd attacks.'
    """
    told = []
    for state, everywhere, somewhere in (
        ("holds", _("{rival} holds"), _("{rival} holds {categories}")),
        ("attacks", _("{rival} attacks"), _("{rival} attacks {categories}")),
    ):
        for rival, own in rows[rows["state"] == state].groupby("rival", sort=False):
            where = [str(each) for each in own["category"].dropna()]
            told.append((somewhere if where else everywhere).format(rival=rival, categories=", ".join(where)))
    return sentence(*told) if told else _("No rival is known to hold or attack anything here.")


def resolve_columns(by: str) -> Columns:
    """Take the columns of the table of how fast departments or managers solve problems."""
    return columns(
        f"{by} resolved median_days within_target open overdue",
        resolved=Column(_("Solved"), "count"),
        median_days=Column(_("Median days"), "number", form="%.1f"),
        within_target=Column(_("Within target"), "percent"),
        open=Column(_("Open"), "count"),
        overdue=Column(_("Overdue"), "count"),
    )
