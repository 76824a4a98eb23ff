"""How a column writes its numbers: its decimal mark, what stands around them, and in what they count.

Each column is judged by its own values. A frame is what stands around a number, with 0 in its place: `€0`, `(0)`,
`0 kg`.
"""

import re
from collections import Counter
from dataclasses import dataclass

import duckdb

from kam.intake.around import NOTHING, Around, around
from kam.intake.number_text import NUMBER, OTHER, digits_of, frame_of, framed_digits, is_bare, is_number, text_of
from kam.intake.raw import in_western_signs, is_there, literals, raw_name
from kam.intake.scale import scale_in

_FEW = 20
"""One value in so many that could be a slip of the pen does not decide how all the others are read."""
_A_SLIP = 0.05
_FRAMES = 400  # a column with more ways to write a number holds texts
_AT_ONCE = 16  # columns in one statement: of more, DuckDB takes longer to plan than to read
_LONGEST = 60  # letters of a number with all that stands around it
_ID = re.compile(r"[A-Za-z]-?\d+|[A-Za-z]+-?0\d+")  # R17 and SR-001 number orders, unless R17.50 stands there as well


@dataclass(frozen=True, slots=True)
class Numbers:
    """How one column of one part writes its numbers."""

    decimal: str  # "." or ","
    scale: float  # what a written number counts: 1000 under "(in 000)", 10 under "(تومان)", as a toman is ten rial
    undecided: int  # lines that two countries read differently, while this column does not decide; 0 = decided
    example: str | None  # one such value
    numeric: int  # filled lines that are numbers under this decimal mark
    filled: int
    written: str  # in words: "decimal ,"; "decimal ., in thousands"
    short_hand: int = 0  # lines such as 10.5k or 3 Mio., which are read as no number
    percent: int = 0  # lines with a percent sign
    units: tuple[str, ...] = ()  # the units behind the numbers, as "kg"
    currencies: tuple[frozenset[str], ...] = ()  # what each sign beside the numbers can mean
    frames: tuple[tuple[str, int], ...] = ()  # each frame that makes a number, and its sign
    form: str = "framed"  # "plain": digits and one mark; "bare": with thousands; "framed": with signs and words

    @property
    def share(self) -> bool:
        """Whether the values are shares: percent signs on a few of many are slips of the pen."""
        return self.percent > _A_SLIP * self.filled

    def value(self, raw: str, kind: str, *, share: bool = False) -> str:
        """Write the SQL of a cell's number as a DuckDB type, NULL where it is none; of a share, 5 % and 5 are 0.05."""
        if self.form == "plain":
            return self._as(raw if self.decimal == "." else f"replace({raw}, ',', '.')", kind)
        digits = self._as(digits_of(raw, self.decimal), kind)
        bare = f"case when {is_number(raw, self.decimal, '-?')} then {digits} end"
        if self.form == "bare":
            return bare
        number = f"case when {is_bare(raw)} then {bare} else {self._framed(raw, kind)} end"
        if not share:
            return number
        percent = f"abs(n) >= 1 or contains({in_western_signs(raw)}, '%')"
        return f"list_transform([{number}], lambda n: case when {percent} then n / 100 else n end)[1]"

    def _framed(self, raw: str, kind: str) -> str:
        if not self.frames:
            return "null"
        value = self._as(framed_digits("p.text", self.decimal), kind)
        signed = {sign: [frame for frame, its in self.frames if its == sign] for sign in (1, -1)}
        whens = " ".join(
            f"when p.frame in {literals(frames)} then {'-' if sign < 0 else ''}{value}"
            for sign, frames in signed.items()
            if frames
        )
        number = f"case when {is_number('p.text', self.decimal)} then case {whens} end end"
        # each lambda binds what is used several times, so that it is worked out once
        framed = f"list_transform([{in_western_signs(raw)}], lambda w: {{'w': w, 'frame': {frame_of('w')}}})"
        texts = f"list_transform({framed}, lambda p: {{'frame': p.frame, 'text': {text_of('p.w', 'p.frame')}}})"
        return f"list_transform({texts}, lambda p: {number})[1]"

    def _as(self, plain: str, kind: str) -> str:
        """Turn digits with a point into a type and count them by the scale, without a rounding in between."""
        factor = "" if self.scale == 1 else f" * {self.scale:.3f}" if self.scale < 1 else f" * {self.scale:.0f}"
        if kind == "double":
            number = f"try_cast({plain} as double){factor}"
            return f"case when isfinite({number}) then {number} end"
        if not factor and kind != "bigint":
            return f"try_cast({plain} as {kind})"
        exact = f"try_cast({plain} as decimal(24,8)){factor}"
        if kind != "bigint":
            return f"try_cast({exact} as {kind})"
        return f"case when {exact} = try_cast({exact} as bigint) then try_cast({exact} as bigint) end"


