"""How a text file is written: its encoding, its separator, its column names, and where its records stand."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam.errors import IntakeError

_SAMPLE = 1 << 18
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One delimited text file, ready to be read."""

    path: Path
    encoding: str
    separator: str
    names: tuple[str, ...]


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
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: (_fields(first, mark), -_SEPARATORS.index(mark)))
    names = next(csv.reader(io.StringIO(text), delimiter=separator))
    return TextFile(path, encoding, separator, tuple(name.strip() for name in names))


def _fields(line: str, separator: str) -> int:
    return len(next(csv.reader([line], delimiter=separator), []))


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
    """Return a UTF-8 file with the same text: the file itself, or a copy made in `folder`."""
    if file.encoding == "utf-8-sig":
        return file.path
    copy = folder / f"{file.path.stem}.utf8.csv"
    with (
        file.path.open(encoding=file.encoding, errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while block := source.read(_SAMPLE):
            target.write(block)
    return copy


def accepted_lines(file: TextFile, refused_records: set[int]) -> Iterator[int]:
    """Yield the line on which each record starts that the reader took in, in order.

    `refused_records` are the record numbers the reader refused, counted with the header (1) and with blank lines.
    """
    with file.path.open(encoding=file.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.separator)
        line = 1
        for record, row in enumerate(reader, start=1):
            if record > 1 and row and record not in refused_records:
                yield line
            line = reader.line_num + 1
