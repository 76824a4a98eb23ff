"""What the words of a column's name are about, in the languages of the world, and which columns of sales that can mean.

A name is a hypothesis, tested on the values later. It is cut into words ("Sell-to Customer No.", "NettoBetrag",
"rechnungsdatum"), each word stands for an idea of the trade, and a column of the schema is a combination of ideas.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kam.intake.currencies import CODES, SIGN_CODES
from kam.intake.wordlists import wordlists

_IN_BRACKETS = frozenset(
    [
        "net",
        "gross",
        "tax",
        "including",
        "excluding",
        "after",
        "discount",
        "unit",
        "line",
        "total",
        "cost",
        "list",
        "base",
        "percent",
        "id",
        "name",
    ]
)
_IN_CURRENCY = re.compile(r"(?i)\s(?:in|en)\s+(\S.*(?:curr(?:ency|\.)?|w(?:ä|ae)hrung|devise|moneda|valuta))\s*$")
_LINKS = ("", "s", "n", "es", "en", "er", "e", "i", "si", "sı")
_LONGEST = 40


def fold(name: str) -> str:
    """Reduce a column name to what matters: letters and digits without case, accents, spaces and signs.

    >>> fold("Customer_ID") == fold("customer id") == fold("CustomerId")
    True
    """
    return "".join(_pieces(name))


def unified(text: str) -> str:
    """Write a text without case and accents, and the letters that alphabets write in two ways in one."""
    if text.isascii():
        return text.lower()
    same = text.replace("ي", "ی").replace("ك", "ک").replace("ة", "ه").replace("ı", "i").replace("ø", "o")
    letters = unicodedata.normalize("NFKD", same.replace("ß", "ss").replace("æ", "ae")).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and letter != "\u200d")


def _pieces(name: str) -> list[str]:
    numbered = re.sub(r"#(?!\w)", " no ", name)  # "Customer #" is not "Customer"
    return re.findall(r"[^\W_]+|[%$]", unified(numbered)) if "%" in name else re.findall(r"[^\W_]+", unified(numbered))


_MEANT: dict[str, str] = {}
for _about, _list in wordlists("ideas").items():
    for _word in _list:
        _MEANT.setdefault(unified(_word), _about)


@lru_cache(maxsize=4096)
def ideas(name: str) -> frozenset[str]:
    """Say what the words of a column's name are about; words nobody knows are about nothing.

    >>> sorted(ideas("Sell-to Customer No."))
    ['customer', 'id', 'soldto']
    >>> sorted(ideas("Rechnungsdatum")), sorted(ideas("LineTotal")), sorted(ideas("مبلغ کل پس از تخفیف (ریال)"))
    (['date', 'invoice'], ['line', 'total'], ['after', 'amount', 'discount', 'total'])
    """
    kept, inside = _parts(name)
    spaced = " ".join(
        word if all(_meant(piece) for piece in _pieces(word)) else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)
        for word in kept.split()
    )
    found: list[str] = []
    text = unified(spaced)
    if "پس از تخفیف" in text or re.search(r"after (disc|rabatt)|nach rabatt|apres remise", text):
        found.append("after")
    for piece in _pieces(spaced):
        found += _meant(piece[:_LONGEST])
    found += [idea for piece in _pieces(inside) for idea in _meant(piece[:_LONGEST]) if idea in _IN_BRACKETS]
    if "%" in name:
        found.append("percent")
    return frozenset(found) - {"empty"}


def _parts(name: str) -> tuple[str, str]:
    """Part a name into what stands outside of brackets and inside; "Ship-to" and the like become one word.

    >>> _parts("Amount in local currency"), _parts("Sell-to Customer No.")
    (('Amount  ', 'base'), ('Sellto Customer No.', ''))
    """
    joined = re.sub(r"(?i)\b(ship|bill|sold|sell)[- ]to\b", r"\1to", name)
    joined = re.sub(r"(?i)\b(d ?/ ?c|s ?/ ?h|[cd]r ?/ ?[cd]r)\b", "haben", joined)
    joined = re.sub(r"(?i)\b(sold|handled|served) by\b", "salesperson", joined)
    joined = _IN_CURRENCY.sub(lambda found: " (base)" if _of_the_company(found[1]) else "", joined)
    joined = re.sub(r"(?i)\bin hw\b", "(base)", joined)  # Hauswährung; HW alone is hardware
    outside = re.sub(r"[(\[].*?[)\]]", " ", joined)
    if joined.strip().startswith(("(", "[")) or not _pieces(outside):
        return joined, ""
    return outside, " ".join(re.findall(r"[(\[](.*?)[)\]]", joined))


def _of_the_company(currency: str) -> bool:
    """Say whether words name the currency a company keeps its books in: local, functional, of the company code."""
    return any(idea in ("base", "party") for piece in _pieces(currency) for idea in _meant(piece))


@lru_cache(maxsize=4096)
def says_more(name: str) -> bool:
    """Say whether a word of a name, outside of brackets, is one that nobody here knows, written together or apart."""
    outside, _ = _parts(name)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", outside)
    return all(any(map(_says_nothing, _pieces(text))) for text in (outside, apart))


def _says_nothing(piece: str) -> bool:
    known = piece.isdecimal() or len(piece) == 1 or piece.upper() in CODES or piece in SIGN_CODES
    return not known and not _meant(piece[:_LONGEST])


@lru_cache(maxsize=4096)
def _meant(piece: str) -> tuple[str, ...]:
    """Take a word for its idea, or for those of the words it is put together from; all of it must be known."""
    piece = piece.strip("0123456789") or piece
    if piece in _MEANT:
        return (_MEANT[piece],)
    if len(piece) < 4 or len(piece) > _LONGEST:  # noqa: PLR2004 - too short to be put together
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(2, len(piece) + 1):
        for start in range(end - 2, -1, -1):
            word = piece[start:end]
            if start in best and (known_as := _idea(word, last=end == len(piece))) is not None:
                known = (*best[start], known_as)
                if end not in best or len(known) < len(best[end]):
                    best[end] = known
    return best.get(len(piece), ())


def _idea(word: str, *, last: bool) -> str | None:
    if word in _MEANT and len(word) > 1:
        return _MEANT[word]
    if last:
        return None
    for link in _LINKS[1:]:
        bare = word.removesuffix(link)
        if bare != word and len(bare) > 2 and bare in _MEANT:  # noqa: PLR2004 - a word of three letters at least
            return _MEANT[bare]
    return None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column of sales that a name can mean: ideas that must be there, ideas that must not, and how surely."""

    column: str
    needs: frozenset[str]
    never: frozenset[str]
    strength: int


