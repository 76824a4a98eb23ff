"""What a person wants to become of a record, and what stands against it: somebody else's change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam.base.errors import ClashError, RecordError
from kam.base.schema import Table
from kam.store.layout import RECORDS

Row = dict[str, str | None]
"""A record as it is kept: every column of the schema, as text."""

FROM_FILE = 0
"""The version of a record that nobody has written in the app yet: it is what its file says."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is wanted: `values` for the columns named, or None to take the record away.

    `version` is that of the record as the person saw it; None means that the record is new, and then a missing key
    is made up.
    """

    table: str
    key: str | None
    values: Mapping[str, object] | None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A record as somebody else left it (None: taken away), beside what was wanted of it."""

    table: str
    key: str
    mine: Mapping[str, object] | None
    theirs: Row | None
    version: int | None
    who: str | None
    made_at: dt.datetime | None


class Clashes(ClashError):  # noqa: N818 - many of what its base names
    """All clashes of one attempt to write; nothing of the attempt was kept."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        first = self.clashes[0]
        who = f" by {first.who}" if first.who else ""
        became = "was taken away" if first.theirs is None else "was changed"
        more = f", and {len(self.clashes) - 1} more" if len(self.clashes) > 1 else ""
        super().__init__(
            f"{first.table} {first.key} {became}{who} since you read it{more}. Look at both and decide."
            " Nothing was overwritten."
        )


def authored(name: str) -> Table:
    """Return a table whose records can be written in the app; raises RecordError for any other."""
    if name not in RECORDS:
        raise RecordError(f"{name} cannot be written in the app. It can write: {', '.join(RECORDS)}.")
    return RECORDS[name]
