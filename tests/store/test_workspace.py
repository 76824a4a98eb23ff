"""The file of the records: shared by programs, brought up to date after a copy, not touched where it may not be."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

import kam
from kam.base.errors import StoreError
from kam.book import Book
from kam.store import live_records, workspace
from kam.store.changes import Change
from kam.store.layout import FORMAT, LAYOUT
from kam.store.workspace import Workspace

RENAME = Change("plans", "L1", {"name": "New"}, 0)
_HOLD = """
import sys, duckdb
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_book_nobody_has_written_into_has_no_file(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    book.records("plans")
    book.change_log()
    book.file_changes()

    assert not (small_folder / ".kam" / "workspace.duckdb").exists()


def test_a_program_that_holds_the_file_is_waited_for(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    book.write([RENAME], who="Ada")
    with _held(small_folder) as holder:
        threading.Timer(0.3, holder.kill).start()
        book.write([Change("readings", "R1", {"value": 1}, 0)], who="Ada")
    assert book.records("readings")["value"].tolist() == [1.0]


def test_a_program_that_never_lets_go_is_told_of(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(small_folder)
    book.write([RENAME], who="Ada")
    monkeypatch.setattr(workspace, "_PATIENCE_SECONDS", 0.1)
    with _held(small_folder), pytest.raises(StoreError, match="Another program"):
        book.write([Change("readings", "R1", {"value": 1}, 0)], who="Ada")
    assert book.records("readings")["value"].tolist() == [8.0]


def test_a_damaged_file_is_named_and_left_alone(small_folder: Path) -> None:
    path = small_folder / ".kam" / "workspace.duckdb"
    path.write_bytes(b"no database at all" * 1_000)

    with pytest.raises(StoreError, match="cannot be read"):
        kam.open_book(small_folder)
    assert path.read_bytes() == b"no database at all" * 1_000


def test_a_file_of_a_newer_version_is_not_touched(small_folder: Path) -> None:
    kam.open_book(small_folder).write([RENAME], who="Ada")
    _edit(small_folder, f'update workspace set "format" = {FORMAT + 1}')

    with pytest.raises(StoreError, match="newer version"):
        kam.open_book(small_folder)


def test_an_older_layout_is_brought_up_to_date_after_a_copy(small_folder: Path) -> None:
    kam.open_book(small_folder).write([RENAME], who="Ada")
    _edit(small_folder, "alter table plans drop column customer_goal; update workspace set layout = 'older'")

    book = kam.open_book(small_folder)

    plans = book.records("plans").set_index("plan_id")
    assert plans.loc["L1", "name"] == "New"
    assert plans["customer_goal"].isna().all()
    with duckdb.connect(str(small_folder / ".kam/backups/workspace older.duckdb"), read_only=True) as copy:
        assert copy.execute("select name from plans where plan_id = 'L1'").fetchall() == [("New",)]
    lines = book.change_log("plans")
    book.undo([int(lines["number"].iloc[0])], who="Ada")  # written before the column was there
    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "Plan 1"


def test_a_file_left_without_its_tables_is_begun_again(small_folder: Path) -> None:
    duckdb.connect(str(small_folder / ".kam" / "workspace.duckdb")).close()  # made, and then the program died

    kam.open_book(small_folder).write([RENAME], who="Ada")

    assert _ask(small_folder, 'select "format", layout from workspace') == [(FORMAT, LAYOUT)]


def test_a_copy_put_in_its_place_is_what_is_shown(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    path = small_folder / ".kam" / "workspace.duckdb"
    book.write([RENAME], who="Ada")
    copy = Path(shutil.copy(path, path.with_name("copy")))
    book.write([Change("plans", "L1", {"name": "Newer"}, int(book.records("plans")["version"].iloc[0]))], who="Ada")
    copy.replace(path)

    assert book.view().records("plans")["name"].iloc[0] == "New"
    path.unlink()
    assert book.view().records("plans")[["name", "version"]].iloc[0].tolist() == ["Plan 1", 0]


def test_a_backup_copied_over_the_file_is_what_is_shown(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    path = small_folder / ".kam" / "workspace.duckdb"
    book.write([RENAME], who="Ada")
    backup = Path(shutil.copy2(path, path.with_name("copy")))
    then = book.data_version
    _rename(book, "Newer")
    before = path.stat()

    shutil.copyfile(backup, path)  # into the same inode, with the same size, and the time stamp set back
    os.truncate(path, before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    after = path.stat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    assert book.view().records("plans")["name"].iloc[0] == "New"
    assert book.data_version == then
    _rename(book, "Other")  # as many lines of the log as were lost, and not the same ones
    assert book.view().records("plans")["name"].iloc[0] == "Other"


def test_a_backup_with_lines_of_its_own_is_not_taken_for_what_was_there(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    path = small_folder / ".kam" / "workspace.duckdb"
    book.write([RENAME], who="Ada")
    backup = Path(shutil.copy2(path, path.with_name("copy")))
    _rename(book, "Mine")
    mine = book.data_version
    copied = Path(shutil.copytree(small_folder, small_folder.with_name("copied")))
    backup.replace(copied / ".kam" / "workspace.duckdb")
    other = kam.open_book(copied)
    _rename(other, "Theirs")
    book.write([Change("readings", "R1", {"value": 1}, 0)], who="Ada")
    for name in ("Theirs again", "Theirs"):
        _rename(other, name)

    shutil.copyfile(copied / ".kam" / "workspace.duckdb", path)

    assert book.view().records("plans")["name"].iloc[0] == "Theirs"
    assert book.records("readings")["value"].tolist() == [8.0]
    assert book.data_version not in (mine, "")


def test_a_file_begun_anew_is_not_taken_for_the_one_before(small_folder: Path) -> None:
    book = kam.open_book(small_folder)
    path = small_folder / ".kam" / "workspace.duckdb"
    book.write([RENAME], who="Ada")
    first = book.data_version
    content = path.read_bytes()
    path.unlink()
    kam.open_book(small_folder).write([Change("plans", "L1", {"name": "Anew"}, 0)], who="Ada")
    anew = path.read_bytes()
    path.write_bytes(content)
    assert book.view().data_version == first

    path.write_bytes(anew)  # the same inode, and as many lines

    assert book.view().records("plans")["name"].iloc[0] == "Anew"
    assert book.data_version != first


def test_two_copies_of_a_book_part_with_their_first_own_record(small_folder: Path) -> None:
    kam.open_book(small_folder).write([RENAME], who="Ada")
    copied = Path(shutil.copytree(small_folder, small_folder.with_name("copied")))
    mine, theirs = kam.open_book(small_folder), kam.open_book(copied)
    assert mine.data_version == theirs.data_version

    _rename(mine, "Mine")
    _rename(theirs, "Theirs")

    assert mine.data_version != theirs.data_version


def test_a_file_written_over_while_it_is_read_is_read_again(
    small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = kam.open_book(small_folder)
    path = small_folder / ".kam" / "workspace.duckdb"
    book.write([RENAME], who="Ada")
    backup = Path(shutil.copy2(path, path.with_name("copy")))
    then = book.data_version
    _rename(book, "Newer")
    again = kam.open_book(small_folder)
    contents = [backup.read_bytes()]
    real = live_records.mark

    def meanwhile(kept: duckdb.DuckDBPyConnection) -> object:
        found = real(kept)
        if contents:
            path.write_bytes(contents.pop())
        return found

    monkeypatch.setattr(live_records, "mark", meanwhile)
    os.utime(path)

    assert again.view().records("plans")["name"].iloc[0] == "New"
    assert again.data_version == then


def test_an_older_file_gets_its_id_and_keeps_it(small_folder: Path) -> None:
    kam.open_book(small_folder).write([RENAME], who="Ada")
    _edit(small_folder, "alter table workspace drop column id; update workspace set layout = 'older', \"format\" = 1")

    kam.open_book(small_folder)
    given = _ask(small_folder, "select id from workspace")
    _edit(small_folder, "update workspace set layout = 'older'")
    kam.open_book(small_folder)

    assert len(given[0][0]) == 32
    assert _ask(small_folder, "select id from workspace") == given


def test_an_older_file_that_may_not_be_written_to_is_shown(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kam.open_book(small_folder).write([RENAME], who="Ada")
    _edit(small_folder, "alter table workspace drop column id; update workspace set layout = 'older', \"format\" = 1")
    monkeypatch.setattr(workspace.os, "access", lambda *_: False)

    assert kam.open_book(small_folder).records("plans")["name"].iloc[0] == "New"


def test_where_nothing_may_be_written_the_book_is_read_only_and_says_so(
    small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.os, "access", lambda *_: False)  # tests may run as a user who may do everything
    book = kam.open_book(small_folder)

    assert "may not be written to" in (book.obstacle or "")
    assert len(book.milestones()) == 15
    with pytest.raises(StoreError, match="may not be written to"):
        book.write([RENAME], who="Ada")
    assert not Workspace(small_folder).path.exists()


class _held:  # noqa: N801 - reads as a statement
    """Another program that has the workspace of a folder open."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder / ".kam" / "workspace.duckdb")

    def __enter__(self) -> subprocess.Popen:
        command = [sys.executable, "-c", _HOLD, self._path]
        self._holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == "held\n"
        return self._holder

    def __exit__(self, *_: object) -> None:
        self._holder.kill()
        self._holder.wait()
        for stream in (self._holder.stdin, self._holder.stdout):
            if stream is not None:
                stream.close()


def _rename(book: Book, name: str) -> None:
    """Give the first plan another name."""
    version = int(book.records("plans")["version"].iloc[0])
    book.write([Change("plans", "L1", {"name": name}, version)], who="Ada")


def _edit(folder: Path, query: str) -> None:
    with duckdb.connect(str(folder / ".kam" / "workspace.duckdb")) as connection:
        connection.execute(query)


def _ask(folder: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(folder / ".kam" / "workspace.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()
