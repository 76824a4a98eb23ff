"""A verdict on one letter of SMART: whether it holds, why, and the smallest thing that would mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds (None = cannot be told), the reason in one sentence, and the smallest fix."""

    holds: bool | None
    reason: str
    fix: str = ""


def passed(reason: str) -> Verdict:
    """Return a verdict that holds."""
    return Verdict(holds=True, reason=reason)


def failed(reason: str, fix: str) -> Verdict:
    """Return a verdict that does not hold, with what would mend it."""
    return Verdict(holds=False, reason=reason, fix=fix)


def unknown(reason: str, fix: str = "") -> Verdict:
    """Return a verdict that cannot be told, with what would let it be told."""
    return Verdict(holds=None, reason=reason, fix=fix)
