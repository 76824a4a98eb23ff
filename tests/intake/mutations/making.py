"""One seed makes one folder: a good book, its tables changed, written as files, and the files spoiled."""

import random
from pathlib import Path

from tests.intake.mutations.bases import made
from tests.intake.mutations.changes import CHANGES
from tests.intake.mutations.settings import odd_settings
from tests.intake.mutations.sheets import Folder, Sheet
from tests.intake.mutations.spoils import SPOILS, rename
from tests.intake.mutations.writing import ENCODINGS, KINDS, SEPARATORS, write

HOW_MANY = (0, 1, 1, 1, 1, 2, 2, 2, 3, 4, 6)


def make(seed: int, folder: Path) -> list[str]:
    """Write the book of a seed into an empty folder, and return what it is and what was done to it, in order."""
    draw = random.Random(seed)  # noqa: S311 - making files, no secret
    book = made(draw)
    for _ in range(draw.choice(HOW_MANY)):
        _change(draw, book)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [write(draw, folder, sheet) for sheet in book.sheets]
    for name, content in book.plain.items():
        (folder / name).write_text(content, encoding="utf-8")
    if draw.random() < 0.15:
        book.toml = odd_settings(draw, book)
        book.done.append("book.toml")
    elif draw.random() < 0.5:
        book.toml = "[policy]\nrefuse_share = 1\n"
    if book.toml:
        (folder / "book.toml").write_bytes(book.toml.encode("utf-8", "surrogatepass"))
    if draw.random() < 0.25:
        for _ in range(draw.choice((1, 1, 2))):
            _spoil(draw, book, draw.choice(paths))
    if draw.random() < 0.06:
        book.done.append("rename")
        rename(draw, draw.choice(paths))
    return book.done


def _change(draw: random.Random, book: Folder) -> None:
    """Change one table, mostly the sales: its values, or how it will be written."""
    sheet = book.sheets[0] if draw.random() < 0.7 else draw.choice(book.sheets)
    if draw.random() < 0.25:
        book.done.append(f"{sheet.name}: {_write_otherwise(draw, sheet)}")
        return
    change = draw.choice(CHANGES)
    change(draw, sheet)
    book.done.append(f"{sheet.name}: {change.__name__}")


def _write_otherwise(draw: random.Random, sheet: Sheet) -> str:
    """Choose another kind of file, encoding, separator, line end or quoting, or one more sheet."""
    kind = draw.randrange(6)
    if kind == 0:
        sheet.kind = draw.choice(KINDS)
        return sheet.kind
    if kind == 1:
        sheet.encoding = draw.choice(ENCODINGS)
        return sheet.encoding
    if kind == 2:
        sheet.separator = draw.choice(SEPARATORS)
        return f"separator {sheet.separator!r}"
    if kind == 3:
        sheet.end = draw.choice(("\n", "\r\n", "\r", "\n\n", "\x85"))
        return f"line end {sheet.end!r}"
    if kind == 4:
        sheet.quoting = draw.choice(("all", "none"))
        return f"quotes {sheet.quoting}"
    other = Sheet("notes", ["Note", "By"], [["See", "the other sheet"]])
    sheet.kind = draw.choice(("xlsx", "ods", "zip"))
    sheet.others.append(draw.choice((other, Sheet("copy", list(sheet.header), [list(row) for row in sheet.rows]))))
    return f"{sheet.kind} of several"


def _spoil(draw: random.Random, book: Folder, path: Path) -> None:
    spoil = draw.choice(SPOILS)
    path.write_bytes(spoil(draw, path.read_bytes()))
    book.done.append(f"{path.name}: {spoil.__name__}")
