"""What a book says instead of the likelihood table: overrides from `book.toml`, checked before they count."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from kam.base.errors import BookError
from kam.base.likelihoods import DEFAULT, PRIOR_REASON, Level, Likelihoods
from kam.base.terms import RUNG_KEYS

_TOLERANCE = 1e-6


def with_policy(policy: Mapping[str, object], base: Likelihoods = DEFAULT) -> Likelihoods:
    """Replace parts of the likelihood table by what a book's policy says.

    In `book.toml` a rung's levels stand on one line and add up to 1; rungs left out keep the values they had, and
    `_` may stand for a space in names::

        [policy.ladder.discount_depth]
        broker = {deep = 0.6, middle = 0.3, shallow = 0.1}

        [policy.ladder.prior]
        broker = 0.5
        supplier = 0.3
        partner = 0.2

    Parameters
    ----------
    policy
        The mapping under `policy.ladder`: signal (or `prior`) → rung → level → probability.
    base
        The table to start from.

    Returns
    -------
    Likelihoods
        A new table; `base` is left as it was.

    Raises
    ------
    kam.base.errors.BookError
        An unknown name, a probability outside (0, 1), levels that do not add up to 1, or levels whose evidence does
        not move from broker to partner in their order.

    Examples
    --------
    >>> with_policy({"prior": {"broker": 0.5, "supplier": 0.3, "partner": 0.2}}).prior
    (0.5, 0.3, 0.2)
    """
    signals = _table("signals", policy, ["prior", *base.signals])
    prior = _prior(signals.pop("prior")) if "prior" in signals else base.prior
    changed = {signal: _signal(signal, base.of(signal), rungs) for signal, rungs in signals.items()}
    levels = tuple(
        row for signal in base.signals for row in (changed[signal] if signal in changed else base.of(signal))
    )
    return Likelihoods(prior, levels)


def compared(likelihoods: Likelihoods, base: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Lay the table a book is judged by beside the standard one, the prior as its first rows.

    Returns
    -------
    pandas.DataFrame
        group, signal, level, broker, supplier, partner (probabilities in use), standard_broker, standard_supplier,
        standard_partner, changed (whether the book replaced any of the row), reason. Of the prior there is one row,
        with no level.

    >>> compared(DEFAULT)["changed"].any()
    np.False_
    """
    used, standard = (_with_prior(each) for each in (likelihoods, base))
    columns = list(RUNG_KEYS)
    changed = (used[columns].to_numpy() != standard[columns].to_numpy()).any(axis=1)
    kept = {f"standard_{rung}": standard[rung] for rung in columns}
    rows = used.assign(**kept, changed=changed)
    return rows[["group", "signal", "level", *columns, *kept, "changed", "reason"]]


def _with_prior(likelihoods: Likelihoods) -> pd.DataFrame:
    prior = dict(zip(RUNG_KEYS, likelihoods.prior, strict=True))
    first = {"group": "before any evidence", "signal": "prior", "level": "", **prior, "reason": PRIOR_REASON}
    return pd.concat([pd.DataFrame([first]), likelihoods.frame()], ignore_index=True)


def check(likelihoods: Likelihoods) -> None:
    """Check that a table is one of probabilities and that its levels are in order.

    For each signal and rung every probability lies strictly between 0 and 1 and the levels add up to 1; from each
    level to the next the ratios supplier : broker and partner : supplier do not fall (a monotone likelihood ratio, so
    a higher level can never lower the expected rung).

    Raises
    ------
    kam.base.errors.BookError
        Names the signal and what is wrong with it.
    """
    _check_shares("prior", "the rungs", likelihoods.prior)
    for signal in likelihoods.signals:
        rows = likelihoods.of(signal)
        for rung in RUNG_KEYS:
            _check_shares(f"{signal}, {rung}", "the levels", [getattr(row, rung) for row in rows])
        for low, high in pairwise(rows):
            rising = (
                high.supplier * low.broker >= low.supplier * high.broker - _TOLERANCE
                and high.partner * low.supplier >= low.partner * high.supplier - _TOLERANCE
            )
            if not rising:
                raise BookError(
                    f"book.toml, [policy.ladder.{signal}]: “{high.level}” must speak for a higher rung than "
                    f"“{low.level}”, but its odds of supplier to broker or of partner to supplier are lower. "
                    "Nothing was changed."
                )


def _prior(given: object) -> tuple[float, float, float]:
    rungs = _table("prior", given, RUNG_KEYS)
    if set(rungs) != set(RUNG_KEYS):
        raise BookError("book.toml, [policy.ladder.prior]: give broker, supplier and partner. Nothing was changed.")
    broker, supplier, partner = (_probability(f"prior, {rung}", rungs[rung]) for rung in RUNG_KEYS)
    _check_shares("prior", "the rungs", (broker, supplier, partner))
    return broker, supplier, partner


def _signal(signal: str, rows: tuple[Level, ...], given: object) -> tuple[Level, ...]:
    names = [row.level for row in rows]
    for rung, values in _table(signal, given, RUNG_KEYS).items():
        levels = _table(f"{signal}, {rung}", values, names)
        if set(levels) != set(names):
            raise BookError(
                f"book.toml, [policy.ladder.{signal}], {rung}: give every level: {', '.join(names)}. "
                "Nothing was changed."
            )
        shares = {level: _probability(f"{signal}, {rung}, {level}", value) for level, value in levels.items()}
        rows = tuple(_with_share(row, rung, shares[row.level]) for row in rows)
    check(Likelihoods(DEFAULT.prior, rows))
    return rows


def _with_share(row: Level, rung: str, share: float) -> Level:
    return {
        "broker": replace(row, broker=share),
        "supplier": replace(row, supplier=share),
        "partner": replace(row, partner=share),
    }[rung]


def _table(where: str, given: object, names: Sequence[str]) -> dict[str, object]:
    if not isinstance(given, Mapping):
        raise BookError(
            f"book.toml, policy.ladder, {where}: expected {', '.join(names)} = …, found {given!r}. Nothing was changed."
        )
    table = {_plain(str(name)): value for name, value in given.items()}
    unknown = sorted(set(table) - set(names))
    if unknown:
        raise BookError(
            f"book.toml, policy.ladder, {where}: “{unknown[0]}” is not one of {', '.join(names)}. Nothing was changed."
        )
    return table


def _probability(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise BookError(
            f"book.toml, policy.ladder, {where}: {value!r} is not a probability between 0 and 1 (0 and 1 themselves "
            "would let one signal overrule all others). Nothing was changed."
        )
    return float(value)


def _check_shares(where: str, what: str, shares: Sequence[float]) -> None:
    for share in shares:
        _probability(where, share)
    total = math.fsum(shares)
    if abs(total - 1) > _TOLERANCE:
        raise BookError(
            f"book.toml, policy.ladder, {where}: {what} add up to {total:.4g}, not to 1. Nothing was changed."
        )


def _plain(name: str) -> str:
    return name.replace("_", " ")
