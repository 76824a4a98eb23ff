"""Key accounts in words: who is key whatever the weights, what is open, who came and went, and what would change it."""

from collections.abc import Sequence

import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, percent, points
from kam.base.policy import Otherwise
from kam.base.ranges import RANGE
from kam.base.rules import HALFWAY
from kam.base.terms import BORDERLINE, CLASS_NAMES, CRITERIA, CRITERION_NAMES, KEY, RATED
from kam.base.texts import _, ngettext, sentence

_LARGE = 0.2
_FALLING = -0.005  # half a point of margin: less is no news
_NAMED = 3


def finding(key: pd.DataFrame) -> str:
    """Say how many accounts are key whatever the weights, how many are a coin toss, and whom size would hide.

    Parameters
    ----------
    key
        The frame of `Book.key_accounts`.

    Examples
    --------
    >>> rows = {"name": ["Nord", "Süd"], "key_class": ["key", "borderline"], "key_for_role": [False, True]}
    >>> money = {"revenue": [9.0, 1.0], "margin_rate": [0.1, 0.3], "prior_margin_rate": [0.2, 0.3]}
    >>> finding(pd.DataFrame(rows | money))
    '1 account is key whatever the weights; 1 is a coin toss. Süd is small and key for its role. Nord is large, and \
its margin rate fell by 10.0 pp.'
    """
    sure, unsure = (int((key["key_class"] == name).sum()) for name in (KEY, BORDERLINE))
    told = sentence(
        ngettext(
            "{accounts} account is key whatever the weights", "{accounts} accounts are key whatever the weights", sure
        ).format(accounts=count(sure))
        if sure
        else _("No account is key whatever the weights"),
        ngettext("{accounts} is a coin toss", "{accounts} are a coin toss", unsure).format(accounts=count(unsure))
        if unsure
        else _("none are a coin toss"),
    )
    return " ".join([told, *_for_their_role(key), *_falling(key)])


def _for_their_role(key: pd.DataFrame) -> list[str]:
    names = key.loc[key["key_for_role"], "name"].tolist()
    if not names:
        return []
    told = ngettext(
        "{accounts} is small and key for its role.", "{accounts} are small and key for their role.", len(names)
    )
    return [told.format(accounts=_listed(names))]


def _falling(key: pd.DataFrame) -> list[str]:
    """Name the account among the largest fifth whose margin rate fell most."""
    large = key.nlargest(max(1, round(_LARGE * len(key))), "revenue")
    large = large.assign(change=large["margin_rate"] - large["prior_margin_rate"]).dropna(subset=["change"])
    falling = large[large["change"] <= _FALLING].nsmallest(1, "change")
    return [
        _("{name} is large, and its margin rate fell by {points}.").format(name=name, points=points(-change))
        for name, change in zip(falling["name"], falling["change"], strict=True)
    ]


def _listed(names: list[str]) -> str:
    if len(names) > _NAMED:
        return _("{names} and {more} more").format(names=", ".join(names[:_NAMED]), more=count(len(names) - _NAMED))
    *first, last = names
    return _("{names} and {last}").format(names=", ".join(first), last=last) if first else last


def unrated(key: pd.DataFrame, worth: pd.DataFrame, places: int, alike: pd.DataFrame | None = None) -> str | None:
    """Say how many places are open because criteria are unknown, and which ratings would settle most; None if few are.

    Parameters
    ----------
    key
        The frame of `Book.key_accounts`.
    worth
        The frame of `Book.rating_worth`.
    places
        Places on the list.
    alike
        The frame of `Book.key_accounts` as if all were alike in what nobody has rated (`without`): a place that is
        settled there is open because of the missing ratings.
    """
    missing = unknown_to_all(key)
    unknown = int(key[[f"{criterion}_score" for criterion in RATED]].isna().any(axis=1).sum())
    if not unknown:
        return None
    places = min(places, len(key))
    open_places = max(0, places - int((key["key_class"] == KEY).sum()))
    whose = (
        _nobody_rated(missing)
        if missing
        else ngettext(
            "{accounts} account has no rating of strategic role or collaboration",
            "{accounts} accounts have no rating of strategic role or collaboration",
            unknown,
        ).format(accounts=count(unknown))
    )
    listed = ngettext("{places} place on the list", "{places} places on the list", places).format(places=count(places))
    told = ngettext("{open} of {places} is open", "{open} of {places} are open", open_places).format(
        open=count(open_places), places=listed
    )
    if missing and alike is not None:
        because = max(0, min(places, int((alike["key_class"] == KEY).sum())) - places + open_places)
        told = (
            _("{told}, {places} of them because of that").format(told=told, places=count(because))
            if because
            else _("{told}, none of them because of that").format(told=told)
        )
    said = [sentence(whose, told), _("An unknown criterion counts as anything from 0 to 100.")]
    if settling := list(dict.fromkeys(worth.loc[worth["crosses"], "name"])):
        said.append(_("Ratings of {accounts} would settle most.").format(accounts=_listed(settling)))
    return " ".join(said)


