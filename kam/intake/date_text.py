"""The SQL that brings a written day into one form: its parts in their order with hyphens between, without time of day.

`Mon, 5. März 2026 10:30` becomes `5-m3-2026`, `۱۴۰۴/۱۲/۲۹` becomes `1404-12-29`, `2026-W05` becomes `2026-w-05`.
"""

from kam.intake.month_names import meaning
from kam.intake.raw import in_western_signs, literal

_ZONE = r"(z|utc|gmt|(?:utc|gmt)? ?[+-]\d{2}:?\d{2}|(?:utc|gmt)? ?[+-]\d{1,2})"
_AFTER = rf"( ?(?:am|pm|a\.m\.|p\.m\.|ق\.?ظ|ب\.?ظ|uhr|h))?( ?(?:{_ZONE}|[a-z]{{2,5}}|[a-z]+/[a-z_]+))?( ?\(.*\))?$"
_TIME = rf"[ t,;-]+\d{{1,2}}:\d{{2}}(:\d{{2}}([.,¤]\d+)?)?{_AFTER}"
_TIME_FIRST = r"^\d{1,2}:\d{2}(:\d{2})?[ ,-]+"
_TIME_OF_POINTS = r"(\d{4})[ t]+\d{1,2}\.\d{2}(\.\d{2})?$"  # 31.03.2024 23.59, as in Finland
_TIME_OF_DIGITS = r"^(\d{8})t\d{4}(\d{2})?([.,]\d+)?z?$"
_TIME_IN_WORDS = rf"(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?(?:[.,¤]\d+)?( ?[ap]\.?m\.?)? ?{_ZONE}(?: ?\(.*\))?$"
_WORDS = r"[\p{L}\p{M}]+"
_BARE = r"\d+([./-]\d+)*"


def is_bare(raw: str) -> str:
    """Write the SQL of whether a cell holds digits and single separators alone, as most columns do in every line."""
    return f"regexp_full_match({raw}, '{_BARE}')"


def bare_text(raw: str) -> str:
    """Write the SQL of the one form of a bare cell."""
    return f"replace(replace({raw}, '/', '-'), '.', '-')"


def words_in(raw: str) -> str:
    """Write the SQL of the list of words in a cell that is not bare."""
    return f"regexp_extract_all({_without_time(in_western_signs(raw))}, '{_WORDS}')"


def day_text(raw: str, words: tuple[str, ...]) -> str:
    """Write the SQL of the one form of a cell; `words` are those of the column that mean something in a date."""
    day = _without_time(in_western_signs(raw))
    if not words:
        joined = rf"trim(regexp_replace({day}, '[./, \-]+', '-', 'g'), '-')"
        return f"case when {is_bare(raw)} then {bare_text(raw)} else {joined} end"
    meant = " ".join(f"when {literal(word)} then {literal(meaning(word))}" for word in words)
    parts = f"list_transform(regexp_extract_all(day, '\\d+|{_WORDS}'), lambda part: case part {meant} else part end)"
    joined = f"array_to_string(list_filter({parts}, lambda part: part <> ''), '-')"
    clean = r"regexp_full_match(day, '[\d\p{L}\p{M}./, ''\-]*')"
    read = f"list_transform([{day}], lambda day: case when {clean} then {joined} end)[1]"
    return f"case when {is_bare(raw)} then {bare_text(raw)} else {read} end"


def _without_time(western: str) -> str:
    return (
        f"regexp_replace(regexp_replace(regexp_replace({western}, '{_TIME}|{_TIME_FIRST}', ''),"
        rf" '{_TIME_OF_POINTS}', '\1'), '{_TIME_OF_DIGITS}', '\1')"
    )


def has_zone(raw: str) -> str:
    """Write the SQL of whether a time of day with its zone stands in a cell."""
    return f"regexp_matches({in_western_signs(raw)}, '{_TIME_IN_WORDS}')"


def local_day(day: str, raw: str, time_zone: str) -> str:
    """Write the SQL of the day of a stamp with a zone as the clocks of another zone had it."""
    names = "['hour', 'minute', 'second', 'half', 'zone']"
    parts = f"regexp_extract({in_western_signs(raw)}, '{_TIME_IN_WORDS}', {names})"
    hour = (
        "(time.hour::bigint % case when time.half = '' then 24 else 12 end"
        " + case when time.half like '%p%' then 12 else 0 end)"
    )
    clock = f"to_seconds({hour} * 3600 + time.minute::bigint * 60 + coalesce(try_cast(time.second as bigint), 0))"
    digits = "regexp_extract(time.zone, '([+-])(\\d{1,2}):?(\\d{2})?', ['sign', 'hours', 'minutes'])"
    offset = (
        "(case when zone.sign = '-' then -1 else 1 end * (coalesce(try_cast(zone.hours as bigint), 0) * 60"
        " + coalesce(try_cast(zone.minutes as bigint), 0)))"
    )
    stamp = f"({day})::timestamp + {clock} - to_minutes({offset})"
    local = f"(({stamp}) at time zone 'UTC' at time zone {literal(time_zone)})::date"
    bound = f"list_transform([{digits}], lambda zone: {local})[1]"
    return f"case when {has_zone(raw)} then list_transform([{parts}], lambda time: {bound})[1] else {day} end"
