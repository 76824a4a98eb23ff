"""A new book folder from loose files: checked first as it would be written, written once, never over another book."""

import datetime as dt
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kam.base.errors import BookError, KamError
from kam.base.schema import TABLES
from kam.intake.answers import answered
from kam.intake.files import UNFINISHED, book_files, is_data
from kam.intake.joins import book_tables
from kam.intake.load import Progress, load
from kam.intake.open_question import Option
from kam.intake.proposal import Proposal
from kam.intake.report import LoadError, Report
from kam.intake.settings import TableSettings, read_settings

KINDS = "csv, tsv, txt, xlsx, xlsm, xls, ods or parquet files, or any of these in a zip or gz"
_LONGEST_SLUG = 60
_MOST_TRIES = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of one table of a book to come, and how they are to be read."""

    table: str
    files: tuple[Path, ...]
    settings: TableSettings = field(default_factory=TableSettings)

    @property
    def names(self) -> list[str]:
        """What the files are called inside the book, in their order."""
        if len(self.files) == 1:
            return [f"{self.table}{suffix(self.files[0].name)}"]
        return [
            f"{self.table}/{self.table}-{number}{suffix(file.name)}" for number, file in enumerate(self.files, start=1)
        ]


@dataclass(frozen=True, slots=True)
class Join:
    """Files that make tables together, by the names under which the proposal knows them."""

    proposal: Proposal
    files: dict[str, Path]

    @property
    def called(self) -> dict[str, str]:
        """Give each file a safe name of its own inside the book, and none that claims a table it does not hold."""
        called: dict[str, str] = {}
        queries = self.proposal.queries()
        for name in self.proposal.files:
            ending = suffix(name)
            own = slug(name[: len(name) - len(ending)])
            stem = f"{own}-file" if own in TABLES and own not in queries else own
            free = next(free for free in _names(stem) if f"{free}{ending}" not in called.values())
            called[name] = f"{free}{ending}"
        return called


@dataclass(frozen=True, slots=True)
class NewBook:
    """A book to come: its name, the currency of its amounts, its tables, what was answered, and files to be joined.

    How a table that a join makes is to be read stands in the answers, or in a draft without files.
    """

    name: str
    currency: str | None
    drafts: tuple[Draft, ...]
    join: Join | None = None
    answers: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a book to come amounts to, to be compared with what its owner knows of it."""

    revenue: float
    currency: str | None
    accounts: int
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the report of intake, why the book cannot be opened, if it cannot, and what it amounts to."""

    report: Report
    failure: str | None
    facts: Facts | None = None


def check_new_book(book: NewBook, *, today: dt.date, progress: Progress = lambda _step, _share: None) -> Checked:
    """Read a book to come in a temporary folder as opening it would, and keep nothing."""
    with tempfile.TemporaryDirectory(prefix="kam-check-") as work:
        folder, target = Path(work) / "book", Path(work) / "check.duckdb"
        folder.mkdir()
        try:
            _fill(folder, book, copy=_link)
            report = load(
                folder,
                target,
                tables=book_tables(folder, book_files(folder)),
                settings=read_settings(folder),
                today=today,
                progress=progress,
            )
        except LoadError as error:
            return Checked(error.report, str(error).replace(f"{folder}", book.name))
        except KamError as error:
            return Checked(Report(), str(error).replace(f"{folder}", book.name))
        return Checked(report, None, _facts(target))


def write_book(home: Path, book: NewBook) -> Path:
    """Write a book to come as a folder of its own under `home`, and return the folder.

    The folder is named after the book; if that name is taken, a number is added. Nothing that exists is touched.
    Until every file is whole on the disk the folder has a name that says so, and such a folder is never opened.

    Raises
    ------
    BookError
        The folder cannot be written; what was begun is taken away again.
    """
    name = slug(book.name)
    try:
        home.mkdir(parents=True, exist_ok=True)
        begun = _begin(home, name)
    except OSError as error:
        raise BookError(_unwritten(home, error)) from error
    try:
        _fill(begun, book)
        _settle(begun)
        folder = _finish(begun, home, name)
    except (BookError, OSError) as error:
        shutil.rmtree(begun, ignore_errors=True)  # a rest that stays is refused when opened, and told as unfinished
        if isinstance(error, BookError):
            raise
        raise BookError(_unwritten(home / name, error)) from error
    return folder


def unfinished_books(home: Path) -> list[Path]:
    """List the books under `home` that are being written, or whose writing was stopped before its end."""
    return sorted(home.glob(f"*{UNFINISHED}"))


def slug(name: str) -> str:
    """Reduce a name to what is safe as a folder name anywhere: letters, digits and single hyphens.

    >>> slug("Nord & Süd GmbH"), slug("../../etc"), slug("<script>"), slug("..."), slug("CON")
    ('nord-süd-gmbh', 'etc', 'script', 'book', 'book-con')
    """
    letters = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-")
    short = letters[:_LONGEST_SLUG].strip("-") or "book"
    reserved = re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", short)  # device names on Windows
    return f"book-{short}" if reserved else short


def settings_text(book: NewBook) -> str:
    """Write `book.toml`: name, currency, and how each table is to be read."""
    lines = [f"name = {_toml(book.name)}"]
    if book.currency:
        lines.append(f"currency = {_toml(book.currency)}")
    for draft in book.drafts:
        settings = draft.settings
        own = [("date_format", settings.date_format), ("decimal", settings.decimal)]
        if any(value for _, value in own):
            lines += ["", f"[tables.{draft.table}]", *(f"{key} = {_toml(value)}" for key, value in own if value)]
        if settings.columns:
            lines += ["", f"[tables.{draft.table}.columns]"]
            lines += [f"{column} = {_toml(source)}" for column, source in settings.columns.items()]
    return answered("\n".join(lines) + "\n", *book.answers)


def suffix(name: str) -> str:
    """Return how the name of a data file ends, with what is packed inside.

    Raises
    ------
    BookError
        It is no name of a data file.

    >>> suffix("Sales 2026.CSV"), suffix("sales.v2.csv.gz"), suffix("sales.gz")
    ('.csv', '.csv.gz', '.gz')
    """
    path = Path(name)
    last = path.suffix.lower()
    if not is_data(name) or not last:
        raise BookError(f"{name} is no data file: a book is made of {KINDS}. Nothing was changed.")
    inner = Path(path.stem).suffix.lower()
    return f"{inner}{last}" if last == ".gz" and inner and is_data(path.stem) else last


def _toml(text: str) -> str:
    """Quote a text as TOML does: as JSON does, but that DEL is escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _begin(home: Path, name: str) -> Path:
    """Make the folder in which a book is written, beside the one that it becomes."""
    for free in _names(name):
        folder = home / f"{free}{UNFINISHED}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise _crowded(home, name)