def _nobody_rated(criteria: list[str]) -> str:
    if len(criteria) > 1:
        return _("Nobody has rated strategic role or collaboration of any account")
    return _("Nobody has rated {criterion} of any account").format(criterion=CRITERION_NAMES[criteria[0]])


def unknown_to_all(key: pd.DataFrame) -> list[str]:
    """List the criteria that nobody has rated for any account of a frame of `Book.key_accounts`."""
    return [criterion for criterion in RATED if len(key) and key[f"{criterion}_score"].isna().all()]


def without(missing: list[str], weights: Sequence[float], kappa: float) -> Otherwise | None:
    """Weigh as if all accounts were alike in some criteria: weights and kappa, None if no other criterion weighs.

    Weights drawn from a Dirichlet distribution κ·w, less some of them and taken in proportion, are again so drawn, with
    κ times what the others weigh (Aitchison 1986); and what all share ranks nobody.

    >>> without(["role"], (0.4, 0.1, 0.5, 0.0), 30.0)
    {'weights': (0.4, 0.1, 0.0, 0.0), 'kappa': 15.0}
    """
    left = tuple(0.0 if name in missing else float(weight) for name, weight in zip(CRITERIA, weights, strict=True))
    share = sum(left) / sum(weights)
    return {"weights": left, "kappa": kappa * share} if share else None


def robustness_title(key: pd.DataFrame, places: int) -> str:
    """Give the title of the chart of how often each account is on the list."""
    unsure = int((key["key_class"] == BORDERLINE).sum())
    if not unsure:
        return _("The list of {accounts} is the same under all weights that are near the stated ones").format(
            accounts=count(min(places, len(key)))
        )
    return ngettext(
        "{accounts} account depends on how one weighs", "{accounts} accounts depend on how one weighs", unsure
    ).format(accounts=count(unsure))


def matrix_title(key: pd.DataFrame) -> str:
    """Give the title of the portfolio matrix."""
    stars = key[key["matrix"] == "star"]
    if stars.empty:
        return _("No attractive account sees less in us than a good supplier")
    best = stars.nlargest(1, "score")["name"].iloc[0]
    return ngettext(
        "{accounts} attractive account yet to be won for a partnership, first of all {best}",
        "{accounts} attractive accounts yet to be won for a partnership, first of all {best}",
        len(stars),
    ).format(accounts=count(len(stars)), best=best)


def move_reason(move: pd.Series) -> str:
    """Say why an account came or went: a row of `Book.key_account_moves`."""
    if not known(move["prior_p_key"]):
        return _("was not active a year ago")
    if not known(move["p_key"]):
        return _("is not active any more")
    if not isinstance(move["reason"], str):
        return _("others moved past it")
    change = move["reason_change"]
    sign = "+" if change > 0 else "−"
    return _("{criterion} {change} points").format(
        criterion=CRITERION_NAMES[move["reason"]], change=f"{sign}{abs(change):.0f}"
    )


def moves_finding(moves: pd.DataFrame) -> str:
    """Say how many entered and left the list within a year."""
    if moves.empty:
        return _("The book does not reach back far enough to say who was on the list a year ago.")
    came, went = (int((moves["move"] == move).sum()) for move in ("enters", "leaves"))
    entered = ngettext("{accounts} account entered the list", "{accounts} accounts entered the list", came)
    left = ngettext("{accounts} left it", "{accounts} left it", went) if went else _("none left it")
    return _("Within a year {entered} and {left}; on it is who is key under at least half of the weights.").format(
        entered=entered.format(accounts=count(came)), left=left.format(accounts=count(went))
    )


