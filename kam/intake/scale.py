"""In what the numbers of a column count, as its name says: thousands, millions, toman, or for a hundred pieces."""

import re
from collections.abc import Iterator

from kam.intake.currencies import SIGN_CODES
from kam.intake.raw import western

_WORDS = {
    1e3: "thousand thousands tsd tausend k tsd€ t€ k€ $k k$ teur keur tusd kusd kchf tchf kgbp milliers miles mila bin"
    " tys tuhat тыс هزار ألف 千 千円 千元 千ドル 000 000s 1000 1000s x1000 ×1000 $000 €000 £000 000€ 000$ ₹000 rs000"
    " eur000 usd000 000eur 000usd 000rs",
    1e4: "万 萬 万円 万元 萬元",
    1e5: "lakh lakhs lac lacs",
    1e6: "million millions mio mn mln milion milioni millones milhoes milyon millionen m€ $m m$ $mm mm$ meur musd mchf"
    " £m usdm eurm gbpm chfm inrm jpym cnym audm cadm mioeur miousd mio€ млн میلیون ميليون مليون 百万"
    " 百万円 百万元 000000 1000000",
    1e7: "crore crores",
    1e8: "億 亿 億円 亿元",
    1e9: "billion billions mrd mld milliarde milliarden milliards miliard млрд میلیارد ميليارد مليار $bn bn€ $b"
    " 000000000",
}
_SCALES = {word: scale for scale, words in _WORDS.items() for word in words.split()}
_TOMAN = frozenset({"تومان", "تومن", "toman", "tomans"})
_SAID = {
    1e3: "thousands",
    1e4: "ten thousands",
    1e5: "lakhs",
    1e6: "millions",
    1e7: "crores",
    1e8: "hundred millions",
    1e9: "billions",
}
_BRACKETS = re.compile(r"[(\[（［{]([^)\]）］}]*)[)\]）］}]|(?:\bin |[,;:] )([^(\[]*)$")
_UNSURE_ALONE = frozenset({"k", "m", "b", "bin", "mila", "tys", "mm", "mn", "1000", "1000s", "1000000"})
_PER = re.compile(r"\b(?:per|je|pro|pour|por) ?(10|100|1[., ]?000)\b")


def scale_in(name: str) -> tuple[float, str]:
    """Tell what a number under a column's name counts, and that in words; 1 and nothing where the name says nothing.

    Only a unit's places are looked at: brackets, behind "in", behind a comma, and the last word.

    >>> scale_in("Net sales (in 000)"), scale_in("Umsatz in T€"), scale_in("Thousand Oaks sales")
    ((1000.0, 'in thousands'), (1000.0, 'in thousands'), (1.0, ''))
    >>> scale_in("مبلغ (میلیون تومان)"), scale_in("مبلغ (تومان)")
    ((10000000.0, 'in millions, of toman: ten rial'), (10.0, 'of toman: ten rial'))
    >>> scale_in("Price per 100"), scale_in("Sales '000")
    ((0.01, 'for 100 pieces'), (1000.0, 'in thousands'))
    """
    text = re.sub(r"(?<=\d)[,' ](?=\d{3}\b)", "", western(name))
    per = _PER.search(text)
    if per:
        pieces = int(re.sub(r"\D", "", per[1]))
        return 1 / pieces, f"for {pieces} pieces"
    for words in _unit_words(text):
        times = next((_SCALES[word] for word in [*words, "".join(words)] if word in _SCALES), 1.0)
        toman = not _TOMAN.isdisjoint(words)
        if times > 1 or toman:
            said = [f"in {_SAID[times]}"] if times > 1 else []
            return times * (10 if toman else 1), ", ".join([*said, "of toman: ten rial"] if toman else said)
    return 1.0, ""


def _unit_words(text: str) -> Iterator[list[str]]:
    """Yield the words of each place where a name may say its unit."""
    bare = text.replace(".", "").replace("'", "")
    for place in _BRACKETS.finditer(bare):
        yield next(filter(None, place.groups()), "").split()
    words = [word for word in re.split(r"[ _]+", re.sub(_BRACKETS, "", bare)) if word]
    last = words[-2:] if len(words) > 1 and (words[-1] in SIGN_CODES or words[-1] in _TOMAN) else words[-1:]
    yield [word for word in last if word not in _UNSURE_ALONE]
