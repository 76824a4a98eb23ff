"""Each column says itself in which order and calendar its days are written, or that it does not say."""

import datetime as dt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.calendars import persian_sql
from kam.intake.dates import DATE_FORMATS, Dates, read_dates
from kam.intake.raw import raw_name

TODAY = dt.date(2026, 6, 30)


def read(
    *values: str | None, declared: str | None = None, time_zone: str | None = None, name: str = "Date"
) -> tuple[Dates, list[dt.date | None]]:
    """Stage one column as a file's part is staged, judge it, and read its values."""
    cursor = duckdb.connect()
    cursor.execute(f'create table part ("‹row›" bigint, {raw_name(name)} varchar)')
    cursor.executemany("insert into part values (?, ?)", [list(row) for row in enumerate(values)])
    dates = read_dates(cursor, "part", name, declared=declared, today=TODAY, time_zone=time_zone)
    rows = cursor.execute(f'select {dates.value(raw_name(name))} from part order by "‹row›"').fetchall()
    return dates, [day for (day,) in rows]


LAST_OF_MARCH = [
    "2024-03-31",
    "2024/3/31",
    "2024.03.31",
    "2024. 03. 31.",
    "31.03.2024",
    "31.03.2024.",
    "31/3/2024",
    "31 3 2024",
    "3/31/2024",
    "31-03-24",
    "3/31/24",
    "20240331",
    "45382",
    "45382.75",
    " 2024-03-31 ",
    "۲۰۲۴/۰۳/۳۱",
    "２０２４-０３-３１",
    "31 Mar 2024",
    "31-March-2024",
    "31-MAR-24",
    "31MAR2024",
    "March 31, 2024",
    "Mar 31, 24",
    "Sun, 31 Mar 2024",
    "Sunday, March 31st, 2024",
    "31. März 2024",
    "So, 31. Mär. 2024",
    "31 mars 2024",
    "31 de marzo de 2024",
    "31 marzo 2024",
    "31 de março de 2024",
    "31 maart 2024",
    "31 mrt. 2024",
    "31 Mart 2024",
    "31. maaliskuuta 2024",
    "31. marts 2024",
    "31 marca 2024 r.",
    "31. března 2024",
    "2024. március 31.",
    "31 марта 2024 г.",
    "٣١ مارس ٢٠٢٤",
    "31 مارس 2024",
    "2024年3月31日",
    "2024-03-31T23:30:00Z",
    "2024-03-31T23:30:00.123+03:30",
    "2024-03-31 17:09:34 -0300",
    "2024/03/31 00:00",
    "31.03.2024 23:59:59",
    "31.03.2024 23.59",
    "31.03.2024, 23:59 Uhr",
    "3/31/2024 8:26 PM",
    "31-Mar-2024 10:00 AM",
    "14:30 2024-03-31",
    "2024-03-31 - 14:30",
    "20240331T103000Z",
    "2024-03-31 10:00 UTC",
    "2024-03-31 10:00 CET",
    "2024-03-31 10:00 Europe/Berlin",
    "Sun Mar 31 2024 10:00:00 GMT+0330 (Iran Standard Time)",
    "1711843200",
    "1711843200000",
    "2024-W13",
    "2024W13",
    "W13 2024",
    "KW 13/2024",
    "2024-Q1",
    "Q1 2024",
    "1. Quartal 2024",
    "2024-03",
    "03/2024",
    "Mar 2024",
    "März 2024",
    "2024 mars",
    "202403",
    "Mar-24",
    "2024年3月",
    "1403/01/12",
    "1403-1-12",
    "12/01/1403",
    "14030112",
    "۱۴۰۳/۰۱/۱۲",
    "12 فروردین 1403",
    "۱۲ فروردین ماه ۱۴۰۳",
    "یکشنبه 12 فروردین 1403",
    "12 Farvardin 1403",
    "۱۴۰۳/۰۱/۱۲ - ۱۴:۳۰",
    "۱۲ فروردین ۰۳",
    "2567-03-31",
    "31/03/2567",
    "25670331",
]


