"""The README tells the truth: its commands exist, and its definitions are those of the app."""

import re
from pathlib import Path

import pytest

from kam.__main__ import main
from kam.base.policy import Policies
from kam.definitions import definitions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_figures_is_that_of_the_app() -> None:
    section = README.split("## What each figure means")[1]
    rows = dict(re.findall(r"^\| ([A-Za-z][^|]*?) \| ([^|]+?) \|$", section, re.MULTILINE))
    rows.pop("term")
    assert rows == definitions(Policies())


def test_every_make_target_it_names_is_there() -> None:
    named = set(re.findall(r"make ([a-z]+)(?=[ `\n])", README)) - {"and"}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "bench", "sample"} <= named <= targets


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m kam ([a-z]+)", README))))
def test_every_command_it_names_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert "FOLDER" in capsys.readouterr().out


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_file_it_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()
