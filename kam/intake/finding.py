"""One thing about the files that a reader should know of: how much of it, an example, what it weakens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth knowing about the data; nothing was refused because of it."""

    table: str
    check: str
    severity: str  # "note" or "warning"
    count: int
    example: str
    weakens: str
    money: float | None = None  # the amounts that hang on it, where it is about amounts
