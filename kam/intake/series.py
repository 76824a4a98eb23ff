"""Which files and sheets go on one another by their names, and which say that they hold no sales."""

import re

from kam.intake.concepts import ideas
from kam.intake.status import kind_of_status

_MONTH_NAMES = (
    "jan january januar janvier enero gennaio januari janeiro ocak feb february februar fevrier février febrero"
    " febbraio februari fevereiro şubat subat mar mär mrz march märz maerz mars marzo maart março mart apr"
    " april avril abril aprile nisan may mai mayo maggio mei maio mayıs mayis jun june juni juin junio giugno"
    " junho haziran jul july juli juillet julio luglio julho temmuz aug august août aout agosto augustus"
    " ağustos agustos sep sept september septembre septiembre settembre setembro eylül eylul oct okt october"
    " oktober octobre octubre ottobre outubro ekim nov november novembre noviembre novembro kasım kasim dec dez"
    " december dezember décembre decembre diciembre dicembre dezembro aralık aralik فروردین اردیبهشت خرداد تیر"
    " مرداد شهریور مهر آبان آذر دی بهمن اسفند"
)
_MONTHS = frozenset(_MONTH_NAMES.split())


def series_of(name: str) -> tuple[str, ...]:
    """Reduce a name to its words without digits and months: what goes on one another has the same ones.

    >>> series_of("jan 2025"), series_of("Sales 2026-02") == series_of("sales march")
    ((), True)
    """
    words = re.findall(r"[^\W\d_]+", name.lower())
    return tuple(word for word in words if word not in _MONTHS)


def says_no_sales(name: str) -> bool:
    """Say whether a name is that of a forecast, a budget, quotes or drafts.

    >>> [says_no_sales(name) for name in ("Forecast", "budget 2026", "Open quotes", "Invoices", "sales 2025")]
    [True, True, True, False, False]
    """
    return "past" in ideas(name) or any(
        kind_of_status(word) in ("quote", "draft", "cancelled", "void") for word in re.findall(r"[^\W\d_]+", name)
    )
