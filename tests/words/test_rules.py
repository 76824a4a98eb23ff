"""Every number of a rule that a reader sees is taken from the rule, and from what the book sets otherwise."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kam
from kam.base import rules
from kam.base.policy import Policies, key_account_policy, plan_policy
from kam.definitions import definitions
from tests import small_book

ROOT = Path(__file__).parents[2]
SHOWN = ("kam", "pages")
HOW_FILES_WRITE = ("kam/data/words.py", "kam/data/words_reading.py", "kam/ui/scenario_page.py")
"""Their examples of dates and numbers are no rules', nor is a style sheet."""
NO_RULE = re.compile(
    r"\{[^}]*\}|\b1 to 5\b|\(\w[\w &,]* (19|20)\d\d\)|from 0 to 100|100 %|even at 100|to 100 again|of 100 futures"
    r"|\b[01] (to|…|little|poor|a wish|never)\b|… [+]?\d+ \w|\bto 5 |\bof 5\b|−2 works|rated [15]\b|1, 3 and 5"
    r"|\b(12|24) months|12 quarters|T12M|−50 %|\+50 %|^\d\. |; 0 is the baseline|^0 %$|> 0$|^1 of $"
)
"""Places, scales, years of publication, the twelve months that every figure is of, steps that are counted."""
NOT_IN_DEFINITIONS = {"ON_THE_LIST", "FEWEST_PLACES", "PROBABLY_GONE"}


def shown(path: Path) -> bool:
    """Say whether a reader sees the texts of a file."""
    return path.name.startswith(("words", "figures")) or not {"ui", "chart", "pages"}.isdisjoint(path.parts)


def prose(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Return the texts of a module that can be read as words, without its docstrings, each with its line."""
    spoken = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if not isinstance(each, ast.Constant) or not isinstance(each.value, str) or id(each) in spoken:
            continue
        if " " in each.value.strip() and re.search(r"[a-z]{3}|%", each.value):
            yield each.lineno, each.value


def test_no_text_holds_a_rule_s_number() -> None:
    told = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for place in SHOWN
        for path in sorted((ROOT / place).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in HOW_FILES_WRITE and shown(path)
        for line, text in prose(ast.parse(path.read_text(encoding="utf-8")))
        if re.search(r"\d", NO_RULE.sub("", text)) and not re.search(r"%[,.]|<|px|x2", text)
    ]
    assert told == []


def test_definitions_hold_no_numbers_of_their_own() -> None:
    told = [name for name, text in definitions(Policies()).items() if "{" in text]
    assert told == []


@pytest.mark.parametrize("name", [name for name in dir(rules) if name.isupper() and name not in NOT_IN_DEFINITIONS])
def test_a_rule_that_changes_changes_what_is_said_of_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = definitions(Policies())
    monkeypatch.setattr(rules, name, getattr(rules, name) * 3 + 1)
    assert definitions(Policies()) != before


def test_a_book_s_own_policy_is_what_the_definitions_say(tmp_path: Path) -> None:
    toml = "[policy.plans]\ngreen_pace = 0.5\namber_pace = 0.3\n[policy.key_accounts]\nlist_size = 7\n"
    book = kam.open_book(small_book.write(tmp_path / "book", toml=toml))
    said = definitions(book.policies)
    assert "at least 50 % of the time used, amber to 30 %" in said["status of an objective"]
    assert "takes 7 accounts, a fixed number" in said["key account"]
    book.close()


def test_every_setting_that_is_told_is_told_as_it_is_set() -> None:
    plain = definitions(Policies())
    for name in ("green_pace", "early", "stretch", "ambition", "fewest_windows"):
        value = 0.94 if name != "fewest_windows" else 37
        assert definitions(Policies(plans=plan_policy({name: value}))) != plain, name
    for given in ({"half_life_months": 7}, {"list_share": 0.31}):
        assert definitions(Policies(key_accounts=key_account_policy(given))) != plain, given
