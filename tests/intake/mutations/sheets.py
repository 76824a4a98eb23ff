"""A table on its way into a file: rows under a header, and how it is to be written."""

from dataclasses import dataclass, field

Cell = object
Row = list[Cell]


@dataclass(slots=True)
class Sheet:
    """One file to be: its name without ending, header, rows, and all that its writing depends on."""

    name: str
    header: list[str]
    rows: list[Row]
    kind: str = "csv"
    above: list[Row] = field(default_factory=list)
    separator: str = ","
    encoding: str = "utf-8"
    end: str = "\n"
    quoting: str = "minimal"
    others: list["Sheet"] = field(default_factory=list)  # more sheets of a workbook, more files of an archive

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.header)

    def column(self, *words: str) -> int | None:
        """Find the first column whose name has one of these words."""
        for at, name in enumerate(self.header):
            if any(word in str(name).casefold() for word in words):
                return at
        return None


@dataclass(slots=True)
class Folder:
    """A book to be: its tables, its `book.toml`, other files, and what was done to it."""

    sheets: list[Sheet]
    toml: str = ""
    plain: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