def read_numbers(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    names: list[str],
    *,
    declared: str | None,
    exact: frozenset[str] = frozenset(),
) -> dict[str, Numbers]:
    """Find out how each text column of a relation writes its numbers, each from its own values alone.

    Parameters
    ----------
    declared
        The decimal mark that `book.toml` gives; nothing is undecided then.
    exact
        Columns whose cells are numbers of a workbook, written with a point.
    """
    seen = _seen(cursor, relation, names)
    return {name: _judge(name, seen[name], "." if name in exact else declared) for name in names}


@dataclass(frozen=True, slots=True)
class _Seen:
    """Lines of one column that are written in one way."""

    frame: str  # empty where no number was made out
    bare: bool  # nothing but digits, marks and a minus
    grouped: dict[str, bool]  # by decimal mark: whether something stands between thousands
    fits: dict[str, bool]  # by decimal mark: whether this is a number at all
    marked: bool  # a point or a comma stands in it
    short: bool  # one mark and one or two digits behind at most three: a figure typed by hand looks so
    lines: int
    example: str

    @property
    def ambiguous(self) -> bool:
        """Whether both marks make a number of it, and not the same one."""
        return self.marked and all(self.fits.values())


def _seen(cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str]) -> dict[str, list[_Seen]]:
    """Group the lines of every column by how they are written."""
    seen: dict[str, list[_Seen]] = {name: [] for name in names}
    cursor.execute("create or replace temp table number_cells (place int, r varchar, n bigint, bare bool)")
    for start in range(0, len(names), _AT_ONCE):
        some = list(enumerate(names))[start : start + _AT_ONCE]
        cells = " union all ".join(
            f"select {place} as place, {raw_name(name)} as r, count(*) as n from {relation} group by all"
            for place, name in some
        )
        cursor.execute(  # only the distinct values are looked at, and that is planned once for all columns
            f"insert into number_cells with cells as materialized ({cells})"
            f" select place, r, n, {is_bare('r')} from cells where {is_there('r')}"
        )
    framed = not cursor.execute("select coalesce(bool_and(bare), true) from number_cells").fetchall()[0][0]
    rows = cursor.execute(_ways(framed=framed)).fetchall()
    cursor.execute("drop table number_cells")
    for place, frame, bare, comma, point, blank, fits_point, fits_comma, short, lines, example, _ in rows:
        grouped = {".": comma or blank, ",": point or blank}
        fits = {".": fits_point, ",": fits_comma}
        seen[names[place]].append(_Seen(frame, bare, grouped, fits, comma or point, short, lines, example))
    for place, *_, example, filled in rows:
        others = filled - sum(each.lines for each in seen[names[place]])
        if others:  # ways beyond `_FRAMES`, which count as no numbers
            seen[names[place]].append(_Seen("", False, {}, {}, False, False, others, example))
    return seen


