"""Text files in the ways the world writes them come in whole; a refused record is named by its exact line."""

from pathlib import Path

import pytest

from tests.intake.folders import GOOD, HEADER, lines_of, many, opened, sales, write

NAMES = sales("1,2025-01-31,Müller & Söhne €,P,2,10.5", "2,2025-01-30,Ångström,P,1,1")
ENCODINGS = {
    "utf-8": NAMES.encode(),
    "utf-8 with mark": NAMES.encode("utf-8-sig"),
    "windows-1252": NAMES.encode("cp1252"),
    "utf-16 little": b"\xff\xfe" + NAMES.encode("utf-16-le"),
    "utf-16 big": b"\xfe\xff" + NAMES.encode("utf-16-be"),
    "utf-16 little, no mark": NAMES.encode("utf-16-le"),
    "utf-16 big, no mark": NAMES.encode("utf-16-be"),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings(tmp_path: Path, content: bytes) -> None:
    assert opened(write(tmp_path, sales_csv=content)).net == {"Müller & Söhne €": 10.5, "Ångström": 1.0}


def test_latin_1_with_bytes_that_windows_leaves_undefined(tmp_path: Path) -> None:
    content = sales("1,2025-01-31,Müller\x81,P,2,10.5").encode("latin-1")
    assert opened(write(tmp_path, sales_csv=content)).net == {"Müller\x81": 10.5}


def test_an_accent_far_behind_the_first_bytes_is_found(tmp_path: Path) -> None:
    content = many(*["7,2025-01-31,Zoë,P,1,1"] * 3, good=12_000).encode("cp1252")
    assert len(content) > 1 << 18
    assert opened(write(tmp_path, sales_csv=content)).net["Zoë"] == 3.0


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    plain = end.join(
        [
            HEADER.replace(",", separator),
            GOOD.replace(",", separator),
            separator.join(["2", "2025-01-30", '"B, Ltd; a|b\tc"', "P", "1", "5"]),
        ]
    )
    for content in (plain, plain + end):
        assert opened(write(tmp_path, sales_csv=content)).net == {"A": 10.5, "B, Ltd; a|b\tc": 5.0}


def test_line_ends_of_several_kinds_in_one_file(tmp_path: Path) -> None:
    text = f"{HEADER}\r\n1,2025-01-31,A,P,1,1\n2,2025-01-31,A,P,1,2\r\n3,2025-01-31,A,P,x,2\r\n" + GOOD + "\n"
    more = "".join(f"{number},2025-01-31,A,P,1,1\r\n" for number in range(30))
    book = opened(write(tmp_path, sales_csv=text + more))
    assert book.net == {"A": 43.5}
    assert lines_of(book.refused) == [(4, "is not a number")]


def test_header_with_blanks_quotes_and_lines_before_it(tmp_path: Path) -> None:
    header = '"Order ID" , order date,"customer","SKU", Qty ,"Net\nAmount"'
    text = "\n\n" + header + "\n" + GOOD + "\n\n2,2025-01-30,B,P,1,oops\n" + f"{GOOD}\n" * 30
    book = opened(write(tmp_path, sales_csv=text))
    assert book.net == {"A": 31 * 10.5}
    assert lines_of(book.refused) == [(7, "is not a number")]
    assert book.columns["account_id"][:2] == ("customer", "guessed")


def test_separators_at_the_end_of_lines(tmp_path: Path) -> None:
    text = f"{HEADER},\n{GOOD},\n{GOOD}\n"
    book = opened(write(tmp_path, sales_csv=text + f"{GOOD},\n" * 30))
    assert book.net == {"A": 32 * 10.5}
    assert book.refused == []
    assert opened(write(tmp_path, sales_csv=f"{HEADER}\n{GOOD},\n")).net == {"A": 10.5}


def test_too_few_and_too_many_columns_on_their_lines(tmp_path: Path) -> None:
    good = "{},2025-01-31,A,P,1,1"
    lines = [HEADER, *(good.format(number) for number in range(2, 103))]
    lines[10] = '11,2025-01-31,"A\nand\nB",P,1,1'  # three lines
    lines[20] = ""
    lines[30] = "31,2025-01-31,A,P,1"
    lines[40] = "41,2025-01-31,A,P,1,1,9,9"
    lines[50] = '51,2025-01-31,"A"x,P,1,1'
    lines[60] = "61,2025-01-31,A,P,many,1"
    lines[70] = "71,2025-13-31,A,P,1,1"
    book = opened(write(tmp_path, sales_csv="\r\n".join(lines)))
    assert book.tables["sales"] == [100, 95, 5]
    assert [(line, column, value, reason) for _, line, column, value, reason in book.refused] == [
        (33, "", "31,2025-01-31,A,P,1", "the record has too few columns"),
        (43, "", "41,2025-01-31,A,P,1,1,9,9", "the record has too many columns"),
        (53, "", '51,2025-01-31,"A"x,P,1,1', "the record has quotes that do not enclose a whole value"),
        (63, "quantity", "many", "is not a number"),
        (73, "order_date", "2025-13-31", "is not a date"),
    ]
    assert book.net["A\nand\nB"] == 1.0


def test_lines_are_exact_in_an_encoding_that_is_copied(tmp_path: Path) -> None:
    text = many('1,2025-01-31,"Zoë\nund Söhne",P,1,1', "2,2025-01-31,A,P,1", "3,2025-01-31,A,P,x,1")
    book = opened(write(tmp_path, sales_csv=text.encode("cp1252")))
    assert lines_of(book.refused) == [(104, "the record has too few columns"), (105, "is not a number")]


def test_two_files_in_one_folder_keep_their_lines_apart(tmp_path: Path) -> None:
    write(tmp_path, sales__x__a_csv=many("1,2025-01-31,A,P,x,1"), sales__y__a_csv=many("", "", "2,2025-01-31,A,P,y,1"))
    book = opened(tmp_path)
    assert [(file, line, value) for file, line, _, value, _ in book.refused] == [
        ("sales/x/a.csv", 102, "x"),
        ("sales/y/a.csv", 104, "y"),
    ]


def test_broken_utf_8_refuses_the_line_or_reads_the_file_as_single_bytes(tmp_path: Path) -> None:
    content = many("1,2025-01-31,M\xfcller,P,1,1").encode("latin-1")
    assert opened(write(tmp_path, sales_csv=content)).net["Müller"] == 1.0


def test_names_stay_the_text_they_are(tmp_path: Path) -> None:
    names = ['=cmd|"/c calc"!A1', "<script>alert(1)</script>", "+1+1", "@x", "'; drop table accounts; --", "{0} %s $x"]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    lines = [f"{number},2025-01-31,{name},P,1,1" for number, name in enumerate(quoted)]
    assert set(opened(write(tmp_path, sales_csv=sales(*lines))).net) == set(names)


def test_ids_keep_leading_zeros_and_lose_blanks_and_spreadsheet_ends(tmp_path: Path) -> None:
    lines = ["007", " 007 ", "\u00a0007", "17850", "17850.0", "17850.00", "V1.0", "1e5", "۱۷۸۵۰", "NA", "None"]
    book = opened(
        write(
            tmp_path,
            sales_csv=sales(*(f"{number},2025-01-31,{account},P,1,1" for number, account in enumerate(lines))),
            accounts_csv="account_id,name\n17850.0,Smith\n007,Bond\n",
        )
    )
    assert book.net == {"007": 3.0, "17850": 4.0, "V1.0": 1.0, "1e5": 1.0, "NA": 1.0, "None": 1.0}
    assert ("sales", "unknown account_id", 4) in book.findings


def test_a_missing_id_is_refused(tmp_path: Path) -> None:
    lines = [f"{number},2025-01-31,{account},P,1,1" for number, account in enumerate(["", "  ", "NULL", "-", "#N/A"])]
    book = opened(write(tmp_path, sales_csv=many(*lines)))
    assert lines_of(book.refused) == [(102 + number, "is missing") for number in range(5)]


def test_two_hundred_columns_and_names_of_every_kind(tmp_path: Path) -> None:
    strange = [
        '"q""uote"',
        "{brace}",
        "{0}",
        "semi;colon",
        "100%",
        "%s",
        "$1",
        "a'b",
        "--",
        "ﷺ",
        "raw account_id",
        "row",
        "file",
        "rule",
        "name with  blanks",
        "select",
        "x" * 300,
    ]
    extra = strange + [f"more {number}" for number in range(200 - len(strange))]
    text = f"{HEADER},{','.join(extra)}\n" + f"{GOOD},{','.join(['v'] * 200)}\n" * 40
    text += f"9,2025-01-31,A,P,bad,1,{','.join(['v'] * 200)}\n"
    book = opened(write(tmp_path, sales_csv=text))
    assert book.net == {"A": 420.0}
    assert lines_of(book.refused) == [(42, "is not a number")]


def test_a_strange_header_can_be_declared_as_a_column(tmp_path: Path) -> None:
    names = ['we"ird', "{x}", "it's", "50%; drop table", "a\\b", "$net"]
    columns = ["order_id", "order_date", "account_id", "product_id", "quantity", "net_amount"]
    maps = "\n".join(f"{column} = '''{name}'''" for column, name in zip(columns, names, strict=True))
    header = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    write(
        tmp_path,
        book_toml=f"[tables.sales.columns]\n{maps}\n",
        sales_csv=many("9,2025-01-31,A,P,bad,1").replace(HEADER, header),
    )
    book = opened(tmp_path)
    assert book.net == {"A": 100.0}
    assert book.refused == [("sales.csv", 102, "quantity", "bad", "is not a number")]


def test_one_column(tmp_path: Path) -> None:
    write(
        tmp_path, sales_csv=sales(GOOD), accounts_csv="account_id\nA\n\nB\nA\n" + "".join(f"C{n}\n" for n in range(60))
    )
    book = opened(tmp_path)
    assert book.tables["accounts"] == [63, 62, 1]
    assert lines_of(book.refused) == [(5, "stands a second time")]


def test_very_long_text(tmp_path: Path) -> None:
    note = "x" * 200_000
    too_long = "y" * (17 << 20)
    write(tmp_path, sales_csv=many(f"1,2025-01-31,{note},P,x,1", f"2,2025-01-31,{too_long},P,1,1"))
    book = opened(tmp_path)
    assert lines_of(book.refused) == [(102, "is not a number"), (103, "the record has over 16 million characters")]
    assert all(len(value or "") <= 200 for *_, value, _ in book.refused)
