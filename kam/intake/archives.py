"""The documents a file of the book holds: itself, what is packed in it, and how they are unpacked without harm."""

import errno
import gzip
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from kam.base.errors import IntakeError

TEXT = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_GIGABYTE = 1 << 30
_MOST_UNPACKED = 20 * _GIGABYTE
_SAFE_UNPACKED = _GIGABYTE
_MOST_TIMES = 200
_MOST_MEMBERS = 10_000
_BLOCK = 1 << 20
_ENCRYPTED = 1
_ERRORS = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Document:
    """One text file or workbook: a file by itself, or a member of an archive."""

    path: Path  # the file of the book
    name: str  # as a reader names it: "2025/jan.csv", "all.zip, jan.csv"
    member: str | None = None  # its name inside a zip

    @property
    def is_packed(self) -> bool:
        """Whether it must be unpacked before it can be read."""
        return self.member is not None or self.path.suffix.lower() == ".gz"

    @property
    def suffix(self) -> str:
        """What its name says it is: ".csv" for sales.csv.gz."""
        if self.member is not None:
            return PurePosixPath(self.member).suffix.lower()
        return Path(self.path.stem).suffix.lower() if self.is_packed else self.path.suffix.lower()


def documents(path: Path, name: str) -> tuple[list[Document], list[str]]:
    """List the documents a file holds, in the order of their names, and what else is packed beside them.

    Raises
    ------
    IntakeError
        A zip that is none, is encrypted, or holds nothing that can be read.
    """
    if path.suffix.lower() != ".zip":
        return [Document(path, name)], []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    except (*_ERRORS, OSError, ValueError) as error:
        raise IntakeError(
            f"{name} cannot be unpacked: it is damaged or no zip file. Pack it anew. Nothing was changed."
        ) from error
    wanted = [info for info in members if PurePosixPath(info.filename).suffix.lower() in (*TEXT, *WORKBOOKS)]
    _refuse_harm(path, name, wanted)
    found = [Document(path, f"{name}, {_shown(info.filename)}", info.filename) for info in wanted]
    others = sorted({_shown(info.filename) for info in members} - {_shown(info.filename) for info in wanted})
    if not found:
        held = f"It holds: {', '.join(others[:5])}." if others else "It is empty."
        raise IntakeError(f"{name} holds no text file and no workbook. {held} Nothing was changed.")
    return sorted(found, key=lambda document: document.name), others


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX", "~$")) and part not in (".", "..") for part in PurePosixPath(name).parts
    )


def _shown(name: str) -> str:
    """Name a member by its place in the archive; steps out of it are left out, for nothing is written there."""
    return "/".join(part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", "."))


def _refuse_harm(path: Path, name: str, wanted: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in wanted):
        raise IntakeError(f"{name} is protected by a password. Unpack it, or pack it without. Nothing was changed.")
    if len(wanted) > _MOST_MEMBERS:
        raise IntakeError(f"{name} holds more than {_MOST_MEMBERS:,} files, too many for a book. Nothing was changed.")
    if sum(info.file_size for info in wanted) > most_unpacked(path):
        raise _too_large(path, name)


def most_unpacked(path: Path) -> int:
    """Say to how many bytes an archive may unpack: a gigabyte always, else 200 times its size and 20 GB at most."""
    return max(_SAFE_UNPACKED, min(_MOST_UNPACKED, _MOST_TIMES * path.stat().st_size))


def _too_large(path: Path, name: str) -> IntakeError:
    return IntakeError(
        f"{name} would unpack to more than {most_unpacked(path) / _GIGABYTE:,.3g} GB, which is no plain export."
        " Unpack it yourself if it is. Nothing was changed."
    )


@contextmanager
def stream_of(document: Document) -> Generator[IO[bytes] | gzip.GzipFile]:
    """Open a document for reading, packed or not.

    Raises
    ------
    IntakeError
        The archive is damaged.
    """
    try:
        if document.member is not None:
            with zipfile.ZipFile(document.path) as archive, archive.open(document.member) as stream:
                yield stream
        elif document.is_packed:
            with gzip.open(document.path, "rb") as stream:
                yield stream
        else:
            with document.path.open("rb") as stream:
                yield stream
    except (*_ERRORS, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL and not isinstance(error, _ERRORS):
            raise  # of the disk, not of the archive, in which a damaged place leads before its beginning
        raise IntakeError(
            f"{document.name} cannot be unpacked: the archive is damaged. Pack it anew. Nothing was changed."
        ) from error


def unpacked(document: Document, work: Path, number: int) -> Path:
    """Return a plain file with the document's bytes: itself, or a copy in `work` under a name of ours.

    Raises
    ------
    IntakeError
        The archive is damaged, or unpacks to more than a plain export does.
    """
    if not document.is_packed:
        return document.path
    target, size, most = work / f"unpacked {number}{document.suffix}", 0, most_unpacked(document.path)
    with stream_of(document) as source, target.open("wb") as copy:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:
                raise _too_large(document.path, document.name)
            copy.write(block)
    return target


def without_copies(plain: list[tuple[Document, Path]]) -> tuple[list[tuple[Document, Path]], list[tuple[str, str]]]:
    """Leave out documents that have the very bytes of an earlier one, and name each with the one it repeats."""
    kept: list[tuple[Document, Path]] = []
    copies = []
    by_size: dict[int, list[tuple[Document, Path]]] = {}
    for document, path in plain:
        alike = by_size.setdefault(path.stat().st_size, [])
        twin = next((other.name for other, there in alike if same_bytes(path, there)), None)
        if twin is None:
            alike.append((document, path))
            kept.append((document, path))
        else:
            copies.append((document.name, twin))
    return kept, copies


def same_bytes(one: Path, other: Path) -> bool:
    """Say whether two files hold the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(_BLOCK):
            if block != second.read(_BLOCK):
                return False
    return True