def _ways(*, framed: bool) -> str:
    """Write the SQL that counts the lines of columns by how they are written, from their distinct values.

    Where nothing stands around any number, looking for that is not even planned.
    """
    western, frame, text = "null", "''", "''"
    if framed:
        western = f"case when not bare and strlen(r) < {_LONGEST} then {in_western_signs('r')} end"
        frame = f"case when regexp_matches(w, '^\\D*{NUMBER}\\D*(m[23])?$') then {frame_of('w')} else '' end"
        text = f"case when frame <> '' then {text_of('w', 'frame')} else '' end"
    return f"""
        with western as (select *, {western} as w from number_cells),
        framed as (
            select *, case when not bare then {frame} when r like '-%' then '-0' else '0' end as frame from western
        ),
        texts as (select *, case when bare then ltrim(r, '-') else {text} end as t from framed),
        ways as (
            select place, frame, bare, contains(t, ',') as comma, contains(t, '.') as point,
                regexp_matches(t, '[ '']') as blank,
                t <> '' and {is_number("t", ".")} as fits_point, t <> '' and {is_number("t", ",")} as fits_comma,
                fits_point <> fits_comma and regexp_full_match(t, '\\d{{1,3}}[.,]\\d{{0,2}}') as short,
                sum(n)::bigint as lines, min(r) as example
            from texts group by all
        )
        select *, (sum(lines) over (partition by place))::bigint as filled from ways
        qualify row_number() over (partition by place order by lines desc, example) <= {_FRAMES}
        order by place, lines desc, example
    """


def _judge(name: str, seen: list[_Seen], declared: str | None) -> Numbers:
    """Decide how a column is read from the ways in which its lines are written."""
    numbered = {each.frame for each in seen if each.marked}
    frames = {
        each.frame: NOTHING if each.frame not in numbered and _ID.fullmatch(each.example) else around(each.frame)
        for each in seen
        if each.frame
    }
    numbers = [each for each in seen if each.frame and frames[each.frame].sign]
    decimal, undecided = (declared, 0) if declared else _decimal(numbers)
    read = [each for each in numbers if each.fits[decimal]]
    scale, scale_words = scale_in(name)
    signs = Counter[Around]()
    for each in seen:
        signs[frames.get(each.frame, NOTHING)] += each.lines
    return Numbers(
        decimal=decimal,
        scale=scale,
        undecided=undecided,
        example=next((each.example for each in numbers if each.ambiguous), None) if undecided else None,
        numeric=sum(each.lines for each in read),
        filled=sum(each.lines for each in seen),
        written=f"decimal {decimal}" + (f", {scale_words}" if scale_words else ""),
        short_hand=sum(lines for way, lines in signs.items() if way.short_hand),
        percent=sum(lines for way, lines in signs.items() if way.percent),
        units=tuple(sorted({way.unit for way in signs if way.sign and way.unit})),
        currencies=tuple(sorted({way.currency for way in signs if way.currency}, key=sorted)),
        frames=tuple(sorted((frame, way.sign) for frame, way in frames.items() if way.sign)),
        form=_form(seen, decimal),
    )


def _decimal(numbers: list[_Seen]) -> tuple[str, int]:
    """Tell the decimal mark, and how many lines it leaves undecided.

    What only one mark makes a number of is evidence for it. Evidence for both leaves what fits both undecided, and so
    does next to no evidence, if it could as well be a figure typed by hand among thousands: one 1.5 among fifty 1.200.
    """
    lines = {mark: [each for each in numbers if each.fits[mark] and not each.fits[OTHER[mark]]] for mark in OTHER}
    count = {mark: sum(each.lines for each in evidence) for mark, evidence in lines.items()}
    ambiguous = sum(each.lines for each in numbers if each.ambiguous)
    decimal = "," if count[","] > count["."] else "."
    evidence = lines[decimal]
    slip = all(each.short for each in evidence) and count[decimal] * _FEW < ambiguous
    undecided = not evidence or all(count.values()) or slip
    return decimal, ambiguous if undecided else 0


def _form(seen: list[_Seen], decimal: str) -> str:
    if not all(each.bare and each.fits[decimal] for each in seen):
        return "bare" if all(each.bare for each in seen) else "framed"
    return "bare" if any(each.grouped[decimal] for each in seen) else "plain"
