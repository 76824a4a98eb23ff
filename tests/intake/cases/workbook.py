"""Workbooks written without a library: as much of the xlsx and ods formats as an export of a few sheets needs."""

import datetime as dt
import zipfile
from collections.abc import Collection, Mapping, Sequence
from html import escape
from pathlib import Path

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]

_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's days have no time zone
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_STYLES = (
    f'{_XML}<styleSheet {_MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


def write_xlsx(
    path: Path, sheets: Sheets, *, hidden: Collection[str] = (), merged: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write sheets of texts, numbers, truths, dates and empty cells (None) as xlsx; `merged` names areas by sheet.

    >>> import tempfile
    >>> from python_calamine import CalamineWorkbook
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_xlsx(Path(folder) / "a.xlsx", {"One": [["Day", "Net"], [dt.date(2026, 1, 31), 10.5]]})
    ...     CalamineWorkbook.from_path(path).get_sheet_by_name("One").to_python()
    [['Day', 'Net'], [datetime.date(2026, 1, 31), 10.5]]
    """
    areas = merged or {}
    numbered = list(enumerate(sheets, start=1))
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for number, _ in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" state="{"hidden" if name in hidden else "visible"}"'
        f' r:id="rId{number}"/>'
        for number, name in numbered
    )
    texts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        f"{parts}</Types>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(numbered) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for number, name in numbered:
        texts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheets[name], areas.get(name, ()))
    return _zipped(path, texts)


def _sheet(rows: Rows, merged: Sequence[str]) -> str:
    lines = "".join(
        f'<row r="{line}">{"".join(_cell(value, f"{_letters(at)}{line}") for at, value in enumerate(row))}</row>'
        for line, row in enumerate(rows, start=1)
    )
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merging = f'<mergeCells count="{len(merged)}">{areas}</mergeCells>' if areas else ""
    return f"{_XML}<worksheet {_MAIN}><sheetData>{lines}</sheetData>{merging}</worksheet>"


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _cell(value: object, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    if isinstance(value, dt.datetime):
        return f'<c r="{place}" s="2"><v>{(value - _FIRST_DAY) / dt.timedelta(days=1)!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="1"><v>{(value - _FIRST_DAY.date()).days}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def write_ods(path: Path, sheets: Sheets, *, hidden: Collection[str] = ()) -> Path:
    """Write sheets of texts, numbers, truths, dates and empty cells (None) as an OpenDocument spreadsheet.

    >>> import tempfile
    >>> from python_calamine import CalamineWorkbook
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_ods(Path(folder) / "a.ods", {"One": [["Day", "Net"], [dt.date(2026, 1, 31), 10.5]]})
    ...     CalamineWorkbook.from_path(path).get_sheet_by_name("One").to_python()
    [['Day', 'Net'], [datetime.date(2026, 1, 31), 10.5]]
    """
    tables = "".join(
        f'<table:table table:name="{escape(name)}" table:style-name="{"hidden" if name in hidden else "shown"}">'
        + "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{display}"/></style:style>'
        for name, display in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f'{_XML}<office:document-content xmlns:office="{_OPEN}:office:1.0" xmlns:table="{_OPEN}:table:1.0"'
        f' xmlns:text="{_OPEN}:text:1.0" xmlns:style="{_OPEN}:style:1.0" office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _zipped(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _open_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind, held, shown = "string", "", escape(str(value))
    if isinstance(value, bool):
        kind, held = "boolean", f' office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind, held = "float", f' office:value="{value!r}"'
    elif isinstance(value, dt.date):
        kind, held = "date", f' office:date-value="{value.isoformat()}"'
    return f'<table:table-cell office:value-type="{kind}"{held}><text:p>{shown}</text:p></table:table-cell>'


def _zipped(path: Path, texts: Mapping[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path
