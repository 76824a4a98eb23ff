"""One proposal for a plan: an objective from what is measured now to what has been done before, or an action."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb
import numpy as np

from kam.base.amounts import amount
from kam.base.numbers import count
from kam.base.periods import MONTHS, month_end, shift
from kam.base.policy import Thresholds
from kam.base.texts import _, ngettext
from kam.plan.attainable import target_of
from kam.plan.objective import Objective
from kam.plan.objective_units import natural
from kam.plan.past import Past
from kam.plan.past_changes import peers, reach
from kam.plan.rolling import Scope

ACTION_DAYS = 90
FEWEST_PEERS = 5
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "revenue": _("Raise revenue"),
        "margin rate": _("Lift the margin rate"),
        "discount rate": _("Give less discount"),
        "categories": _("Sell in more categories"),
        "share of wallet": _("Win a larger share of the wallet"),
        "nps": _("Be recommended more"),
        "coverage": _("Know the people who decide"),
    }
)


@dataclass(frozen=True, slots=True)
class Proposer:
    """Fills in numbers, dates and the owner of proposals for one account."""

    cursor: duckdb.DuckDBPyConnection
    account: str
    past: Past
    today: dt.date
    currency: str | None
    owner: str | None
    thresholds: Thresholds

    def now(self, metric: str, category: str | None = None) -> float | None:
        """Return what a metric of the account is now."""
        return self.past.at(self.cursor, Scope(metric, category), self.account)

    def peers_median(self, metric: str) -> float | None:
        """Return the median of the peers' values now; None with fewer than five."""
        cells = self.past.rolling(self.cursor, Scope(metric)).cells
        if not cells.shape[1]:
            return None
        now = cells[peers(self.past, self.account)[1:], -1]
        known = now[~np.isnan(now)]
        return float(np.median(known)) if len(known) >= FEWEST_PEERS else None

    def objective(self, metric: str, *, reason: str, source: str, **more: object) -> dict[str, object] | None:
        """Propose an objective from what is measured now to an achievable target; None where nothing is measured."""
        category = more.get("category")
        baseline = self.now(metric, category if isinstance(category, str) else None)
        if baseline is None:
            return None
        start = shift(self.today, 1)
        row: dict[str, object] = (
            {
                "kind": "objective",
                "title": TITLES[metric],
                "metric": metric,
                "unit": natural(metric, self.currency),
                "window_months": MONTHS,
                "starts_on": start,
                "due_on": month_end(shift(start, MONTHS - 1)),
                "owner": self.owner,
                "serves": "criterion",
                "serves_note": _("growth potential"),
            }
            | more
            | {"baseline": plain(baseline, metric), "source": source}
        )
        told = Objective.of(row)
        if told.target is None:
            row["target"], pace = self._target(told)
            reason = f"{reason} {pace}"
        target = row["target"]
        title = _("{title} from {baseline}") if target is None else _("{title} from {baseline} to {target}")
        title = title.format(
            title=row["title"],
            baseline=amount(told.baseline, told.unit),
            target=amount(None if target is None else float(str(target)), told.unit),
        )
        return row | {"title": title, "reason": reason}

    def _target(self, told: Objective) -> tuple[float | None, str]:
        """Return an achievable target, and in words how often such a change has happened."""
        # any target: only the changes of the past are looked at
        wanted, fewest = replace(told, target=told.baseline), self.thresholds.fewest_windows
        asked = reach(self.cursor, self.past, wanted, self.account, fewest=fewest)
        open_ = _("The past is too short to propose a target.")
        if asked is None or asked.windows < self.thresholds.fewest_windows:
            return None, open_
        change = asked.change_at(self.thresholds.ambition)
        target = target_of(told, asked, change)
        if change <= 0 or target == told.baseline:
            return None, _("Few changes for the better have happened here, so the target is left open.")
        done = int((asked.changes >= change).sum())
        told_so = ngettext(
            "As much was reached in {reached} of {windows} window of a year here.",
            "As much was reached in {reached} of {windows} windows of a year here.",
            asked.windows,
        )
        return target, told_so.format(reached=done, windows=count(asked.windows))

    def action(self, title: str, *, reason: str, source: str, way_up: object = None) -> dict[str, object]:
        """Propose an action."""
        due = self.today + dt.timedelta(days=ACTION_DAYS)
        return {
            "kind": "action",
            "title": title,
            "reason": reason,
            "source": source,
            "way_up": way_up,
            "starts_on": self.today,
            "due_on": due,
            "owner": self.owner,
        }


def plain(value: float, metric: str) -> float:
    """Round a baseline as a person would write it: money to the unit, rates to a tenth of a percent."""
    return round(value) if metric in ("revenue", "margin", "quantity", "categories", "nps") else round(value, 3)
