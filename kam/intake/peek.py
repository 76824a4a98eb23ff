"""A first look at a data file before it is part of a book: its columns, a few values of each, which table it may be."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.base.schema import TABLES
from kam.intake.archives import Document, documents, unpacked
from kam.intake.column_matching import best_matches, still_needed, unique_names
from kam.intake.concepts import fold, meanings
from kam.intake.text import first_rows, sniff
from kam.intake.workbooks import cell_text, first_sheet, is_sheets

_ROWS = 200
_SAMPLES = 3
_WIDTH = 24
_WORDS = {
    "sales": ("sale", "order", "invoice", "transaction", "umsatz", "rechnung", "vente", "facture", "venta", "فروش"),
    "accounts": ("account", "customer", "client", "reseller", "kunde", "cliente", "مشتری"),
    "products": ("product", "article", "item", "artikel", "produkt", "produit", "producto", "کالا"),
    "managers": ("manager", "employee", "seller", "salesrep", "mitarbeiter"),
    "touches": ("touch", "activity", "visit"),
    "cases": ("case", "ticket", "complaint"),
}
_TOLD_BY_SALES = ("sales", "accounts", "products", "managers")
"""A file with a day, a customer and an amount is sales, and no register of the customers and goods it names."""
_FIRST_ROWS = "select * from read_parquet($path) limit $rows"


@dataclass(frozen=True, slots=True)
class Peek:
    """What a file shows at first sight: its column names, and up to three different values of each as text."""

    samples: dict[str, tuple[str, ...]]
    path: Path

    @property
    def names(self) -> list[str]:
        """The file's column names, in their order."""
        return list(self.samples)


def peek(path: Path) -> Peek:
    """Look at the first 200 rows of a text file, a workbook, the first document of an archive, or a Parquet file.

    Raises
    ------
    IntakeError
        The file is empty, or is not what its name says it is.
    """
    if path.suffix.lower() == ".parquet":
        names, rows = _parquet_rows(path)
    else:
        document = documents(path, path.name)[0][0]
        with tempfile.TemporaryDirectory(prefix="kam-peek-") as work:
            names, rows = _document_rows(document, unpacked(document, Path(work), 0))
    samples = {name: _samples([row[at] for row in rows if at < len(row)]) for at, name in enumerate(names)}
    return Peek(samples, path)


def _document_rows(document: Document, path: Path) -> tuple[list[str], Sequence[Sequence[object]]]:
    """Read names and rows as if they were sales; the names of a register are known among these, too."""
    if is_sheets(document, path):
        sheet = first_sheet(path, name=document.name, table="sales")
        below = sheet.rows[sheet.header.end : sheet.header.end + _ROWS]
        return unique_names(sheet.header.names), [[cell_text(cell) for cell in row] for row in below]
    file = sniff(path, document, table="sales")
    return unique_names(file.names), first_rows(path, file, _ROWS)


def _parquet_rows(path: Path) -> tuple[list[str], Sequence[Sequence[object]]]:
    with closing(duckdb.connect()) as cursor:
        try:
            cursor.execute(_FIRST_ROWS, {"path": str(path), "rows": _ROWS})
            names = [column[0] for column in cursor.description or []]
            return names, cursor.fetchall()
        except duckdb.Error as error:
            reason = str(error).strip().splitlines()[0].replace(str(path), path.name)
            raise IntakeError(f"{path.name} cannot be read as Parquet: {reason}. Nothing was changed.") from error


def _samples(values: list[object]) -> tuple[str, ...]:
    texts = dict.fromkeys(" ".join(str(value).split()) for value in values if value is not None)
    shown = [text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…" for text in texts if text]
    return tuple(shown[:_SAMPLES])


def guess_table(name: str, columns: list[str]) -> str:
    """Guess which table a file holds, from its name first and then from its columns; sales where nothing speaks.

    >>> (
    ...     guess_table("2024 invoices (final).csv", ["a", "b"]),
    ...     guess_table("x.csv", ["touch_id", "account", "touch_date"]),
    ...     guess_table("x.csv", ["Order Date", "Customer ID", "Customer Name", "Segment", "Region", "Sales"]),
    ... )
    ('sales', 'touches', 'sales')
    """
    stem = fold(Path(name).stem)
    sold = _looks_like_sales(columns)

    def likeness(table: str) -> tuple[int, bool, float]:
        words = [fold(word) for word in (table, *_WORDS.get(table, ()))]
        named = 2 if stem == fold(table) else int(any(word in stem for word in words))
        matched = best_matches(TABLES[table], columns, declared={})
        whole = not still_needed(TABLES[table], matched)
        if sold and table in _TOLD_BY_SALES:
            whole = table == "sales"
        return named, whole, len(matched) / max(len(columns), 1) if whole else 0.0

    return max(TABLES, key=likeness)


def _looks_like_sales(columns: list[str]) -> bool:
    """Say whether the names can mean all that a book needs: a date, a customer and an amount.

    >>> _looks_like_sales(["Rechnungsdatum", "Kd-Nr", "Umsatz netto"]), _looks_like_sales(["Name", "Region"])
    (True, False)
    """
    meant = {column for name in columns for column in meanings(name)}
    amounts = {"net_amount", "amount_with_tax", "order_amount", "unit_price", "list_amount"}
    return {"order_date", "account_id"} <= meant and bool(amounts & meant)
