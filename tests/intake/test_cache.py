"""A loaded book is found again by its content, never trusted if damaged, never half written, never lost."""

import datetime as dt
import itertools
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kam
from kam.intake.cache import Loaded, loaded_book
from kam.intake.load import MADE
from kam.intake.report import LoadError
from tests.intake.folders import GOOD, TODAY, ask, many, sales, write

LINE = "2,2025-01-31,A,P,1,1.00"


def net(loaded: Loaded) -> float:
    """Sum a book's revenue."""
    return float(ask(loaded.path, "select sum(net) from sales_month")[0][0])


def steps(folder: Path, today: dt.date = TODAY) -> list[str]:
    """Open a book and list the steps it took."""
    seen: list[str] = []
    loaded_book(folder, today=today, progress=lambda step, _share: seen.append(step))
    return seen


def test_a_loaded_book_holds_the_tables_it_is_opened_by(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    made = ask(loaded_book(tmp_path, today=TODAY).path, "select table_name from duckdb_tables() order by all")
    assert [name for (name,) in made] == sorted(MADE)


def test_the_older_state_stays_until_the_file_is_mended(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    good = loaded_book(tmp_path, today=TODAY)
    write(tmp_path, sales_csv=sales(GOOD, "2,broken,A,P,1,1"))
    older = loaded_book(tmp_path, today=TODAY)
    assert "1 of 2 rows" in str(older.failure)
    assert (older.version, net(older)) == (good.version, 10.5)
    write(tmp_path, sales_csv=sales(GOOD, LINE))
    mended = loaded_book(tmp_path, today=TODAY)
    assert mended.failure is None
    assert mended.version != good.version
    assert net(mended) == 11.5


def test_whoever_opens_a_book_of_older_data_is_warned(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    kam.open_book(tmp_path)
    write(tmp_path, sales_csv=sales(GOOD, "2,broken,A,P,1,1"))

    with pytest.warns(kam.OldDataWarning) as warned:
        book = kam.open_book(tmp_path)

    assert warned[0].filename == __file__
    assert str(warned[0].message).startswith(f"{tmp_path}: these are older data, to 2025-01-31. The files have changed")
    assert str(warned[0].message).endswith(str(book.failure))
    write(tmp_path, sales_csv=sales(GOOD, LINE))
    assert kam.open_book(tmp_path).failure is None


def test_only_a_change_of_content_loads_anew(tmp_path: Path) -> None:
    path = write(tmp_path, sales_csv=sales(GOOD)) / "sales.csv"
    first = loaded_book(tmp_path, today=TODAY)
    written = first.path.stat().st_ino
    assert steps(tmp_path) == ["looking for changes"]
    os.utime(path, (1, 1))
    assert steps(tmp_path) == ["looking for changes"]
    assert first.path.stat().st_ino == written
    before = path.stat()
    path.write_text(sales(GOOD.replace("10.50", "20.50")))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert net(loaded_book(tmp_path, today=TODAY)) == 20.5


def put_back_in_place(folder: Path, content: str) -> None:
    """Overwrite the sales file where it lies, with its old time stamp."""
    path = folder / "sales.csv"
    before = path.stat()
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swap_file(folder: Path, content: str) -> None:
    """Put another file in place of the sales file; the first is kept, and put back the next time."""
    path, kept = folder / "sales.csv", folder.parent / "kept.csv"
    if kept.exists():
        kept.replace(path)
    else:
        path.rename(kept)
        path.write_text(content, encoding="utf-8")


def swap_folder(folder: Path, content: str) -> None:
    """Put another folder in place of the book's; the first is kept, and put back the next time."""
    kept, other = folder.parent / "kept", folder.parent / "other"
    if kept.exists():
        folder.rename(other)
        kept.rename(folder)
    else:
        folder.rename(kept)
        write(folder, sales_csv=content)
        (folder / ".kam" / "cache").mkdir(parents=True)
        shutil.copytree(kept / ".kam", folder / ".kam", dirs_exist_ok=True)


@pytest.mark.parametrize("change", [put_back_in_place, swap_file, swap_folder])
def test_a_file_that_was_another_while_it_was_read_leaves_no_figures_of_that_one(
    tmp_path: Path, change: Callable[[Path, str], None]
) -> None:
    folder, mine = tmp_path / "book", sales(GOOD)
    write(folder, sales_csv=mine)
    changes = iter([("reading", sales(GOOD.replace("10.50", "20.50"))), ("checking", mine)])
    waits = [next(changes)]

    def meanwhile(step: str, _share: float) -> None:
        if waits and step.startswith(waits[0][0]):
            change(folder, waits.pop()[1])
            waits.extend([each] if (each := next(changes, None)) else [])

    assert net(loaded_book(folder, today=TODAY, progress=meanwhile)) == 10.5
    assert not waits
    assert net(loaded_book(folder, today=TODAY)) == 10.5
    assert steps(folder) == ["looking for changes"]


def test_files_that_never_rest_are_not_taken_in(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    counts = itertools.count(11)

    def meanwhile(step: str, _share: float) -> None:
        if step.startswith("reading"):
            put_back_in_place(folder, sales(GOOD.replace("10.50", f"{next(counts)}.50")))

    with pytest.raises(LoadError, match=r"book keeps changing while it is read\..*Nothing was changed\.$"):
        loaded_book(folder, today=TODAY, progress=meanwhile)
    assert next(counts) < 20
    assert [path.name for path in (folder / ".kam" / "cache").glob("*.duckdb")] == []

    put_back_in_place(folder, sales(GOOD))
    good = loaded_book(folder, today=TODAY)
    put_back_in_place(folder, sales(GOOD, LINE))
    older = loaded_book(folder, today=TODAY, progress=meanwhile)
    assert (older.version, net(older)) == (good.version, 10.5)
    assert "keeps changing" in str(older.failure)


def test_a_file_that_cannot_be_read_until_it_is_whole_is_read_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD, "2,2025-0"))
    waits = [sales(GOOD, LINE)]

    def meanwhile(step: str, _share: float) -> None:
        if step.startswith("reading") and waits:
            put_back_in_place(folder, waits.pop())

    loaded = loaded_book(folder, today=TODAY, progress=meanwhile)
    assert (loaded.failure, net(loaded)) == (None, 11.5)


@pytest.mark.parametrize(
    "damage", ["cut", "empty", "zeroed", "one byte", "gone", "no note", "note is nonsense", "note is a list"]
)
def test_a_damaged_cache_is_rebuilt(tmp_path: Path, damage: str) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    path = loaded_book(tmp_path, today=TODAY).path
    note, content = path.with_suffix(".json"), path.read_bytes()
    damages = {
        "cut": lambda: path.write_bytes(content[: len(content) // 2]),
        "empty": lambda: path.write_bytes(b""),
        "zeroed": lambda: path.write_bytes(bytes(len(content))),
        "one byte": lambda: path.write_bytes(content[:5000] + b"\xff" + content[5001:]),
        "gone": path.unlink,
        "no note": note.unlink,
        "note is nonsense": lambda: note.write_text("{"),
        "note is a list": lambda: note.write_text("[1]"),
    }
    damages[damage]()
    (path.parent / "files.json").write_text('{"sales.csv": [1]}' if damage == "cut" else "nonsense")
    (path.parent / "other.part").write_bytes(b"left by a process that died")
    again = loaded_book(tmp_path, today=TODAY)
    assert again.failure is None
    assert net(again) == 10.5


def test_days_that_were_in_the_future_are_looked_at_again(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=many("1,2025-07-01,A,P,1,5.00"))
    assert net(loaded_book(tmp_path, today=dt.date(2025, 6, 30))) == 100.0
    assert net(loaded_book(tmp_path, today=dt.date(2025, 7, 1))) == 105.0
    assert net(loaded_book(tmp_path, today=dt.date(2025, 6, 30))) == 100.0
    assert steps(tmp_path, dt.date(2025, 6, 30)) == ["looking for changes"]


def test_old_states_are_forgotten(tmp_path: Path) -> None:
    for number in range(5):
        last = loaded_book(write(tmp_path, sales_csv=sales(*[GOOD] * (number + 1))), today=TODAY)
    assert len(list(last.path.parent.glob("*.duckdb"))) == len(list(last.path.parent.glob("*-*.json"))) == 2


_AS_NOBODY = """
import datetime, os, sys, tempfile
from pathlib import Path
import kam.intake.cache as cache
from kam.base.errors import BookError
cache.loaded_book(Path(sys.argv[3]), today=datetime.date(2025, 6, 30))  # imports all that nobody may not read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
tempfile.tempdir = sys.argv[2]
try:
    loaded = cache.loaded_book(Path(sys.argv[1]), today=datetime.date(2025, 6, 30))
except BookError as error:
    sys.exit(f"BookError: {error}")
with cache.connect(loaded.path) as cursor:
    print(cursor.execute("select sum(net) from sales_month").fetchall()[0][0], loaded.path)
"""


def as_nobody(folder: Path, temporary: Path) -> subprocess.CompletedProcess[str]:
    """Open a book as a user who is not root."""
    for parent in [temporary, *temporary.parents]:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o755)
    temporary.chmod(0o777)
    other = write(temporary.parent / "other", sales_csv=sales(GOOD))
    command = [sys.executable, "-c", _AS_NOBODY, str(folder), str(temporary), str(other)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def test_a_folder_that_cannot_be_written_opens(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    (tmp_path / "tmp").mkdir()
    folder.chmod(0o555)
    done = as_nobody(folder, tmp_path / "tmp")
    folder.chmod(0o755)
    assert done.stdout.startswith("10.5"), done.stderr
    assert str(tmp_path / "tmp") in done.stdout
    assert not (folder / ".kam").exists()


def test_a_folder_or_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    (tmp_path / "tmp").mkdir()
    for path, mode in ((folder / "sales.csv", 0o644), (folder, 0o755)):
        path.chmod(0)
        done = as_nobody(folder, tmp_path / "tmp")
        path.chmod(mode)
        assert "BookError" in done.stderr, done.stderr
        assert f"{path} cannot be read: Permission denied. Nothing was changed." in done.stderr


def _open_at_once(folder: str) -> float:
    return net(loaded_book(Path(folder), today=TODAY))


def test_two_processes_open_at_once(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=many(good=2_000))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_open_at_once, [str(tmp_path)] * 4, chunksize=1) == [2000.0] * 4
    assert steps(tmp_path) == ["looking for changes"]


def test_a_process_killed_while_loading_leaves_a_book_that_opens(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    first = loaded_book(tmp_path, today=TODAY)
    program = (
        "import sys\nfrom tests.intake.test_cache import _open_at_once\nprint('ready', flush=True)\n"
        "_open_at_once(sys.argv[1])"
    )
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    for attempt in range(4):
        write(tmp_path, sales_csv=many(good=20_000 + attempt))
        process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)  # noqa: S603
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.4))
        process.kill()
        process.wait()
        process.stdout.close()
        write(tmp_path, sales_csv=sales(GOOD))
        again = loaded_book(tmp_path, today=TODAY)
        assert (again.version, net(again)) == (first.version, 10.5)
    write(tmp_path, sales_csv=many(good=20_003))
    assert net(loaded_book(tmp_path, today=TODAY)) == 20_003.0
