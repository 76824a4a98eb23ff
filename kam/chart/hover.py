"""How words from the data reach a figure: as the letters they are, never as markup, and short enough for their place.

Plotly reads a little HTML in titles, labels and hover (`<b>`, `<a href>`, `<br>`), and `$…$` as a formula. A customer's
name is data: it passes through `escaped` before it reaches a figure, and its row's hover text rides in `customdata`,
so that a `%{…}` inside a name is not taken for one of the template's own places.
"""

import textwrap
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from kam.base import numbers

HOVER = "%{customdata[1]}<extra></extra>"
_ENTITIES: Mapping[int, str] = MappingProxyType(
    {
        ord("&"): "&amp;",
        ord("<"): "&lt;",
        ord(">"): "&gt;",
        ord("$"): "&#36;",
        ord("%"): "&#37;",
        **dict.fromkeys((*range(32), 127, 0x2028, 0x2029), " "),
        **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
    }
)


def escaped(text: object) -> str:
    """Write a value from the data so that Plotly draws its letters and nothing else.

    Unknown becomes an empty text. Line breaks and control characters become spaces; marks that turn the
    direction of writing around are left out.

    >>> escaped("<b>Bold & Sons</b>")
    '&lt;b&gt;Bold &amp; Sons&lt;/b&gt;'
    """
    return plain(text).translate(_ENTITIES)


def plain(text: object) -> str:
    """Return a value as text, and an unknown value as the empty text."""
    return "" if text is None or text is pd.NA or text is pd.NaT or text != text else str(text)  # noqa: PLR0124 - NaN


def short(text: object, letters: int) -> str:
    """Cut a text to so many letters and escape it; the cut is made before the escape, so no entity is torn.

    >>> short("Nordwind Maschinenbau GmbH", 12)
    'Nordwind Ma…'
    """
    return escaped(cut(text, letters))


def cut(text: object, letters: int) -> str:
    """Cut a text to so many letters, unescaped, for what has yet to be measured.

    >>> cut("Nordwind  Maschinenbau", 30)
    'Nordwind Maschinenbau'
    """
    words = " ".join(plain(text).split())
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def wrapped(text: object, letters: int, *, even: bool = False) -> str:
    """Break a text into lines of at most so many letters, escaped, with `<br>` of our own between the lines.

    `even` lines are as short as their number allows, so that a title leaves no word alone; it costs a little time.

    >>> wrapped("one two three", 8)
    'one two<br>three'
    """
    held = numbers.held(plain(text))
    broken = textwrap.wrap(held, letters) if len(held) > letters else [held]
    if not even:
        return "<br>".join(escaped(line) for line in broken)
    # the narrowest width that takes no more lines: no single word is left on a line of its own
    for narrower in range(letters - 1, letters // 2, -1):
        tried = textwrap.wrap(held, narrower, break_long_words=False)
        if len(tried) != len(broken) or any(len(line) > narrower for line in tried):
            break
        broken = tried
    return "<br>".join(escaped(line) for line in broken)


def unbroken(text: str) -> str:
    r"""Keep a text on one line when the lines around it are broken.

    >>> wrapped("in " + unbroken("Mar – Apr"), 9)
    'in<br>Mar\xa0–\xa0Apr'
    """
    return text.replace(" ", "\u00a0")


def lines(text: str) -> int:
    """Count the lines of a wrapped text."""
    return text.count("<br>") + 1 if text else 0


def story(head: object, *facts: object, letters: int = 42) -> str:
    """Write the hover text of a mark: its name in bold, then one sentence a line, known facts only.

    >>> story("A & B", "Revenue falls.", None)
    '<b>A &amp; B</b><br>Revenue falls.'
    """
    known = [wrapped(fact, letters) for fact in facts if plain(fact)]
    return "<br>".join([f"<b>{wrapped(head, letters)}</b>", *known])


def custom(ids: Sequence[Any], stories: Sequence[str]) -> list[list[str]]:
    """Pair each mark's account (raw, for the click) with its hover text (escaped, for the eye).

    >>> custom(["A1"], ["<b>A</b>"])
    [['A1', '<b>A</b>']]
    """
    return [[plain(key), text] for key, text in zip(ids, stories, strict=True)]
