"""How a text file is written: its encoding, its separator, its column names, and where its records stand."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam.errors import IntakeError

_SAMPLE = 1 << 18
csv.field_size_limit(1 << 30)  # the reader of the rows refuses what is too long, and says so
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One delimited text file, ready to be read."""

    path: Path
    encoding: str
    separator: str
    names: tuple[str, ...]
    header: int = 1  # records up to and with the column names; blank lines count


def sniff(path: Path) -> TextFile:
    """Find out how a text file is written, from its first 256 KiB.

    UTF-8 (with or without mark), UTF-16, and where it is neither Windows-1252, the wider sister of Latin-1.

    Raises
    ------
    IntakeError
        The file is empty, has no column names, or is not text.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise IntakeError(f"{path.name} is empty. Its first line must hold the column names. Nothing was changed.")
    encoding = _encoding(head, path)
    text = head.decode(encoding, errors="ignore")
    headers = {separator: _header(text, separator) for separator in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda mark: len(headers[mark][1]))
    header, names = headers[separator]
    if not names:
        raise IntakeError(f"{path.name} has no column names in its first lines. Nothing was changed.")
    return TextFile(path, encoding, separator, tuple(names), header)


def _header(text: str, separator: str) -> tuple[int, list[str]]:
    """Find the first record that holds a letter or a digit: its number, and its values."""
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if any(letter.isalnum() for value in record for letter in value):
                return number, [value.strip() for value in record]
    except csv.Error:  # a value longer than any column name
        return 0, []
    return 0, []


def _encoding(head: bytes, path: Path) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head:
        for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if zeros.count(0) > 0.4 * len(zeros) and head.count(0) < 0.6 * len(head):
                return encoding
        raise IntakeError(f"{path.name} is not a text file, whatever its name says. Nothing was changed.")
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return _single_byte(path)
    return "utf-8-sig" if _is_utf8(path) else _single_byte(path)


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            while stream.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path: Path) -> str:
    """Windows-1252 leaves five bytes undefined; a file that has one of them is read as plain Latin-1."""
    undefined = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
    with path.open("rb") as stream:
        while block := stream.read(_SAMPLE):
            if len(block.translate(None, undefined)) < len(block):
                return "latin-1"
    return "cp1252"


def as_utf8(file: TextFile, folder: Path) -> Path:
    """Write a copy in `folder` with the same text in UTF-8 and with one kind of line end."""
    copy = folder / "copy.csv"
    with (
        file.path.open(encoding=file.encoding, errors="replace", newline=None) as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while block := source.read(_SAMPLE):
            target.write(block)
    return copy


def record_lines(file: TextFile) -> Iterator[tuple[int, int]]:
    """Yield the number of each record, counted with the column names and blank lines, and the line it starts on.

    Blank lines are no records of a file with several columns; in a file with one column they are.
    """
    with file.path.open(encoding=file.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.separator)
        line = 1
        for record, row in enumerate(reader, start=1):
            if record > file.header and (row or len(file.names) == 1):
                yield record, line
            line = reader.line_num + 1