@pytest.mark.parametrize("written", LAST_OF_MARCH)
def test_a_day_as_it_is_written(written: str) -> None:
    dates, days = read(written)

    assert (days, dates.options, dates.undecided) == ([dt.date(2024, 3, 31)], (), 0)
    assert (dates.readable, dates.filled) == (1, 1)


NO_DAYS = [
    "abc",
    "2024",
    "31/31/2024",
    "2025-02-29",
    "2026-13-01",
    "1404/12/30",
    "1404/07/31",
    "2025-W53",
    "2026-Q5",
    "31 total 2024",
    "31 mar mar 2024",
    "2024-03-31 x",
    "5",
    "13/2024",
    "1.5",
    "99999999",
    "1-2-3-4",
    "9999999999",
    "2026-03-31; drop table part",
]


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day_is_counted_and_not_guessed(written: str) -> None:
    dates, days = read(written)

    assert days == [None]
    assert (dates.readable, dates.filled, dates.example) == (0, 1, written)


def test_a_persian_day_that_does_not_exist_is_no_day_of_another_calendar() -> None:
    assert read("1404/12/29", "1404/12/30")[1] == [dt.date(2026, 3, 20), None]
    assert read("2026-03-20", "1404-12-30")[1] == [dt.date(2026, 3, 20), None]


def test_absent_cells_are_not_filled() -> None:
    dates, days = read("", None, " ", "NULL", "-", "2024-03-31")

    assert (dates.readable, dates.filled) == (1, 1)
    assert days == [None] * 5 + [dt.date(2024, 3, 31)]


@pytest.mark.parametrize(
    ("values", "written"),
    [
        (["05/03/2026", "31/03/2026"], "d-m-y"),
        (["05/03/2026", "03/31/2026"], "m-d-y"),
        (["05/03/26", "31/03/26"], "d-m-yy"),
        (["05/03/26", "03/31/26"], "m-d-yy"),
        (["26/03/05", "26/03/31"], "yy-m-d"),
        (["1404/12/29", "1403/12/30"], "persian"),
        (["04/06/31", "04/05/02"], "persian"),
        (
            ["29/12/1404", "05/03/2026", "31/03/2026"],
            "d-m-y, each line in the calendar of its year (gregorian, Persian)",
        ),
        (["2026-01-05", "1404-10-16"], "y-m-d, each line in the calendar of its year (gregorian, Persian)"),
        (["2569-01-05"], "y-m-d in Buddhist years"),
        (["01/07/2026", "05/03/2026"], "m-d-y"),
    ],
)
def test_one_value_decides_for_its_column(values: list[str], written: str) -> None:
    dates, days = read(*values)

    assert (dates.written, dates.options, dates.undecided) == (written, (), 0)
    assert None not in days


@pytest.mark.parametrize(
    ("values", "options", "undecided"),
    [
        (["01/02/2024", "03/04/2024"], ("d-m-y", "m-d-y"), 2),
        (["01/01/2026", "03/02/2026", "13/02/2026", "01/25/2026", "15/02/2026"], ("d-m-y", "m-d-y"), 2),
        (["31/12/2024", "12/31/2024"], ("d-m-y", "m-d-y"), 2),
        (["1-2-24"], ("d-m-yy", "m-d-yy"), 1),
        (["05/03/26"], ("d-m-yy", "m-d-yy", "yy-m-d", "persian"), 1),
        (["04/12/29"], ("yy-m-d", "persian"), 1),
        (["۰۴/۱۲/۲۹"], ("yy-m-d", "persian"), 1),
        (["29/12/1404", "05/03/2026"], ("d-m-y", "m-d-y"), 1),
    ],
)
def test_what_no_value_decides_is_undecided(values: list[str], options: tuple[str, ...], undecided: int) -> None:
    dates, _ = read(*values)

    assert (dates.options, dates.undecided) == (options, undecided)
    assert set(options) <= set(DATE_FORMATS)


def test_two_branches_in_one_column_are_counted() -> None:
    ours = [f"{day:02}/{month:02}/2026" for day in range(1, 29) for month in range(1, 6)]
    dates, _ = read(*ours, "01/25/2026", "01/28/2026", "01/05/2026")

    assert dates.options == ("d-m-y", "m-d-y")
    assert dates.only == {"d-m-y": 16 * 5, "m-d-y": 2}
    assert dates.undecided == 12 * 5 + 1


