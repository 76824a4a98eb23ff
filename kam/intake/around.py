"""What stands around a number: its sign, a currency, a unit, a percent sign, or a word that makes thousands of it."""

import re
from dataclasses import dataclass

from kam.intake.currencies import SIGN_CODES

_UNITS_WORDS = (
    "pc pcs pce pces piece pieces ea each no nos nr unit units uom stk stck stück stueck st szt ks kom db adet ad"
    " tane pz pza pzas pzs ud uds und unidad unidades unité unités unidade unità pièce pièces stuk stuks styck kpl шт"
    " штук ед عدد دستگاه کارتن كارتن بسته جعبه کیلو كيلو کیلوگرم كيلوغرام گرم متر لیتر تن قطعة حبة رول شاخه kg kgs"
    " kilo kilos kilogram kilograms g gr grs gram grams gramm mg lb lbs oz t to ton tons tonne tonnes mt кг г т l lt"
    " ltr ltrs liter liters litre litres ml cl hl gal л мл cm mm km mtr mtrs meter meters metre metres lfm rm qm sqm"
    " sqft yd m2 m3 m² m³ cbm cum box boxes bx carton cartons ctn ctns case cases pack packs pkt pkts pk pkg packung"
    " packungen pair pairs pr paar set sets kit kits roll rolls rolle rollen bag bags sack bottle bottles btl can cans"
    " dose dosen flasche flaschen karton kartons kiste kisten palette paletten pallet pallets pal sheet sheets doz"
    " dozen dz drum drums bundle bundles license licenses licence licences seat seats user users h hr hrs hour hours"
    " std stunde stunden heure heures day days tag tage month months time times 个 件 台 本 個 箱 枚 套 只 kwh mwh"
)
UNITS = frozenset(_UNITS_WORDS.split())
_SHORT_HAND_WORDS = (
    "k m mm mn b bn mio mrd tsd tds mln mld thousand thousands million millions milion milyon millionen billion"
    " billions milliarde milliarden bin lakh lakhs lac lacs crore crores тыс млн млрд هزار میلیون میلیارد ميليون مليون"
    " ألف 万 萬 千 億 亿 百万 t"
)
_SHORT_HAND = frozenset(_SHORT_HAND_WORDS.split())
_TAIL = re.compile(
    r"(?P<cents>[.,]-{0,2})?(?P<minus>-)?(?P<percent>%)?(?P<word>.*?)(?:(?:/|per|je|pro|par)(?P<per>[^/-]+))?"
    r"(?P<late>-)?(?:(?P<side>cr|dr)\.?)?"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a frame such as `-€0` or `0 kg` says of the number that stands in place of its 0."""

    sign: int  # 1 or -1, or 0 where this is no number: an unknown word, two signs, or short-hand
    currency: frozenset[str] = frozenset()
    unit: str = ""
    percent: bool = False
    short_hand: bool = False


NOTHING = Around(0)


def around(frame: str) -> Around:
    """Tell what stands around a number, written small and without blanks, with 0 for the number.

    In a customer's ledger *Dr* is a sale and *Cr* a credit, so Cr is negative and Dr positive. A dash behind the
    decimal mark stands for no cents; behind a digit it is a minus.

    >>> [around(frame).sign for frame in ("0", "-€0", "(0)", "0-", "0,-", "0,--", "0cr", "0dr", "--0", "(0", "0abc")]
    [1, -1, -1, -1, 1, 1, -1, 1, 0, 0, 0]
    >>> sorted(around("rs.0/nos").currency), around("0kg").unit, around("0%").percent, around("0.k").sign
    (['INR', 'LKR', 'MUR', 'NPR', 'PKR', 'SCR'], 'kg', True, 0)
    >>> around("0mio").short_hand, around("0k€").short_hand
    (True, True)
    """
    head, _, tail = frame.partition("0")
    tail = re.sub(r"/[-=]$", "", tail)  # 500/- closes an amount in India and East Africa
    signs = 1
    if "(" in head or ")" in tail:
        if head.count("(") != 1 or tail.count(")") != 1 or re.search(r"[+-]", head + tail):
            return NOTHING
        head, tail, signs = head.replace("(", ""), tail.replace(")", ""), -1
    head, sign = _without_sign(head)
    match = _TAIL.fullmatch(tail)
    if match is None:
        return NOTHING
    minus = [sign == "-", match["minus"] is not None, match["late"] is not None, match["side"] == "cr"]
    if sum(minus) > 1 or (sign == "+" and any(minus)) or (signs < 0 and any(minus)):
        return NOTHING
    return _named(head, match, -1 if any(minus) else signs)


def _without_sign(head: str) -> tuple[str, str]:
    """Take the sign from before or behind a currency.

    >>> _without_sign("-€"), _without_sign("€-"), _without_sign("--")
    (('€', '-'), ('€', '-'), ('-', '-'))
    """
    for bare, sign in ((head[1:], head[:1]), (head[:-1], head[-1:])):
        if sign in ("+", "-"):
            return bare, sign
    return head, ""


def _named(head: str, match: re.Match[str], sign: int) -> Around:
    """Tell a number by the words before and behind it, each of which must be known."""
    before, word, per = (each.replace(".", "") for each in (head, match["word"], match["per"] or ""))
    if before and before not in SIGN_CODES:
        return NOTHING
    if _is_short_hand(word, beside_money=bool(before)):
        return Around(0, short_hand=True)
    if (per and per not in UNITS) or (word and word not in UNITS and word not in SIGN_CODES):
        return NOTHING
    meant = [SIGN_CODES[each] for each in (before, word) if each in SIGN_CODES]
    currency = frozenset.intersection(*meant) if meant else frozenset()
    if meant and not currency:
        return NOTHING
    return Around(sign, currency, per or (word if word in UNITS else ""), match["percent"] is not None)


def _is_short_hand(word: str, *, beside_money: bool) -> bool:
    """Say whether a word behind a number makes thousands or millions of it, alone or before a currency: k, Mio. €.

    >>> [_is_short_hand(word, beside_money=False) for word in ("k", "mioeur", "t", "t€", "kr", "kg", "m2")]
    [True, True, False, True, False, False, False]
    """
    if word in SIGN_CODES or (word in UNITS and not beside_money):
        return False
    return any(word.startswith(short) and (word == short or word[len(short) :] in SIGN_CODES) for short in _SHORT_HAND)
