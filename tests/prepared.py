"""Books loaded once in a run: a folder whose files, settings and day are those of an earlier one gets what those gave.

The tests of intake are about loading, and load every folder; elsewhere a test pays for the first book of its kind only.
The hook stands where the cache calls the loader: whatever is around it, and whatever is said of a book, stays as it is.
"""

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kam.intake.cache import load
from kam.intake.files import book_files, fingerprint
from kam.intake.load import Report

Load = Callable[..., Report]


def remembering(home: Path, plain: Load = load) -> Load:
    """Return a loader that keeps in a folder, which processes may share, what `plain` made, and gives it out again."""

    def remembered(folder: Path, target: Path, **given: Any) -> Report:  # noqa: ANN401 - whatever a loader takes
        kept = home / _key(folder, given)
        if kept.exists():
            shutil.copyfile(kept / "book", target)
            return pickle.loads((kept / "report").read_bytes())  # noqa: S301 - written below
        report = plain(folder, target, **given)
        _keep(kept, target, report)
        return report

    return remembered


def _key(folder: Path, given: dict[str, Any]) -> str:
    """Name what a load depends on: the content and names of the files, how they are to be read, and the day."""
    told = (fingerprint(folder, book_files(folder)), repr(given["settings"]), given["today"], sorted(given["tables"]))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _keep(kept: Path, target: Path, report: Report) -> None:
    part = kept.with_suffix(f".{os.getpid()}")
    part.mkdir(parents=True)
    shutil.copyfile(target, part / "book")
    (part / "report").write_bytes(pickle.dumps(report))
    try:
        part.rename(kept)
    except OSError:  # another process kept the same
        shutil.rmtree(part)
