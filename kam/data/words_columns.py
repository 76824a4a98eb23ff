"""The columns of the tables of what was written, and of what changed files would do."""

from kam.base.columns import Column, columns
from kam.base.texts import _

CHANGE_COLUMNS = columns(
    "made_at who action table key column before after",
    made_at=Column(_("When (UTC)"), "moment"),
    who=Column(_("Who")),
    action=Column(_("What")),
    table=Column(_("Table")),
    key=Column(_("Record")),
    column=Column(_("Field")),
    before=Column(_("Before"), width="medium"),
    after=Column(_("After"), width="medium"),
)
FILE_COLUMNS = columns(
    "kind key column was here file also_here",
    kind=Column(_("What the file would do")),
    key=Column(_("Record")),
    column=Column(_("Field")),
    was=Column(_("File before"), width="medium"),
    here=Column(_("Here now"), width="medium"),
    file=Column(_("File now"), width="medium"),
    also_here=Column(_("Changed here too"), "yes"),
)
CAME_IN_COLUMNS = columns(
    "table file rows_read rows_accepted rows_left_out rows_refused columns_read",
    table=Column(_("Table"), pinned=True, width=120),
    file=Column(_("File")),
    rows_read=Column(_("Rows read"), "number", form="localized"),
    rows_accepted=Column(_("Taken in"), "number", form="localized"),
    rows_left_out=Column(_("Left out"), "number", form="localized"),
    rows_refused=Column(_("Refused"), "number", form="localized"),
    columns_read=Column(_("Columns read"), "number", form="localized"),
)
REASON_COLUMNS = columns(
    "table reason rows",
    table=Column(_("Table")),
    reason=Column(_("Reason"), width="large"),
    rows=Column(_("Rows"), "number", form="localized"),
)
REFUSED_COLUMNS = columns(
    "table file line column value reason",
    table=Column(_("Table")),
    file=Column(_("File")),
    line=Column(_("Line"), "count"),
    column=Column(_("Column")),
    value=Column(_("Value as written")),
    reason=Column(_("Why it was refused"), width="medium"),
)
MISSING_COLUMNS = columns(
    "table adds row needs more",
    table=Column(_("Table"), pinned=True),
    adds=Column(_("What it would add"), width="large"),
    row=Column(_("One row is"), width="medium"),
    needs=Column(_("Columns it needs"), width="medium"),
    more=Column(_("Columns it can have"), width="large"),
)
READ_COLUMNS = columns(
    "table column source values told meaning",
    table=Column(_("Table")),
    column=Column(_("Meaning"), pinned=True),
    source=Column(_("Column of the file"), width="medium"),
    values=Column(_("Its first values"), width="medium"),
    told=Column(_("How it was decided"), width="medium"),
    meaning=Column(_("What it stands for"), width="large"),
)