def test_without_a_doubtful_line_the_format_of_most_lines_holds() -> None:
    dates, days = read(*["31/12/2024"] * 60, "12/30/2024", "2024-12-29")

    assert (dates.written, dates.options, dates.only) == ("d-m-y", (), {"d-m-y": 60, "m-d-y": 1, "y-m-d": 1})
    assert days[-2:] == [None, None]
    assert (dates.readable, dates.filled) == (60, 62)


def test_lines_are_counted_not_days() -> None:
    assert read(*["31/12/2024"] * 5, "12/30/2024", "12/29/2024", "12/28/2024")[0].written == "d-m-y"


def test_a_declared_format_is_followed() -> None:
    for declared, month in (("d-m-y", 2), ("m-d-y", 1)):
        dates, days = read("01/02/2024", declared=declared)
        assert (dates.options, dates.undecided, days) == ((), 0, [dt.date(2024, month, 3 - month)])
    days = read("04/12/29", "1404/12/29", "29/12/1404", "14041229", "۲۹ اسفند ۰۴", "1404/12/30", declared="persian")[1]
    assert days == [dt.date(2026, 3, 20)] * 5 + [None]


def test_local_days_count_where_the_business_is_told() -> None:
    stamps = (
        "2025-12-31T20:30:00Z",
        "2025-10-02 23:09:34 -0300",
        "2026-01-05T23:59:59+03:30",
        "2026-01-05 23:59",
        "2026-01-05 10:30:00 PM UTC",
    )
    assert read(*stamps)[1] == [
        dt.date(2025, 12, 31),
        dt.date(2025, 10, 2),
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 5),
    ]
    assert read(*stamps, time_zone="Asia/Tehran")[1] == [
        dt.date(2026, 1, 1),
        dt.date(2025, 10, 3),
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 5),
        dt.date(2026, 1, 6),
    ]
    assert read("1767213999")[1] == [dt.date(2025, 12, 31)]
    assert read("1767213999", time_zone="Asia/Tehran")[1] == [dt.date(2026, 1, 1)]


def test_periods_are_dated_on_their_end() -> None:
    assert read("2026-W05", "2020-W53")[1] == [dt.date(2026, 2, 1), dt.date(2021, 1, 3)]
    assert read("2025-Q4", "Q2 2024")[1] == [dt.date(2025, 12, 31), dt.date(2024, 6, 30)]
    assert read("2024-02", "Feb 2023")[1] == [dt.date(2024, 2, 29), dt.date(2023, 2, 28)]
    assert read("1403-12", "اسفند 1404")[1] == [dt.date(2025, 3, 20), dt.date(2026, 3, 20)]


def test_monthly_totals_are_recognised() -> None:
    assert read("2026-01-01", "2026-02-01", "2026-02-01")[0].monthly
    assert read("2026-01", "2026-02")[0].monthly
    assert not read("2026-01-01", "2026-02-02")[0].monthly
    assert not read("2026-01-01", "2026-01-01")[0].monthly
    assert not read("")[0].monthly


def test_a_lone_date_long_ago_is_read_as_it_stands() -> None:
    assert read("0024-01-01", "1899-12-31", "2024-01-01")[1] == [
        dt.date(24, 1, 1),
        dt.date(1899, 12, 31),
        dt.date(2024, 1, 1),
    ]


def test_every_persian_day_agrees_with_the_calendar_of_unicode() -> None:
    cursor = duckdb.connect()
    cursor.execute("set timezone = 'UTC'")
    cursor.execute(
        "create table days as select unnest(generate_series(date '1921-03-21', date '2072-03-18', interval"
        " 1 day))::date as day, day::timestamptz as moment"
    )
    cursor.execute("set calendar = 'persian'")
    cursor.execute(
        "create table persian as select day, year(moment)::bigint as y,"
        " month(moment)::bigint as m, day(moment)::bigint as d from days"
    )
    cursor.execute("set calendar = 'gregorian'")
    counts = cursor.execute(
        f"select count(*), count(*) filter ({persian_sql('y', 'm', 'd')} = day), min(y), max(y) from persian"
    ).fetchall()

    assert counts == [(55151, 55151, 1300, 1450)]


