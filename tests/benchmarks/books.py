"""The books that are measured: samples of several sizes, written once and kept among the temporary files."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = Path(tempfile.gettempdir()) / "kam-benchmarks"
CACHE = ".kam"
ACCOUNTS_OF_LINES = 1_000
LINES_BY_ACCOUNTS = {120: 60_000, 1_000: 200_000, 5_000: 1_000_000}


def book_of_lines(millions: int) -> Path:
    """Return a book of 1,000 accounts and so many million sales lines."""
    return _book(f"lines-{millions}", accounts=ACCOUNTS_OF_LINES, lines=millions * 1_000_000)


def sales_alone(book: Path) -> Path:
    """Return a book of the same sales lines and no other table."""
    alone = book.with_name(f"{book.name}-sales-alone")
    for file in sales_files(book):
        place = alone / Path(file).relative_to(book)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            os.link(file, place)
    return alone


def book_of_accounts(accounts: int) -> Path:
    """Return a book of so many accounts."""
    return _book(f"accounts-{accounts}", accounts=accounts, lines=LINES_BY_ACCOUNTS[accounts])


def sales_files(book: Path) -> list[str]:
    """List the Parquet files of a book's sales."""
    whole = book / "sales.parquet"
    return [str(path) for path in ([whole] if whole.is_file() else sorted((book / "sales").glob("*.parquet")))]


def close_book(book: Path) -> None:
    """Take away what was kept of earlier openings, so that the next one is cold."""
    shutil.rmtree(book / CACHE, ignore_errors=True)


def _book(name: str, *, accounts: int, lines: int) -> Path:
    """Write a book, or find it written; one that was left half done is not at its place."""
    book = HOME / name
    if not book.is_dir():
        draft = HOME / f"{name}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        # in a process of its own: what is measured later would inherit this one's peak of memory
        command = [
            sys.executable,
            "-m",
            "kam",
            "sample",
            str(draft),
            "--accounts",
            str(accounts),
            "--lines",
            str(lines),
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own module
        draft.rename(book)
    return book
