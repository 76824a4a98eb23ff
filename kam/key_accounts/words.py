"""Key accounts in words: who is key whatever the weights, what is open, who came and went, and what would change it."""

from collections.abc import Sequence

import pandas as pd

from kam.base.numbers import count, counted, known, percent, points
from kam.base.policy import Otherwise
from kam.base.rules import HALFWAY
from kam.base.terms import BORDERLINE, CRITERIA, CRITERION_NAMES, KEY, RATED
from kam.base.texts import _

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
    told = _("{whatever}; {value} {value_2} a coin toss.").format(
        whatever=_whatever(sure), value=count(unsure) if unsure else "none", value_2="is" if unsure == 1 else "are"
    )
    return " ".join([told, *_for_their_role(key), *_falling(key)])


def _whatever(sure: int) -> str:
    if not sure:
        return _("No account is key whatever the weights")
    return _("{sure} {value} key whatever the weights").format(
        sure=counted(sure, "account"), value="is" if sure == 1 else "are"
    )


def _for_their_role(key: pd.DataFrame) -> list[str]:
    names = key.loc[key["key_for_role"], "name"].tolist()
    if not names:
        return []
    return [
        _("{listed} {value} small and key for {its} role.").format(
            listed=_listed(names), value="is" if len(names) == 1 else "are", its=_its(names)
        )
    ]


def _its(names: list[str]) -> str:
    return "its" if len(names) == 1 else "their"


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
    shown = names[:_NAMED]
    more = len(names) - len(shown)
    told = [*shown, _("{more} more").format(more=count(more))] if more else shown
    return told[0] if len(told) == 1 else _("{told} and {told_2}").format(told=", ".join(told[:-1]), told_2=told[-1])


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
        _("Nobody has rated {join} of any account").format(join=" or ".join(CRITERION_NAMES[each] for each in missing))
        if missing
        else _("{unknown} {value} no rating of strategic role or collaboration").format(
            unknown=counted(unknown, "account"), value="has" if unknown == 1 else "have"
        )
    )
    told = _("{whose}; {open_places} of {places} on the list {value} open").format(
        whose=whose,
        open_places=count(open_places),
        places=counted(places, "place"),
        value="is" if open_places == 1 else "are",
    )
    if missing and alike is not None:
        because = max(0, min(places, int((alike["key_class"] == KEY).sum())) - places + open_places)
        told += _(", {value} of them because of that").format(value=count(because) if because else "none")
    settling = list(dict.fromkeys(worth.loc[worth["crosses"], "name"]))
    which = _(" Ratings of {listed} would settle most.").format(listed=_listed(settling)) if settling else ""
    return _("{told}. An unknown criterion counts as anything from 0 to 100.{which}").format(told=told, which=which)


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
        return _("The list of {least} is the same under all weights that are near the stated ones").format(
            least=count(min(places, len(key)))
        )
    return _("{unsure} {value} on how one weighs").format(
        unsure=counted(unsure, "account"), value="depends" if unsure == 1 else "depend"
    )


def matrix_title(key: pd.DataFrame) -> str:
    """Give the title of the portfolio matrix."""
    stars = key[key["matrix"] == "star"]
    if stars.empty:
        return _("No attractive account sees less in us than a good supplier")
    best = stars.nlargest(1, "score")["name"].iloc[0]
    return _("{counted} yet to be won for a partnership, first of all {best}").format(
        counted=counted(len(stars), "attractive account"), best=best
    )


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
    return _("{criterion_names} {sign}{abs:.0f} points").format(
        criterion_names=CRITERION_NAMES[move["reason"]], sign=sign, abs=abs(change)
    )


def moves_finding(moves: pd.DataFrame) -> str:
    """Say how many entered and left the list within a year."""
    if moves.empty:
        return _("The book does not reach back far enough to say who was on the list a year ago.")
    came, went = (int((moves["move"] == move).sum()) for move in ("enters", "leaves"))
    return _(
        "Within a year {came} entered the list and {value} left it; on it is who is key under at "
        "least half of the weights."
    ).format(came=counted(came, "account"), value=count(went) if went else "none")


def lever(row: pd.Series) -> str:
    """Say what one criterion would have to be to make an account key: a row of `Book.key_levers`."""
    name = CRITERION_NAMES[row["criterion"]]
    if not known(row["needed"]):
        return _("{name}: not by itself, since even at 100 it is on the list under {p_key_at_best} only").format(
            name=name, p_key_at_best=percent(row["p_key_at_best"])
        )
    now = _("now {score:.0f}").format(score=row["score"]) if known(row["score"]) else _("now unknown")
    rating = (
        _(", a rating of {rating_of}").format(rating_of=rating_of(row["needed"])) if row["criterion"] in RATED else ""
    )
    return _("{name}: at {needed:.0f} points{rating} ({now})").format(
        name=name, needed=row["needed"], rating=rating, now=now
    )


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
        return _("It is key: on the list under {chance} of weightings.").format(chance=percent(chance))
    possible = levers.dropna(subset=["needed"])
    if possible.empty:
        return _("No single criterion is enough to make it key.")
    change = possible["needed"] - possible["score"].fillna(HALFWAY)
    return _("The shortest way to make it key: {lever}.").format(
        lever=lever(possible.iloc[int(change.to_numpy().argmin())])
    )


def parts_title(row: pd.Series) -> str:
    """Say where one account stands: a row of `Book.key_accounts`."""
    return _(
        "{name} is {key_class}: on the list under {p_key} of weightings, rank {rank_low:.0f} to {rank_high:.0f}"
    ).format(
        name=row["name"],
        key_class=row["key_class"],
        p_key=percent(row["p_key"]),
        rank_low=row["rank_low"],
        rank_high=row["rank_high"],
    )


def weights_note(total: int) -> str:
    """Say what happens to weights of a link that do not add up to 100."""
    return _("The weights add up to {total} and count in proportion. Move one, and they add up to 100 again.").format(
        total=total
    )