SHAPES = {
    "y-m-d": "{0:%Y-%m-%d}",
    "y/m/d": "{0:%Y/%m/%d}",
    "d-m-y": "{0.day}.{0.month}.{0.year}",
    "d/m/y": "{0:%d/%m/%Y}",
    "m/d/y": "{0.month}/{0.day}/{0.year}",
    "yyyymmdd": "{0:%Y%m%d}",
    "stamp": "{0:%d/%m/%Y} 23:59:59",
    "iso stamp": "{0:%Y-%m-%d}T08:05:01.5Z",
}
DIGITS = [str.maketrans("", ""), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")]
PAST_DAYS = st.dates(dt.date(1990, 1, 1), TODAY)


@settings(max_examples=25, deadline=None)
@given(st.lists(PAST_DAYS, min_size=1, max_size=6), st.sampled_from(sorted(SHAPES)), st.sampled_from(DIGITS))
def test_days_come_back_as_they_were_or_are_undecided(days: list[dt.date], shape: str, digits: dict[int, int]) -> None:
    dates, found = read(*(SHAPES[shape].format(day).translate(digits) for day in days))

    assert dates.options or found == days
    assert dates.readable == len(days) or dates.options


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "en short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "de short": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fr short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "es short": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "it short": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pt short": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "nl short": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "tr capitals": "OCAK ŞUBAT MART NİSAN MAYIS HAZİRAN TEMMUZ AĞUSTOS EYLÜL EKİM KASIM ARALIK",
    "tr short": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta"
    " marraskuuta joulukuuta",
    "fi short": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "pl short": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "hu short": "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru short": "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
ORDERS = ["{d} {m} {y}", "{d}. {m} {y}", "{d}-{m}-{y}", "{m} {d}, {y}", "{y}. {m} {d}.", "{d} de {m} de {y} 10:15"]


@settings(max_examples=20, deadline=None)
@given(st.lists(PAST_DAYS, min_size=1, max_size=5), st.sampled_from(sorted(MONTHS)), st.sampled_from(ORDERS))
def test_named_months_come_back(days: list[dt.date], language: str, order: str) -> None:
    names = MONTHS[language].split()
    dates, found = read(*(order.format(d=day.day, m=names[day.month - 1], y=day.year) for day in days))

    assert (found, dates.options) == (days, ())


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_of_a_language_is_known(language: str) -> None:
    names = MONTHS[language].split()

    assert read(*(f"5 {name} 2025" for name in names))[1] == [dt.date(2025, month, 5) for month in range(1, 13)]


PERSIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"


def test_persian_months_are_known_in_either_spelling() -> None:
    for names in (PERSIAN.split(), PERSIAN.replace("ی", "ي").split()):
        months = [day.month if day else None for day in read(*(f"15 {name} 1403" for name in names))[1]]
        assert months == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1360, 1404), st.integers(1, 12), st.integers(1, 29)), min_size=1, max_size=6),
    st.sampled_from(["{0}/{1:02}/{2:02}", "{2}/{1}/{0}", "{0}{1:02}{2:02}", "{0}-{1}-{2} 12:00"]),
    st.sampled_from(DIGITS),
)
def test_persian_days_come_back(days: list[tuple[int, int, int]], shape: str, digits: dict[int, int]) -> None:
    dates, found = read(*(shape.format(*day).translate(digits) for day in days))
    values = ", ".join(f"({year}::bigint, {month}::bigint, {day}::bigint)" for year, month, day in days)
    meant = (
        duckdb.connect().execute(f"select {persian_sql('y', 'm', 'd')} from (values {values}) t(y, m, d)").fetchall()
    )

    assert (dates.written, dates.options) == ("persian", ())
    assert sorted(found, key=str) == sorted((day for (day,) in meant), key=str)


def test_a_name_with_quotes_does_no_harm() -> None:
    assert read("2026-01-05", name="D\"a'te")[1] == [dt.date(2026, 1, 5)]
