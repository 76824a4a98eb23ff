"""The words of a date: months in many languages, and what may stand beside them without a meaning of its own."""

import unicodedata

_MONTHS = """
january jan jän jänner januar enero ene gennaio gen janeiro januari janvier janv ocak oca tammikuu tammikuuta tammi
 styczeń stycznia sty leden ledna led január январь января янв ژانویه يناير جانفي كانون
february feb febr februar febrero febbraio fevereiro fev februari février févr fév şubat şub helmikuu helmikuuta helmi
 luty lutego lut únor února úno február февраль февраля фев فوریه فبراير شباط فيفري
march mar märz mär mrz marzo março maart mrt mars marts mart maaliskuu maaliskuuta maalis marzec marca březen března bře
 március márc март марта мар مارس آذار
april apr abril abr aprile avril avr nisan nis huhtikuu huhtikuuta huhti kwiecień kwietnia kwi duben dubna dub április
 ápr апрель апреля апр آوریل أبريل ابريل إبريل نيسان أفريل
may mai mayo maggio mag maio mei maj mayıs toukokuu toukokuuta touko maja květen května kvě május máj май мая مه می مايو
 أيار ماي
june jun juni junio giugno giu junho juin haziran haz kesäkuu kesäkuuta kesä czerwiec czerwca cze červen června čvn
 június jún июнь июня июн ژوئن يونيو حزيران جوان
july jul juli julio luglio lug julho juillet juil temmuz tem heinäkuu heinäkuuta heinä lipiec lipca lip červenec
 července čvc július júl июль июля июл ژوئیه جولای يوليو تموز جويلية
august aug agosto ago août aou augustus ağustos ağu elokuu elokuuta elo sierpień sierpnia sie srpen srpna srp augusti
 augusztus август августа авг اوت آگوست أغسطس آب
september sep sept septiembre setiembre set settembre setembro septembre eylül eyl syyskuu syyskuuta syys wrzesień
 września wrz září zář szeptember szept сентябрь сентября сен сент سپتامبر سبتمبر أيلول
october oct oktober okt octubre ottobre ott outubro out octobre ekim eki lokakuu lokakuuta loka październik października
 paź říjen října říj október октябрь октября окт اکتبر أكتوبر اكتوبر
november nov noviembre novembre novembro kasım kas marraskuu marraskuuta marras listopad listopada listopadu lis ноябрь
 ноября ноя нояб نوامبر نوفمبر
december dec dezember dez diciembre dic dicembre dezembro décembre déc desember des aralık ara joulukuu joulukuuta joulu
 grudzień grudnia gru prosinec prosince pro декабрь декабря дек دسامبر ديسمبر
"""
_PERSIAN_MONTHS = """
فروردین farvardin
اردیبهشت ordibehesht
خرداد khordad
تیر tir
مرداد امرداد mordad
شهریور shahrivar
مهر mehr
آبان ابان aban
آذر اذر azar
دی dey
بهمن bahman
اسفند esfand
"""
_BESIDE = """
 monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun montag mo
 dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so lundi lun mardi mercredi mer jeudi
 jeu vendredi ven samedi sam dimanche dim lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom
 lunedì martedì mercoledì giovedì gio venerdì sabato domenica segunda seg terça ter quarta qua quinta qui sexta sex
 feira maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo pazartesi pzt salı sal çarşamba çar
 perşembe per cuma cum cumartesi cmt pazar maanantai tiistai ti keskiviikko ke torstai to perjantai pe lauantai la
 sunnuntai su måndag mån tisdag tis onsdag ons torsdag tors tor fredag fre lördag lör söndag sön mandag man tirsdag
 tir lørdag lør søndag søn poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob niedziela nd pondělí
 po úterý út středa st čtvrtek čt pátek pá neděle ne hétfő kedd szerda csütörtök péntek szombat vasárnap понедельник
 пн вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه
 جمعه یک دو سه چهار پنج الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت rd th er re ère ème º ª e o de del of the
 le den der am on year an г года год år rok r roku ماه سال مورخ تاریخ م 年 月 日 년 월 일 年月日
"""
_WEEK = "w wk week kw woche sem semaine semana settimana hafta uke vecka uge týden tydzień неделя هفته"
_QUARTER = "q qtr quarter quartal trimestre trim kwartał kwartal kvartal kwartaal çeyrek квартал кв سهماهه فصل"


def meaning(word: str) -> str:
    """Tell what a word says in a date: a month (`m3`), a Persian month (`p12`), a week, a quarter, nothing; or itself.

    >>> [meaning(word) for word in ("mart", "marraskuuta", "Juil", "März", "اسفند", "مارس", "Mon", "kw", "q", "total")]
    ['m3', 'm11', 'm7', 'm3', 'p12', 'm3', '', 'w', 'q', 'total']
    """
    return _MEANT.get(_folded(word), word)


def is_known(word: str) -> bool:
    """Say whether a word means something in a date, or nothing beside one.

    >>> is_known("q"), is_known("of"), is_known("total")
    (True, True, False)
    """
    return _folded(word) in _MEANT


def _folded(word: str) -> str:
    """Write a word small, without accents, and with the Arabic letters of Persian as the Persian ones."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))
    return bare.translate(str.maketrans("ıłøيىك", "iloییک"))


def _lines(text: str) -> list[str]:
    """Join a line that begins with a blank to the one before."""
    return text.strip().replace("\n ", " ").split("\n")


_MEANT: dict[str, str] = (
    dict.fromkeys(map(_folded, _BESIDE.split()), "")
    | {_folded(word): "w" for word in _WEEK.split()}
    | {_folded(word): "q" for word in _QUARTER.split()}
    | {_folded(word): f"m{month}" for month, words in enumerate(_lines(_MONTHS), start=1) for word in words.split()}
    | {_folded(word): f"p{month}" for month, words in enumerate(_lines(_PERSIAN_MONTHS), 1) for word in words.split()}
)
