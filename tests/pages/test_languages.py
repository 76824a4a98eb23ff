"""In another language every page says everything in it, and nothing that is looked up is translated away."""

import os
import subprocess
import sys
from pathlib import Path

from tests import small_book
from tests.pages.driving import ROOT


def test_every_page_speaks_the_pseudo_language_and_breaks_nowhere(tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.pages.pseudo"],
        cwd=ROOT,
        env={**os.environ, "KAM_LANGUAGE": "pseudo", "KAM_BOOK": str(folder)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stdout == ""
    assert done.returncode == 0
