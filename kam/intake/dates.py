"""stub"""
import datetime as dt
from dataclasses import dataclass, field
@dataclass(frozen=True, slots=True)
class Dates:
    written: str
    options: tuple[str, ...] = ()
    undecided: int = 0
    only: dict = field(default_factory=dict)
    example: str | None = None
    readable: int = 0
    filled: int = 0
    monthly: bool = False
    def value(self, raw):
        return f"try_cast({raw} as date)"
def read_dates(cursor, relation, name, *, declared, today, time_zone):
    from kam.intake.raw import raw_name
    f, r = cursor.execute(f"select count(*) filter (trim({raw_name(name)})<>''), count(try_cast({raw_name(name)} as date)) from {relation}").fetchall()[0]
    return Dates("y-m-d", filled=f, readable=r)
DATE_FORMATS = {"y-m-d": "", "d-m-y": "", "m-d-y":""}