def lever(row: pd.Series) -> str:
    """Say what one criterion would have to be to make an account key: a row of `Book.key_levers`."""
    name = CRITERION_NAMES[row["criterion"]]
    if not known(row["needed"]):
        return _("{criterion}: not by itself, since even at 100 it is on the list under {share} only").format(
            criterion=name, share=percent(row["p_key_at_best"])
        )
    now = _("now {points:.0f}").format(points=row["score"]) if known(row["score"]) else _("now unknown")
    told = (
        _("{criterion}: at {points:.0f} points, a rating of {rating} ({now})")
        if row["criterion"] in RATED
        else _("{criterion}: at {points:.0f} points ({now})")
    )
    return told.format(criterion=name, points=row["needed"], rating=rating_of(row["needed"]), now=now)


def rating_of(score: float) -> str:
    """Write the lowest rating that gives at least so many points.

    >>> rating_of(76.0), rating_of(75.0), rating_of(0.0)
    ('5', '4', '1')
    """
    return str(1 + -int(-score // 25)) if score > 0 else "1"


def levers_finding(levers: pd.DataFrame, chance: float) -> str:
    """Say which single criterion takes the smallest change to make an account key."""
    if levers.empty:
        return _("It has no revenue in these twelve months, so it is not weighed.")
    if chance >= 0.8:  # noqa: PLR2004 - the class "key"
        return _("It is key: on the list under {share} of weightings.").format(share=percent(chance))
    possible = levers.dropna(subset=["needed"])
    if possible.empty:
        return _("No single criterion is enough to make it key.")
    change = possible["needed"] - possible["score"].fillna(HALFWAY)
    return _("The shortest way to make it key: {lever}.").format(
        lever=lever(possible.iloc[int(change.to_numpy().argmin())])
    )


def parts_title(row: pd.Series) -> str:
    """Say where one account stands: a row of `Book.key_accounts`."""
    return _("{account} is {key_class}: on the list under {share} of weightings, rank {low:.0f} to {high:.0f}").format(
        account=row["name"],
        key_class=CLASS_NAMES[row["key_class"]],
        share=percent(row["p_key"]),
        low=row["rank_low"],
        high=row["rank_high"],
    )


def weights_note(total: int) -> str:
    """Say what happens to weights of a link that do not add up to 100."""
    return _("The weights add up to {total} and count in proportion. Move one, and they add up to 100 again.").format(
        total=total
    )


KEY_COLUMNS = columns(
    "name key_class p_key rank_low rank_high key_for_role score revenue_score growth_score role_score "
    "collaboration_score revenue growth history rung matrix manager",
    key_class=Column(_("Class")),
    p_key=Column(_("P(key)"), "chance"),
    rank_low=Column(_("Rank from"), "count", _("{range} of the weightings lie between").format(range=RANGE)),
    rank_high=Column(_("to"), "count"),
    key_for_role=Column(_("Key for its role"), "yes"),
    score=Column(_("Score"), "number", form="%.0f"),
    revenue_score=Column(_("Revenue score"), "number", form="%.0f"),
    growth_score=Column(_("Growth score"), "number", form="%.0f"),
    role_score=Column(_("Role score"), "number", form="%.0f"),
    collaboration_score=Column(_("Collaboration score"), "number", form="%.0f"),
    history=Column(_("24 months"), "line", ends=(0, None)),
    matrix=Column(_("Matrix")),
)
WORTH_COLUMNS = columns(
    "name criterion p_key p_key_low p_key_high worth",
    criterion=Column(_("Criterion")),
    p_key=Column(_("P(key) now"), "percent"),
    p_key_low=Column(_("if rated 1"), "percent"),
    p_key_high=Column(_("if rated 5"), "percent"),
    worth=Column(_("Worth"), "percent", _("Mean change of P(key) over the five ratings")),
)
PART_COLUMNS = columns(
    "criterion part points weight evidence observed",
    criterion=Column(_("Criterion")),
    part=Column(_("Part"), width="medium"),
    points=Column(_("Points"), "number", form="%.0f"),
    weight=Column(_("Weight"), "percent"),
    evidence=Column(_("Evidence"), width="large"),
    observed=Column(_("Seen"), "day"),
)
