"""What a person must decide before a book opens: readings that change the money, each with what it comes to."""

from dataclasses import dataclass

import tomlkit

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One reading: what it is called, what the revenue of the file comes to under it, and where it is written."""

    label: str
    money: float | None
    where: Path  # the keys of `book.toml`, from the top
    value: object

    @property
    def lines(self) -> str:
        """The lines to put into `book.toml`.

        >>> print(Option("Item Total", 1500.0, ("tables", "sales", "columns", "net_amount"), "Item Total").lines)
        [tables.sales.columns]
        net_amount = "Item Total"
        """
        *section, key = self.where
        head = f"[{'.'.join(map(_key, section))}]\n" if section else ""
        return f"{head}{_key(key)} = {_value(self.value)}"


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be told from the values alone: one sentence, why it is open, and two readings or more."""

    table: str
    file: str
    column: str
    asks: str
    why: str
    options: tuple[Option, ...]


def _key(name: str) -> str:
    return (
        name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else tomlkit.item(name).as_string()
    )


def _value(value: object) -> str:
    return tomlkit.item(value).as_string()
