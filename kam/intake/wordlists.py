"""The words that intake knows, in the languages of the world: `words/*.toml`, read once."""

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


@cache
def wordlists(name: str) -> dict[str, tuple[str, ...]]:
    """Read one file of words: each meaning with the words for it.

    >>> "kunde" in wordlists("ideas")["customer"], "summe" in wordlists("lines")["total"]
    (True, True)
    """
    found = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {meaning: tuple(words) for meaning, words in found.items()}