def _finish(begun: Path, home: Path, name: str) -> Path:
    """Give a book that is whole on the disk the first free name; the name it gets is on the disk, too."""
    for free in _names(name):
        folder = home / free
        if os.path.lexists(folder):
            continue
        try:
            begun.rename(folder)
        except OSError:
            if os.path.lexists(folder):  # somebody else was faster
                continue
            raise
        _sync(home)
        return folder
    raise _crowded(home, name)


def _names(name: str) -> Iterator[str]:
    return (name if number == 1 else f"{name}-{number}" for number in range(1, _MOST_TRIES))


def _crowded(home: Path, name: str) -> BookError:
    return BookError(f"{home} holds too many books named {name}. Give this one another name; nothing was written.")


def _settle(folder: Path) -> None:
    """Wait until the files of a folder, and the list of them, are on the disk."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            _sync(Path(parent, name))
        _sync(Path(parent))


def _sync(place: Path) -> None:
    if place.is_dir() and os.name == "nt":  # Windows opens no folder, and writes its name down by itself
        return
    handle = os.open(place, os.O_RDWR if place.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(folder: Path, book: NewBook, copy: Callable[[Path, Path], object] = shutil.copyfile) -> None:
    """Write the files, named after their table and numbered where it has several, and `book.toml`."""
    (folder / "book.toml").write_text(settings_text(book), encoding="utf-8", newline="\n")
    if book.join is not None:
        _fill_joined(folder, book.join, copy)
    for draft in book.drafts:
        for name, file in zip(draft.names, draft.files, strict=True):
            (folder / name).parent.mkdir(exist_ok=True)
            copy(file, folder / name)


def _fill_joined(folder: Path, join: Join, copy: Callable[[Path, Path], object]) -> None:
    """Write the files under their own names, as far as these are safe, and beside them the `.sql` of each table."""
    called = join.called
    for name in join.proposal.files:
        copy(join.files[name], folder / called[name])
    for table, query in join.proposal.queries(called).items():
        (folder / f"{table}.sql").write_text(query, encoding="utf-8", newline="\n")


_FACTS = """
select (select sum(net)::double from sales_month), currency, (select count(distinct account_id) from sales_month),
    first_day, last_day
from book
"""


def _facts(target: Path) -> Facts:
    with duckdb.connect(str(target), read_only=True) as cursor:
        return Facts(*cursor.execute(_FACTS).fetchall()[0])


def _link(source: Path, target: Path) -> None:
    """Give a file a second name where the disk can do that, else copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _unwritten(place: Path, error: OSError) -> str:
    return (
        f"{place} cannot be written: {error.strerror}. Nothing was written, and your files are kept here; make room or"
        " name another place with KAM_HOME."
    )
