"""The rows of one file of sales that are lines: what is none is left out, order columns are carried down."""

from kam.intake.column_matching import Match
from kam.intake.lines import HEADING, Lines, find_lines
from kam.intake.look import Look, numeric
from kam.intake.odd_rows import Keys
from kam.intake.part import ROW
from kam.intake.reading import Note
from kam.intake.sources import exact_lines


def take_real_lines(look: Look) -> None:
    """Narrow a text file or sheet to its lines."""
    if look.part.kind != "text":
        return
    amounts = [
        name
        for role in ("net_amount", "amount_with_tax", "list_amount", "cost_amount", "order_amount", "unit_price")
        for name in numeric(look, role)
    ]
    texts = [
        name
        for role in (
            "status",
            "document_type",
            "currency",
            "account_name",
            "industry",
            "region",
            "manager",
            "parent",
            "order_amount",
            "account_id",
        )
        for name in look.ranked.get(role, {})
        if name not in amounts
    ]
    products = [look.used[column] for column in ("product_id", "product_name") if column in look.used]
    products = products or list(look.ranked.get("product_name", {}))[:1] or list(look.ranked.get("quantity", {}))[:1]
    keys = Keys(
        date=look.reading.day,
        date_source=look.reading.date_source,
        order=look.used.get("order_id"),
        account=look.used.get("account_id"),
        products=tuple(dict.fromkeys(products)),
        amounts=tuple(dict.fromkeys([*amounts, *numeric(look, "quantity")])),
        texts=tuple(dict.fromkeys(texts)),
        carry=tuple(name for name in look.settings.carry_down if name in look.types),
    )
    lines = find_lines(look.cursor, look.part, keys, look.reading.numbers)
    _take_lines(look, lines)


def _take_lines(look: Look, lines: Lines) -> None:
    reading = look.reading
    reading.relation, reading.rows, reading.left, reading.own_totals = (
        lines.relation,
        lines.rows,
        lines.left,
        lines.own_totals,
    )
    if lines.carried:
        reading.notes.append(
            Note("carried down", "note", f"{', '.join(lines.carried)}: filled from the order's first line")
        )
    if lines.headings:
        old = look.used.get("account_id")
        if lines.outline and old is not None and "product_id" not in look.used:
            look.used["product_id"] = old
            reading.matches.append(Match("product_id", old, "guessed", why="what stands below the headings"))
        reading.matches = [match for match in reading.matches if match.column != "account_id"]
        look.used["account_id"] = HEADING
        reading.matches.append(Match("account_id", HEADING, "guessed", why="the heading above the lines"))
        reading.notes.append(
            Note(
                "headings",
                "note",
                f"customers are named by headings above their lines{f', not by {old}' if old else ''}",
            )
        )
    skipped = _skip(look)
    if skipped:
        reading.left["by hand"] = skipped


def _skip(look: Look) -> int:
    """Leave out the lines that a person said to leave out."""
    wanted = [text.rpartition(" ")[2] for text in look.settings.skip if text.rpartition(" ")[0] == look.part.file]
    lines = {int(line) for line in wanted if line.isdecimal()}
    if not lines:
        return 0
    last = look.cursor.execute(f'select coalesce(max("{ROW}"), 0) from {look.part.relation}').fetchall()[0][0]
    places = exact_lines(look.part, list(range(1, min(max(lines), last) + 1)))  # a row stands on its line or above
    rows = [row for row, line in places.items() if line in lines]
    listed = ", ".join(map(str, rows)) or "-1"
    kept = f"kept_{look.part.relation}"
    look.cursor.execute(f'create temp table {kept} as from {look.reading.relation} where "{ROW}" not in ({listed})')
    count = look.reading.rows - look.cursor.execute(f"select count(*) from {kept}").fetchall()[0][0]
    look.reading.relation, look.reading.rows = kept, look.reading.rows - count
    return count