def _means(column: str, strength: int, needs: str, never: str = "") -> Meaning:
    return Meaning(column, frozenset(needs.split()), frozenset(never.split()), strength)


_NO_CUSTOMER = "since rating po name date payer product category parent manager type"
_NO_MONEY = "percent currency date id ledger exchange weight shipping name status type past charge returned refund"
MEANINGS: tuple[Meaning, ...] = (
    # who bought: the customer's own number before its name, the customer before the account, sold-to before payer
    _means("account_id", 9, "soldto id", "name date product manager"),
    _means("account_id", 9, "customer id", _NO_CUSTOMER + " shipto order invoice"),
    _means("account_id", 8, "soldto", "product name date place country price amount"),
    _means(
        "account_id",
        6,
        "customer",
        _NO_CUSTOMER + " shipto order invoice region industry price country place status discount",
    ),
    _means("account_id", 5, "customer payer", "name date shipto order invoice product category type status"),
    _means("account_id", 5, "party id", "name date"),
    _means("account_id", 4, "payer id", "name date place amount quantity type invoice"),
    _means("account_id", 4, "ledger id", "name date manager"),
    _means("account_id", 3, "ledger", "revenue name date manager type balance"),
    _means("account_id", 3, "party", "name date product"),
    _means("account_id", 2, "payer", "name date place amount quantity type country"),
    _means("account_id", 1, "contact", "date"),
    _means("account_id", 1, "customer product", "name date amount price quantity category type status discount"),
    _means("account_name", 9, "customer name", "payer shipto product contact parent manager category"),
    _means("account_name", 8, "soldto name", ""),
    _means("account_name", 7, "party name", "product"),
    _means("account_name", 6, "ledger name", ""),
    _means("account_name", 5, "payer name", "product"),
    _means("account_name", 4, "payer party", ""),
    _means(
        "account_name", 3, "name", "product order invoice manager category region country contact line shipto place"
    ),
    # the order
    _means("order_id", 9, "invoice id", "date customer product line type"),
    _means("order_id", 9, "order id", "date customer product line type"),
    _means(
        "order_id",
        6,
        "order",
        "date customer product line type status total amount quantity name price category party manager",
    ),
    _means(
        "order_id",
        6,
        "invoice",
        "date customer product line type status total amount quantity name price net gross tax currency",
    ),
    _means(
        "order_id",
        2,
        "id",
        "date customer product line type amount quantity name ledger party soldto payer shipto"
        " manager price tax place status",
    ),
    _means("order_date", 9, "invoice date", "later"),
    _means("order_date", 8, "order date", "later"),
    _means("order_date", 7, "posting date", "later"),
    _means("order_date", 6, "revenue date", "later"),
    _means("order_date", 5, "date", "later customer cancelled"),
    _means("order_date", 2, "date later", ""),
    # what was bought
    _means("product_id", 9, "product id", "category line name date amount price description"),
    _means("product_id", 8, "sku", "name amount price"),
    _means(
        "product_id",
        5,
        "product",
        "category line name date soldto amount price quantity description total cost net"
        " unit type"
        " customer gross revenue status",
    ),
    _means("product_name", 9, "product name", "category"),
    _means("product_name", 8, "product description", "category"),
    _means("product_name", 5, "description", "customer category"),
    _means("product_name", 5, "line name", "customer manager"),
    _means("category", 9, "product category", ""),
    _means("category", 8, "product line", "id name date amount total discount price quantity net"),
    _means("category", 6, "category", "customer tax line manager"),
    _means("product_kind", 5, "product type", ""),
    # how much
    _means("quantity", 8, "quantity revenue", "price amount discount cost net name"),
    _means("quantity", 9, "quantity", "price amount revenue discount cost returned refund total"),
    _means("quantity", 6, "product soldto", "amount total net price category name date id"),
    _means("quantity", 4, "product revenue", "amount total net price category name date id tax"),
    _means("quantity", 5, "quantity total", "price amount"),
    # money of the line, without tax
    _means("net_amount", 9, "line net", _NO_MONEY),
    _means("net_amount", 9, "net excluding", _NO_MONEY + " price"),
    _means("net_amount", 9, "net amount", _NO_MONEY + " unit gross including tax balance cumulated"),
    _means("net_amount", 9, "net revenue", _NO_MONEY + " unit gross including cumulated"),
    _means("net_amount", 9, "amount excluding tax", _NO_MONEY + " unit"),
    _means("net_amount", 9, "total excluding tax", _NO_MONEY + " unit"),
    _means("net_amount", 9, "amount after discount", _NO_MONEY + " unit tax"),
    _means("net_amount", 8, "line amount", _NO_MONEY + " unit gross including discount cost tax profit"),
    _means("net_amount", 8, "line sub", _NO_MONEY + " unit gross including discount cost tax profit"),
    _means("net_amount", 8, "excluding tax", _NO_MONEY + " unit price discount cost"),
    _means("net_amount", 4, "extended", _NO_MONEY + " unit cost discount tax"),
    _means("list_amount", 6, "extended amount", _NO_MONEY + " unit cost"),
    _means("net_amount", 8, "line total", _NO_MONEY + " unit gross including discount cost tax profit"),
    _means("net_amount", 8, "product total", _NO_MONEY + " gross including discount cost tax quantity profit"),
    _means("net_amount", 7, "net", _NO_MONEY + " unit gross including tax price discount cost profit balance"),
    _means("net_amount", 7, "net price", _NO_MONEY + " unit gross including discount cost"),
    _means("net_amount", 7, "net tax", _NO_MONEY + " unit gross price including"),
    _means("net_amount", 7, "total price", _NO_MONEY + " unit gross including discount cost tax list"),
    _means("net_amount", 6, "revenue amount", _NO_MONEY + " unit cumulated gross including discount cost tax order"),
    _means("net_amount", 4, "revenue cumulated", _NO_MONEY + " unit"),
    _means(
        "net_amount",
        6,
        "revenue",
        _NO_MONEY + " unit quantity cumulated gross including discount cost tax price"
        " order"
        " invoice manager"
        " customer region product category",
    ),
    _means("net_amount", 3, "product revenue", _NO_MONEY + " unit gross including discount cost tax profit balance"),
    _means(
        "net_amount",
        5,
        "amount",
        _NO_MONEY + " unit gross including discount cost tax profit list balance refund"
        " payment order invoice cumulated",
    ),
    _means(
        "net_amount",
        4,
        "total",
        _NO_MONEY + " unit gross including discount cost tax profit list quantity balance sub payment cumulated",
    ),
    _means("net_amount", 3, "cumulated", _NO_MONEY + " unit gross discount cost tax quantity profit"),
    _means("net_amount", 3, "cumulated amount", _NO_MONEY + " unit gross discount cost tax quantity profit"),
    _means("net_amount", 3, "cumulated revenue", _NO_MONEY + " unit gross discount cost tax quantity profit"),
    _means("net_amount", 2, "invoice amount", _NO_MONEY + " unit discount cost tax gross including balance"),
    _means("net_amount", 2, "order amount", _NO_MONEY + " unit discount cost tax gross including balance"),
    _means("order_amount", 6, "sub", _NO_MONEY + " unit tax discount category line"),
    _means("order_amount", 7, "invoice total", _NO_MONEY + " unit tax line"),
    _means("order_amount", 7, "order total", _NO_MONEY + " unit tax line"),
    _means("amount_with_tax", 9, "including tax", _NO_MONEY + " unit"),
    _means("amount_with_tax", 8, "gross amount", _NO_MONEY + " unit discount profit"),
    _means("amount_with_tax", 8, "gross total", _NO_MONEY + " unit discount profit"),
    _means("amount_with_tax", 8, "gross revenue", _NO_MONEY + " unit discount profit"),
    _means("amount_with_tax", 8, "amount including", _NO_MONEY + " unit discount"),
    _means("amount_with_tax", 8, "total including", _NO_MONEY + " unit discount"),
    _means("amount_with_tax", 7, "including", _NO_MONEY + " unit discount price"),
    _means("amount_with_tax", 7, "gross", _NO_MONEY + " unit discount price profit"),
    _means("tax_amount", 8, "tax", _NO_MONEY + " excluding including net unit price category gross"),
    _means("tax_rate", 8, "tax percent", "excluding including net price category amount"),
    _means("tax_rate", 6, "tax price", "excluding including net unit category amount total"),
    _means("list_amount", 8, "list amount", _NO_MONEY + " unit"),
    _means("list_amount", 8, "list total", _NO_MONEY + " unit"),
    _means("list_amount", 8, "excluding discount", _NO_MONEY + " unit tax"),
    _means("list_amount", 6, "gross", _NO_MONEY + " unit tax including profit"),
    _means("list_price", 9, "list price", "total currency date id"),
    _means("list_price", 8, "list unit", "total currency date id"),
    _means("list_price", 7, "list", "total currency date id amount name category"),
    _means("unit_price", 9, "unit price", "cost currency date id list"),
    _means("unit_price", 8, "unit net", "cost currency date id list"),
    _means("unit_price", 7, "price", "exchange cost total currency date id list net category extended tax"),
    _means("unit_price", 7, "price excluding", "cost total currency date id list category extended"),
    _means("unit_price", 6, "price including", "cost total currency date id list category extended"),
    _means("unit_price", 6, "unit revenue", "cost currency date id list"),
    _means("unit_price", 5, "unit amount", "cost currency date id list discount tax"),
    _means("unit_cost", 9, "unit cost", "currency date id"),
    _means("unit_cost", 8, "cost price", "currency date id total"),
    _means("cost_amount", 8, "cost total", "currency date id unit"),
    _means("cost_amount", 8, "cost amount", "currency date id unit"),
    _means("cost_amount", 7, "cost", "currency date id unit price name category shipping"),
    _means("profit", 8, "profit", "percent currency date id name exchange"),
    _means("discount", 8, "discount", "currency date id name after excluding net total category"),
    _means("charge", 5, "charge", "percent currency date id name type status category after including net total"),
    _means("currency", 8, "currency", "price amount total exchange date"),
    _means("currency", 6, "currency id", "price amount total exchange date"),
    # what the line is
    _means("status", 8, "status", "date amount currency place region tax"),
    _means("status", 6, "cancelled", ""),
    _means("status", 7, "invoice status", "date"),
    _means("status", 7, "order status", "date"),
    _means("document_type", 8, "invoice type", "date"),
    _means("document_type", 6, "side", "date amount"),
    _means("document_type", 7, "order type", "date"),
    _means("document_type", 4, "type", "date customer product line tax price discount payment category place"),
    # what hangs on the customer
    _means("parent", 8, "parent", "date product"),
    _means("industry", 8, "industry", "date product id"),
    _means("industry", 5, "customer category", "date"),
    _means("industry", 4, "customer type", "date"),
    _means("region", 8, "region", "date id product"),
    _means("region", 6, "customer region", "date"),
    _means("region", 4, "country", "date id currency shipto"),
    _means("manager", 8, "manager", "date id product amount"),
    _means("manager", 6, "manager name", "date"),
)


@lru_cache(maxsize=4096)
def meanings(name: str) -> dict[str, int]:
    """Say which columns of sales a name can mean, each with how surely from 1 (perhaps) to 9 (its very words).

    >>> meanings("Sell-to Customer No."), meanings("Umsatz netto"), meanings("Bruttobetrag")
    ({'account_id': 9}, {'net_amount': 9}, {'amount_with_tax': 8, 'list_amount': 6})
    >>> meanings("Remarks")
    {}
    """
    about = ideas(name)
    found: dict[str, int] = {}
    less = 3 if says_more(name) else 0  # "Coupon Amount" says less surely what it is than "Amount"
    for each in MEANINGS:
        if each.needs <= about and not each.never & about:
            found[each.column] = max(each.strength - less, 1, found.get(each.column, 0))
    return found
