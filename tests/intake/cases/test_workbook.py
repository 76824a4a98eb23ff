"""The workbooks of these tests are real ones: what is written reads back, sheet by sheet."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tests.intake.cases.workbook import write_ods, write_xlsx

ROWS = [
    ["Müller & Söhne", None, 'a "b" <c>'],
    [12, 1.25, True],
    [dt.date(2026, 5, 29), dt.datetime(2026, 5, 29, 13, 30), "شرکت"],  # noqa: DTZ001 - as a workbook holds it
]


WRITERS = {"a.xlsx": write_xlsx, "a.ods": write_ods}


@pytest.mark.parametrize(("name", "write"), WRITERS.items())
def test_every_kind_of_cell_reads_back(tmp_path: Path, name: str, write: Callable[..., Path]) -> None:
    path = write(tmp_path / name, {"One & two": ROWS, "Old": [["x"]]})
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["One & two", "Old"]
    assert book.get_sheet_by_name("One & two").to_python() == [["" if c is None else c for c in row] for row in ROWS]


@pytest.mark.parametrize(("name", "write"), WRITERS.items())
def test_a_hidden_sheet_is_hidden(tmp_path: Path, name: str, write: Callable[..., Path]) -> None:
    path = write(tmp_path / name, {"A": [[1]], "B": [[2]]}, hidden=["B"])
    shown = [each.visible for each in CalamineWorkbook.from_path(path).sheets_metadata]
    assert shown == [SheetVisibleEnum.Visible, SheetVisibleEnum.Hidden]


def test_merged_cells_and_many_columns(tmp_path: Path) -> None:
    wide = [[f"c{number}" for number in range(60)], [*range(60)]]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["Title"], *wide]}, merged={"A": ["A1:F1"]})
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("A")
    assert sheet.merged_cell_ranges == [((0, 0), (0, 5))]
    assert sheet.to_python()[2] == [float(number) for number in range(60)]
