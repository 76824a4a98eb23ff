"""What the customers say and complain of, in words: satisfaction with its error, problems, referrals, value, risks."""

import pandas as pd

from kam.base.numbers import MINUS, count, counted, known, money, percent
from kam.base.texts import _


def nps(value: object) -> str:
    """Write an NPS with its sign, without decimals.

    >>> nps(25.4), nps(-100.0), nps(0.2), nps(None)
    ('+25', '−100', '0', 'not measured')
    """
    if not known(value):
        return count(value)
    return _signed(round(float(str(value))))


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
        now = nps_with_error(row["nps"], row["nps_se"])
        told = _("NPS {now} from {responses}").format(now=now, responses=counted(int(row["responses"]), "answer"))
        if not row["prior_responses"]:
            told += _(", nobody asked the year before")
        else:
            before = nps_with_error(row["prior_nps"], row["prior_nps_se"])
            verdict = row["changed"] if isinstance(row["changed"], str) else _("too few answers to call it a change")
            asked = counted(int(row["prior_responses"]), "answer")
            told += _(", {before} from {asked} the year before: {verdict}").format(
                before=before, asked=asked, verdict=verdict
            )
    if known(row["csat"]):
        told += _("; satisfaction {csat:.1f} of 5").format(csat=row["csat"])
    return told + "."


def problems(open_now: pd.DataFrame, solved: pd.Series) -> str:
    """Say what is open, how old the oldest is, and how fast problems are solved.

    `open_now` is the frame of `kam.voice.problems.problems`, `solved` the row of `time_to_resolve`.
    """
    if open_now.empty:
        told = _("No problem is open")
    else:
        oldest = int(open_now["age_days"].max())
        told = _("{counted} open, the oldest for {oldest}").format(
            counted=counted(len(open_now), "problem"), oldest=counted(oldest, "day")
        )
        if late := int(open_now["overdue"].sum()):
            told += _(", {late} past the target").format(late=count(late))
    if solved["resolved"]:
        told += _("; {resolved} solved in a year, half within").format(
            resolved=counted(int(solved["resolved"]), "problem")
        )
        told += f" {counted(round(solved['median_days']), 'day')}"
        if known(solved["within_target"]):
            told += _(", {within_target} within target").format(within_target=percent(solved["within_target"]))
    return told + "."


def referrals(made: int, won: int, revenue: object, currency: str | None = None) -> str:
    """Say how often the customer recommended us, and what it brought.

    >>> referrals(4, 3, 362.0, "EUR"), referrals(0, 0, 0.0)
    ('4 referrals made, 3 won, which brought EUR 362.', 'No referral yet.')
    """
    if not made:
        return _("No referral yet.")
    brought = _(", which brought {revenue}").format(revenue=money(revenue, currency)) if won else ""
    return _("{made} made, {value} won{brought}.").format(
        made=counted(made, "referral"), value=count(won) if won else "none", brought=brought
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
        gained = _("In twelve months the customer gained {entries} whose worth nobody wrote").format(
            entries=counted(int(row["entries"]), "thing")
        )
    else:
        gained = _(
            "In twelve months the customer gained {delivered} beyond the goods ({confirmed} of it "
            "confirmed by the customer)"
        ).format(delivered=money(row["delivered"], currency), confirmed=money(row["confirmed"], currency))
    sold = _("{revenue} of revenue").format(revenue=money(row["revenue"], currency))
    earned = (
        _("{margin} of margin on {sold}").format(margin=money(row["margin"], currency), sold=sold)
        if known(row["margin"])
        else sold
    )
    return _("{gained}; we earned {earned}.").format(gained=gained, earned=earned)


def risks(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say what the open risks may cost, and which weighs most: the frame of `kam.risks.risk_register.risks`."""
    open_now = rows[rows["status"] == "open"]
    if open_now.empty:
        return _("No risk is open.")
    first = open_now.iloc[0]
    if not known(first["expected_loss"]):
        return _("{counted} open; without costs the loss to expect is unknown.").format(
            counted=counted(len(open_now), "risk")
        )
    total = money(open_now["expected_loss"].sum(), currency)
    weighs = _("“{title}” weighs most ({expected_loss})").format(
        title=first["title"], expected_loss=money(first["expected_loss"], currency)
    )
    unowned = int(open_now["owner"].isna().sum())
    alone = (
        _("; {unowned} of them {value} no owner").format(
            unowned=count(unowned), value="has" if unowned == 1 else "have"
        )
        if unowned
        else ""
    )
    return _("{counted}, {total} of margin to be expected lost; {weighs}{alone}.").format(
        counted=counted(len(open_now), "open risk"), total=total, weighs=weighs, alone=alone
    )


def rivals(rows: pd.DataFrame) -> str:
    """Say who holds what and who attacks: the frame of `kam.risks.rivals.competitors`.

    >>> rivals(pd.DataFrame({"rival": ["Nord", "Süd"], "category": ["Pumps", None], "state": ["holds", "attacks"]}))
    'Nord holds Pumps; Süd attacks.'
    """
    told = []
    for state in ("holds", "attacks"):
        for rival, own in rows[rows["state"] == state].groupby("rival", sort=False):
            where = [str(each) for each in own["category"].dropna()]
            told.append(f"{rival} {state} {', '.join(where)}" if where else f"{rival} {state}")
    return "; ".join(told) + "." if told else _("No rival is known to hold or attack anything here.")


def _signed(number: int) -> str:
    return f"{MINUS if number < 0 else '+' if number > 0 else ''}{abs(number)}"
