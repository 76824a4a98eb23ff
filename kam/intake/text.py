"""How a text file is written: its encoding, its separator, its column names, and where its records stand."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kam.base.errors import IntakeError
from kam.intake.archives import Document, stream_of
from kam.intake.encodings import Encoding, find_encoding
from kam.intake.header import LOOKED_AT, Header, find_header

_SAMPLE = 1 << 18
_BLOCK = 1 << 20
csv.field_size_limit(1 << 30)  # the reader of the rows refuses what is too long, and says so
_SEPARATORS = (",", ";", "\t", "|")
_NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?[,;\t|]*(?=[\r\n])', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """One delimited text file, ready to be read."""

    document: Document
    encoding: Encoding
    separator: str
    header: Header
    skipped: int = 1  # records up to and with the column names; blank lines count
    widest: int = 0  # cells of the widest of the first records below the names
    is_ragged: bool = False  # whether the first records differ in width

    @property
    def names(self) -> tuple[str, ...]:
        """The column names as written; blank where a column has none."""
        return self.header.names

    @property
    def has_edges(self) -> bool:
        """Whether lines are drawn around and between the columns, as SAP prints a list."""
        return self.separator == "|" and len(self.names) > 1 and not self.names[0]


def sniff(path: Path, document: Document, *, table: str, encoding: str | None = None) -> TextFile:
    """Find out how a text file is written, from all of its bytes and the records of its first 256 KiB.

    Raises
    ------
    IntakeError
        The file is empty, has no column names, or is not text.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise IntakeError(f"{document.name} is empty. Its first line must hold the column names. Nothing was changed.")
    found = find_encoding(path, document.name, encoding)
    text = head.decode(found.codec, errors="ignore").removeprefix("\ufeff")
    named = _NAMED_SEPARATOR.match(text)
    before = 1 if named else 0
    headers, read = {}, {}
    for separator in [named[1]] if named else _SEPARATORS:
        read[separator] = _records(text, separator)[before:]
        header = find_header(read[separator], table)
        if header is not None:
            headers[separator] = header
    if not headers:
        raise IntakeError(f"{document.name} has no column names in its first lines. Nothing was changed.")
    separator = max(headers, key=lambda mark: (headers[mark].known, len(headers[mark].names)))
    header = headers[separator]
    widths = {len(record) for record in read[separator][header.end : -1] if record}
    return TextFile(
        document,
        found,
        separator,
        header,
        before + header.end,
        widest=max(widths, default=0),
        is_ragged=bool(widths - {len(header.names)}),
    )


def _records(text: str, separator: str) -> list[list[str]]:
    """Read the first records; a last one that the sample may have cut counts only where there is no other."""
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), LOOKED_AT + 1))
    except csv.Error:  # a value longer than any column name
        return []


def first_rows(path: Path, file: TextFile, most: int) -> list[list[str]]:
    """Read the first records below the column names.

    Raises
    ------
    IntakeError
        The records cannot be told apart.
    """
    with path.open(encoding=file.encoding.codec, errors="replace", newline="") as stream:
        try:
            return list(islice(csv.reader(stream, delimiter=file.separator), file.skipped, file.skipped + most))
        except csv.Error as error:
            raise IntakeError(
                f"{file.document.name} cannot be read as a table: {error}. Nothing was changed."
            ) from error


def as_utf8(path: Path, file: TextFile, copy: Path) -> int:
    """Write a copy in UTF-8 with one kind of line end; return how many lines hold a byte that is no text."""
    broken, cut = 0, False
    with (
        path.open(encoding=file.encoding.codec, errors="replace", newline=None) as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while block := source.read(_BLOCK):
            target.write(block)
            if "\ufffd" in block:
                lines = block.split("\n")
                marks = ["\ufffd" in line for line in lines]
                broken += sum(marks) - (cut and marks[0])
                cut = marks[-1] or (cut and len(lines) == 1)
            else:
                cut = cut and "\n" not in block
    return broken


def open_quote(file: TextFile) -> int | None:
    """Say on which line the last record begins, where a quote in it is opened and never closed over several lines."""
    quotes = begun = number = 0

    def counted(stream: io.TextIOWrapper) -> Iterator[str]:
        nonlocal quotes, number
        for number, line in enumerate(stream, start=1):  # noqa: B007 - the last number is wanted
            quotes += line.count('"')
            yield line

    with stream_of(file.document) as packed:
        stream = io.TextIOWrapper(packed, encoding=file.encoding.codec, errors="replace", newline="")
        last = odd = 0
        for _ in csv.reader(counted(stream), delimiter=file.separator):
            last, odd, begun, quotes = begun + 1, quotes % 2, number, 0
    return last if odd and begun > last else None


def record_lines(file: TextFile) -> Iterator[tuple[int, int, int]]:
    """Yield of each record below the names: its number in the file, its number below the names, its first line.

    The number in the file counts names and blank lines too. Blank lines are no records of a file with several columns;
    in a file with one column they are.
    """
    with stream_of(file.document) as packed:
        stream = io.TextIOWrapper(packed, encoding=file.encoding.codec, errors="replace", newline="")
        reader = csv.reader(stream, delimiter=file.separator)
        line, below = 1, 0
        for record, row in enumerate(reader, start=1):
            if record > file.skipped and (row or len(file.names) == 1):
                below += 1
                yield record, below, line
            line = reader.line_num + 1
