"""Which currencies a sign or a word beside an amount can mean."""

_IN_USE = (
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP"
    " CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS"
    " INR IQD IRR IRT ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK"
    " MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF"
    " SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU"
    " UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CODES = frozenset(_IN_USE.split())
"""The currencies in use, by their codes; IRT is the Iranian toman, ten rial."""
NAMED = CODES - {"ALL", "BAM", "BOB", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "RON", "SOS", "TOP", "TRY"}
"""Those that are no words of a language as well: the name of a column or file may hold one."""

_BY_SIGN = {
    "$": "USD CAD AUD NZD MXN SGD HKD TWD ARS CLP COP BBD BSD FJD JMD TTD NAD", "¥": "JPY CNY", "￥": "JPY CNY",
    "£": "GBP EGP LBP SDG SYP", "€": "EUR", "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₫": "VND", "฿": "THB",
    "₱": "PHP", "₦": "NGN", "₴": "UAH", "₪": "ILS", "₸": "KZT", "₵": "GHS", "₼": "AZN", "₾": "GEL", "֏": "AMD",
    "৳": "BDT", "؋": "AFN", "₡": "CRC", "₲": "PYG", "₨": "INR PKR LKR NPR MUR SCR", "﷼": "IRR OMR QAR SAR YER",
    "us$": "USD", "$us": "USD", "u$s": "USD", "usd$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "can$": "CAD", "nz$": "NZD", "s$": "SGD", "sg$": "SGD", "hk$": "HKD", "nt$": "TWD", "mx$": "MXN", "mex$": "MXN",
    "j$": "JMD", "ar$": "ARS", "r$": "BRL", "dollar": "USD CAD AUD NZD", "cn¥": "CNY", "dollars": "USD CAD AUD NZD",
    "e£": "EGP", "l£": "LBP", "gh₵": "GHS", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "fr": "CHF XOF XAF",
    "kr": "SEK NOK DKK ISK", "skr": "SEK", "nkr": "NOK", "dkr": "DKK", "zł": "PLN", "zl": "PLN", "kč": "CZK",
    "kc": "CZK", "ft": "HUF", "лв": "BGN", "руб": "RUB", "р": "RUB BYN", "rub": "RUB", "грн": "UAH", "тг": "KZT",
    "тенге": "KZT", "lei": "RON MDL", "leu": "RON MDL", "din": "RSD", "дин": "RSD", "ден": "MKD", "tl": "TRY",
    "lira": "TRY", "rs": "INR PKR LKR NPR MUR SCR", "rupees": "INR PKR LKR NPR", "tk": "BDT", "rp": "IDR",
    "rm": "MYR", "s/": "PEN", "b/": "PAB", "q": "GTQ", "bs": "BOB VES", "r": "ZAR", "ksh": "KES", "kshs": "KES",
    "tsh": "TZS", "ush": "UGX", "cfa": "XOF XAF", "fcfa": "XOF XAF", "đ": "VND", "vnđ": "VND", "円": "JPY", "元": "CNY",
    "圆": "CNY", "rmb": "CNY", "원": "KRW", "บาท": "THB", "ریال": "IRR", "ريال": "IRR OMR QAR SAR YER",
    "rial": "IRR OMR YER", "rials": "IRR OMR YER", "riyal": "SAR QAR", "sr": "SAR", "رس": "SAR", "qr": "QAR",
    "رق": "QAR", "رع": "OMR", "تومان": "IRT", "تومن": "IRT", "toman": "IRT", "tomans": "IRT", "دلار": "USD",
    "یورو": "EUR", "يورو": "EUR", "درهم": "AED MAD", "دإ": "AED", "dh": "AED MAD", "dhs": "AED MAD", "دك": "KWD",
    "kd": "KWD", "دب": "BHD", "bd": "BHD", "دع": "IQD", "دج": "DZD", "da": "DZD", "دت": "TND", "dt": "TND",
    "جم": "EGP", "جنيه": "EGP SDG", "le": "EGP", "دينار": "KWD IQD JOD BHD DZD TND LYD", "دینار": "IQD KWD",
}  # fmt: skip

SIGN_CODES: dict[str, frozenset[str]] = {
    **{sign: frozenset(codes.split()) for sign, codes in _BY_SIGN.items()},
    **{code.lower(): frozenset({code}) for code in CODES},
}
"""What a sign or word can mean, written small and without full stops: {"kr": {"SEK", "NOK", "DKK", "ISK"}, …}."""
