"""What was found out about how the sales lines of one file are read: SQL by schema column, evidence, questions."""

from dataclasses import dataclass, field

from kam.base.schema import SALES
from kam.intake.amount_readings import Money
from kam.intake.column_matching import Match
from kam.intake.dates import Dates
from kam.intake.formats import reader
from kam.intake.formula import Formula
from kam.intake.number_marks import Numbers
from kam.intake.open_question import Question
from kam.intake.part import ROW, Part
from kam.intake.raw import literal, raw_name
from kam.intake.settings import TableSettings

MONEY = (
    "net_amount",
    "amount_with_tax",
    "order_amount",
    "list_amount",
    "cost_amount",
    "unit_price",
    "list_price",
    "unit_cost",
    "tax_amount",
    "tax_rate",
    "discount",
    "charge",
    "profit",
)
NUMBERS = ("quantity", *MONEY)
TEXTS = (
    "account_id",
    "account_name",
    "order_id",
    "product_id",
    "product_name",
    "category",
    "product_kind",
    "status",
    "document_type",
    "currency",
    "parent",
    "industry",
    "region",
    "manager",
)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing found out about a part that a reader should know."""

    check: str
    severity: str
    told: str
    count: int = 0
    money: float | None = None


@dataclass(slots=True)
class Reading:
    """How one part is read: SQL by schema column over `relation`, what was left out, what was found, what is open."""

    part: Part
    settings: TableSettings
    relation: str = ""
    rows: int = 0
    matches: list[Match] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # schema column -> file column, for ids and texts
    dates: Dates | None = None
    date_source: str = ""
    numbers: dict[str, Numbers] = field(default_factory=dict)
    quantity: str | None = None
    money: Money = field(default_factory=Money)
    net: Formula | None = None
    left: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[str, list[str], str]] = field(default_factory=list)  # column, values, why
    returns: list[tuple[str, list[str]]] = field(default_factory=list)
    back: bool = False  # a positive amount beside a negative quantity came back
    own_totals: dict[str, float] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    recipe: str | None = None
    unused: list[str] = field(default_factory=list)

    def number(self, name: str) -> str:
        """Write the SQL of a number column as a double; of values with percent signs, 5 % is 0.05."""
        numbers = self.numbers.get(name)
        raw = raw_name(name)
        if numbers is not None:
            return f"({numbers.value(raw, 'double', share=numbers.share)})"
        return f"(case when isfinite({raw}::double) then {raw}::double end)"

    @property
    def pieces(self) -> str:
        """The SQL of the quantity, one where there is none."""
        return f"coalesce({self.number(self.quantity)}, 1)" if self.quantity else "1"

    @property
    def day(self) -> str:
        """The SQL of the day of a line."""
        if self.dates is not None:
            return self.dates.value(raw_name(self.date_source))
        return reader(SALES["order_date"], (self.date_source, dict(self.part.columns)[self.date_source])).value

    @property
    def counted(self) -> str:
        """The SQL of a line counting: no word of it leaves it out."""
        return " and ".join(f"not ({condition(column, values)})" for column, values, _ in self.left_out) or "true"

    @property
    def came_back(self) -> str:
        """The SQL of a line being said to have come back, by a word of it."""
        return " or ".join(condition(column, values) for column, values in self.returns) or "false"

    def amount(self, formula: Formula, *, base: str | None = None) -> str:
        """Write the SQL of an amount, spread over its order or taken as the step of a year's running total.

        Without a number of the order it is what a customer bought on a day.
        """
        value = formula.value(self.number, self.pieces, base=base)
        if formula.over == "order":
            own = f"nullif(trim({raw_name(self.texts.get('order_id', self.texts['account_id']))}::varchar), '')"
            day = "" if "order_id" in self.texts else f", {self.day}"
            by = f"""partition by {own}{day}, case when {own} is null then "{ROW}" end"""
            whole, lines = f"any_value({value}) over ({by})", f"count(*) over ({by})"
            each = f"round({whole} / {lines}, 4)"
            return (
                f'case when row_number() over ({by} order by "{ROW}") = 1 then {whole} - ({lines} - 1) * {each}'
                f" else {each} end"
            )
        if formula.over == "year to date":
            ids = [raw_name(self.texts[column]) for column in ("account_id", "product_id") if column in self.texts]
            keys = ", ".join([*ids, f"year({self.day})"])
            by = f'partition by {keys} order by {self.day}, "{ROW}"'
            return f"({value}) - coalesce(lag({value}) over ({by}), 0)"
        return value


def condition(column: str, values: list[str]) -> str:
    """Write the SQL of a file's column having one of these values, whatever their case; "*" is anything at all."""
    if "*" in values:
        return f"trim(coalesce({raw_name(column)}::varchar, '')) <> ''"
    words = ", ".join(f"lower({literal(value.strip())})" for value in values)
    return f"lower(trim(coalesce({raw_name(column)}::varchar, ''))) in ({words})"
