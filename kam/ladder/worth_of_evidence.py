"""Which evidence, if it were gathered, would settle most revenue: what is missing, and how far it would lead."""

import itertools

import numpy as np
import pandas as pd

from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.rules import EVIDENCE_HALF_LIFE, GROUPS_NEEDED, KNOWN_FROM
from kam.base.terms import RUNG_KEYS, UNKNOWN
from kam.ladder.gather import Listed, Weighed, weigh
from kam.ladder.rung import judged, posterior

COLUMNS = [
    "account_id",
    "name",
    "manager",
    "revenue",
    "rung",
    "groups",
    "p_max",
    "evidence",
    "p_known",
    "entropy_fall",
    "settles",
    "worth",
]
# Tenure comes with the sales themselves: nobody can gather it.
_GIVEN = ("tenure", "regularity")


def evidence_worth(found: Listed, *, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Say for each account whose rung is unknown which further evidence would most likely settle it.

    Evidence is *missing* if its signal does not speak, or speaks only with answers older than a half-life (asking
    again then replaces them). Where fewer than two groups speak, one more cannot settle a rung: then as many signals
    from further groups as are needed for three are taken together, the most telling of each group.

    Each level l of a signal would be seen with probability Σ P(rung)·P(l | rung); the rungs' probabilities are worked
    out anew as if it had been, fresh, with the group's weights shared anew. Over all levels this gives the chance
    that the rung is known afterwards and the expected fall of the entropy −Σ P ln P (Lindley 1956).

    Returns
    -------
    pandas.DataFrame
        One row for each account that buys and has an unknown rung, and each evidence it lacks: account_id, name,
        manager, revenue (twelve months), rung, groups that speak now, p_max (of the likeliest rung), evidence
        (signals, joined by " + "), p_known (chance that the rung is known afterwards), entropy_fall (nats), settles =
        p_known × revenue (currency), worth = entropy_fall × revenue. The largest worth first: evidence that can only
        nudge an account over the mark settles it without teaching much. What teaches nothing on average (entropy_fall
        ≤ 0) is left out.
    """
    said = weigh(found.readings, as_of=found.accounts["as_of"], likelihoods=likelihoods)
    count = len(found.accounts)
    chances, groups, rung = judged(found, said, likelihoods)
    buys = (found.accounts["revenue"] > 0) & ~found.accounts["silent"]
    asked = np.flatnonzero((rung == UNKNOWN) & buys.to_numpy(dtype=bool))
    tried = _Trial(said, count, asked, likelihoods)
    parts = []
    for short in range(1, GROUPS_NEEDED + 1):
        here = np.flatnonzero(np.maximum(GROUPS_NEEDED - groups[asked], 1) == short)
        if len(here):
            parts += [tried.outcome(here, signals) for signals in tried.packages(here, short)]
    rows = pd.concat(parts, ignore_index=True) if parts else _Trial.nothing()
    listed = found.accounts.iloc[asked[rows["place"].to_numpy(dtype=np.int64)]].reset_index(drop=True)
    place = asked[rows["place"].to_numpy(dtype=np.int64)]
    worth = listed[["account_id", "name", "manager", "revenue"]].assign(
        rung=UNKNOWN,
        groups=groups[place],
        p_max=chances[place].max(axis=1, initial=0.0),
        evidence=rows["evidence"],
        p_known=rows["p_known"],
        entropy_fall=rows["entropy_fall"],
        settles=rows["p_known"] * listed["revenue"],
        worth=rows["entropy_fall"] * listed["revenue"],
    )
    worth = worth[worth["entropy_fall"] > 0].sort_values(
        ["worth", "account_id", "evidence"], ascending=[False, True, True], ignore_index=True
    )
    return worth[COLUMNS].astype(dict.fromkeys(["account_id", "name", "manager", "rung", "evidence"], "str"))


def best_evidence(worth: pd.DataFrame, *, first: int = 20) -> pd.DataFrame:
    """Say what each kind of evidence would settle over the accounts where it is worth most.

    Parameters
    ----------
    worth
        The frame of `evidence_worth`.
    first
        How many accounts one would ask.

    Returns
    -------
    pandas.DataFrame
        evidence, accounts (asked), revenue (of them), settles (currency, on average), worth; the most worth first.

    >>> rows = {"evidence": ["perception"] * 2, "revenue": [10.0, 5.0], "settles": [4.0, 1.0], "worth": [2.0, 3.0]}
    >>> best_evidence(pd.DataFrame(rows), first=1).to_dict("records")
    [{'evidence': 'perception', 'accounts': 1, 'revenue': 5.0, 'settles': 1.0, 'worth': 3.0}]
    """
    asked = worth.sort_values("worth", ascending=False, kind="stable").groupby("evidence", sort=False).head(first)
    summed = asked.groupby("evidence", sort=False, as_index=False).agg(
        accounts=("revenue", "size"), revenue=("revenue", "sum"), settles=("settles", "sum"), worth=("worth", "sum")
    )
    return summed.sort_values("worth", ascending=False, kind="stable", ignore_index=True)


class _Trial:
    """Accounts of which evidence is missing, and what they would look like with more of it."""

    def __init__(self, said: Weighed, count: int, asked: np.ndarray, likelihoods: Likelihoods) -> None:
        table = likelihoods.frame()
        self.prior = likelihoods.prior
        self.likelihood = table[list(RUNG_KEYS)].to_numpy(dtype=float)
        self.signals = {
            signal: np.flatnonzero(table["signal"] == signal) for signal in likelihoods.signals if signal not in _GIVEN
        }
        group_of_row = pd.factorize(table["group"])[0]
        self.group_of = {signal: int(group_of_row[rows[0]]) for signal, rows in self.signals.items()}
        kinds = 1 + int(group_of_row.max())
        place = np.full(count, -1)
        place[asked] = np.arange(len(asked))
        size = len(asked)
        # pulls of each group before they are shared among its signals, so that one more signal shares them anew
        present = said.present(count, len(table))[asked]
        self.present = {signal: present[:, rows[0]] for signal, rows in self.signals.items()}
        self.members = np.stack([present[:, group_of_row == kind].sum(axis=1) for kind in range(kinds)], axis=1)
        entry = place[said.account] >= 0
        self.of_group = np.zeros((size, kinds, len(RUNG_KEYS)))
        sharing = np.ones(len(entry))
        sharing[entry] = self.members[place[said.account][entry], said.group[entry]]
        undivided = said.pulls * sharing[:, None]
        np.add.at(self.of_group, (place[said.account][entry], said.group[entry]), undivided[entry])
        self.old = {}
        for signal, rows in self.signals.items():
            of_signal = entry & (said.signal_row == rows[0])
            fresh = np.zeros(size, dtype=bool)
            fresh[place[said.account][of_signal & (said.age <= EVIDENCE_HALF_LIFE)]] = True
            spoken = np.zeros((size, len(RUNG_KEYS)))
            np.add.at(spoken, place[said.account][of_signal], undivided[of_signal])
            self.old[signal] = (self.present[signal] & ~fresh, spoken)

    def lacking(self, signal: str) -> np.ndarray:
        """Tell which accounts lack this evidence, or have it only in old answers."""
        return ~self.present[signal] | self.old[signal][0]

    def packages(self, here: np.ndarray, short: int) -> list[tuple[str, ...]]:
        """List what could be gathered: single signals, or of so many further groups the most telling signal each."""
        lacked = [signal for signal in self.signals if self.lacking(signal)[here].any()]
        if short == 1:
            return [(signal,) for signal in lacked]
        best: dict[int, str] = {}
        for signal in sorted(lacked, key=self._telling, reverse=True):
            best.setdefault(self.group_of[signal], signal)
        order = list(self.signals)
        return list(itertools.combinations(sorted(best.values(), key=order.index), short))

    def outcome(self, here: np.ndarray, signals: tuple[str, ...]) -> pd.DataFrame:
        """Work out the accounts anew under every level the signals could show."""
        silent = np.all([self.lacking(signal)[here] for signal in signals], axis=0)
        new_groups = sum((self.members[here, self.group_of[signal]] == 0).astype(int) for signal in signals)
        heard = (self.members[here] > 0).sum(axis=1) + new_groups
        here = here[silent & ((len(signals) == 1) | (new_groups == len(signals)))]
        heard = (self.members[here] > 0).sum(axis=1) + sum(
            (self.members[here, self.group_of[signal]] == 0).astype(int) for signal in signals
        )
        now = posterior((self.of_group / np.maximum(self.members, 1)[:, :, None])[here].sum(axis=1), self.prior)
        p_known, after = np.zeros(len(here)), np.zeros(len(here))
        for rows in itertools.product(*(self.signals[signal] for signal in signals)):
            chance = now @ np.prod(self.likelihood[list(rows)], axis=0)
            then = posterior(self._with(here, signals, rows), self.prior)
            p_known += chance * ((then.max(axis=1, initial=0.0) >= KNOWN_FROM) & (heard >= GROUPS_NEEDED))
            after += chance * _entropy(then)
        return pd.DataFrame(
            {"place": here, "evidence": " + ".join(signals), "p_known": p_known, "entropy_fall": _entropy(now) - after}
        )

    @staticmethod
    def nothing() -> pd.DataFrame:
        """Return an empty outcome."""
        return pd.DataFrame({"place": np.zeros(0, dtype=np.int64), "evidence": "", "p_known": 0.0, "entropy_fall": 0.0})

    def _with(self, here: np.ndarray, signals: tuple[str, ...], rows: tuple[int, ...]) -> np.ndarray:
        """Add the pulls up as if these rows had been seen today."""
        of_group, members = self.of_group[here].copy(), self.members[here].copy()
        for signal, row in zip(signals, rows, strict=True):
            group = self.group_of[signal]
            logs = np.log(self.likelihood[row])
            of_group[:, group] += logs - logs.mean() - self.old[signal][1][here]
            members[:, group] += ~self.present[signal][here]
        return (of_group / np.maximum(members, 1)[:, :, None]).sum(axis=1)

    def _telling(self, signal: str) -> float:
        """Return the expected fall of entropy of the prior by this signal alone."""
        likelihood, prior = self.likelihood[self.signals[signal]], np.array(self.prior)
        joint = likelihood * prior
        return float(
            _entropy(prior[None])[0] - (joint.sum(axis=1) @ _entropy(joint / joint.sum(axis=1, keepdims=True)))
        )


def _entropy(chances: np.ndarray) -> np.ndarray:
    """Return −Σ P ln P of each row.

    >>> _entropy(np.array([[0.5, 0.5, 0.0]])).round(4).tolist()
    [0.6931]
    """
    return -(chances * np.log(np.maximum(chances, np.finfo(float).tiny))).sum(axis=1)
