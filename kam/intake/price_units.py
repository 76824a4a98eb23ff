"""What stands beside amounts and changes what they mean: cents, the unit of a price, tax inside some of them."""

import re

from kam.intake.concepts import fold, ideas
from kam.intake.look import Look
from kam.intake.raw import raw_name
from kam.intake.reading import Note
from kam.intake.totals import plain
from kam.intake.wordlists import wordlists

_PRICE_UNITS = frozenset(["preiseinheit", "peinh", "priceunit", "priceper", "unitofprice", "pricebase", "prijseenheid"])
_IN_CENTS = frozenset(["cents", "cent", "minor", "pence", "centimes", "centavos"])
_LINES = {kind: frozenset(map(plain, wordlists("lines")[kind])) for kind in ("yes", "no", "taxed", "untaxed")}
_MOST_WORDS = 6
_OF_AMOUNTS = frozenset(["tax", "price", "amount", "gross", "net", "including", "excluding", "type"])


def tell_units(look: Look) -> None:
    """Say that an amount is named as cents, that a price may be one of many pieces, that tax is in some amounts."""
    reading = look.reading
    for name in reading.net.sources if reading.net else ():
        if _IN_CENTS & set(re.findall(r"[^\W\d_]+", name.casefold())):
            told = f"{name} is by its name in cents or pence, and is read as it is written: a hundred times too much"
            reading.notes.append(Note("unit in a name", "warning", told))
    if reading.net and reading.net.pieces:
        for name in (name for name in reading.unused if fold(name) in _PRICE_UNITS):
            told = f"{name} is not used: {reading.net.source} is taken for the price of one piece"
            reading.notes.append(Note("unit of the price", "warning", told))
    for name in (name for name in reading.unused if ideas(name) & _OF_AMOUNTS):
        if words := _with_and_without_tax(look, name):
            told = f"{name} says {' and '.join(words)}: amounts with and without tax count alike"
            reading.notes.append(Note("tax in some amounts", "warning", told))


def _with_and_without_tax(look: Look, name: str) -> list[str]:
    """Return the words of a column that says of some lines that tax is in their amounts, and of others that not."""
    rows = look.cursor.execute(
        f"select distinct trim({raw_name(name)}::varchar) as word from {look.reading.relation} where word <> ''"
        f" limit {_MOST_WORDS + 1}"
    ).fetchall()
    words = {word: plain(word) for (word,) in rows}
    pairs = [(_LINES["taxed"], _LINES["untaxed"])]
    if "tax" in ideas(name):
        pairs.append((_LINES["yes"], _LINES["no"]))
    both = any(all(side & set(words.values()) for side in pair) for pair in pairs)
    return sorted(words) if both and len(words) <= _MOST_WORDS else []
