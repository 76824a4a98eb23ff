"""The sample book: an invented company and its customers, drawn from a seed, at any size."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from kam.base.errors import BookError
from kam.base.schema import TABLES
from kam.sample import contacts as people
from kam.sample import market
from kam.sample.account_plans import Plans
from kam.sample.customers import Account, make_accounts
from kam.sample.dice import MONTHS, Dice, at
from kam.sample.orders import Ledger, write_sales
from kam.sample.products import products
from kam.sample.stories import BY_KEY, STORIES, Story

__all__ = ["BY_KEY", "STORIES", "Story", "true_rungs", "write_sample"]

FEWEST = 2 * len(STORIES)
_FIRST_LINE = "# A sample book, drawn by `python -m kam sample`; drawing it again replaces it."
_BOOK = f'{_FIRST_LINE}\nname = "Sample: Pumps and Process"\ncurrency = "EUR"\n'
_KEYS = {
    "cases": "C",
    "ratings": "R",
    "opportunities": "N",
    "competitors": "V",
    "risks": "X",
    "swot": "W",
    "referrals": "F",
    "value_delivered": "U",
}


def write_sample(
    folder: Path,
    *,
    accounts: int = 120,
    lines: int = 60_000,
    seed: int = 7,
    progress: Callable[[str, float], None] | None = None,
) -> None:
    """Write a sample book with every table filled.

    Sales cover the 36 months to 30 September 2026. The same arguments give the same bytes. Beyond two million lines the
    sales are one Parquet file a month; memory does not grow with the lines.

    Parameters
    ----------
    folder
        Made if it is not there; an earlier sample in it is replaced.
    accounts, lines
        How many customers and sales lines.
    seed
        Another seed draws another book with the same stories.
    progress
        Called with what is being done and the share that is done, 0 … 1.

    Raises
    ------
    BookError
        If the folder holds anything but an earlier sample (nothing is touched), or a size makes no book.
    """
    if accounts < FEWEST or lines < accounts:
        raise BookError(
            f"A sample needs at least {FEWEST} accounts and a line for each; asked were {accounts} and {lines}."
        )
    _clear(folder)
    tell = progress or (lambda _what, _share: None)
    tell("accounts", 0.0)
    customers = make_accounts(accounts, seed)
    write_sales(folder, customers, lines=lines, seed=seed, progress=lambda what, share: tell(what, 0.05 + 0.75 * share))
    tell("the other tables", 0.8)
    for name, rows in _tables(folder, customers, seed).items():
        _write(folder / f"{name}.csv", name, rows)
    (folder / "book.toml").write_text(_BOOK, encoding="utf-8")
    tell("done", 1.0)


def true_rungs(accounts: int = 120, seed: int = 7) -> pd.DataFrame:
    """Return the rung each account of a sample truly stands on, which no table of the book tells.

    >>> true_rungs().head(2)
      account_id  true_rung
    0      A0001          1
    1      A0002          2
    """
    customers = make_accounts(accounts, seed)
    return pd.DataFrame({"account_id": [c.account_id for c in customers], "true_rung": [c.rung for c in customers]})


def _tables(folder: Path, customers: list[Account], seed: int) -> dict[str, Iterable[Mapping[str, object]]]:
    catalogue = products()
    ledger = Ledger(folder, customers, catalogue)
    known = people.contacts(customers, seed)
    answers = people.surveys(customers, known, seed)
    around = {
        "cases": market.cases(customers, seed),
        "ratings": market.ratings(customers, seed),
        "opportunities": market.opportunities(customers, ledger, seed),
        "competitors": market.competitors(customers, ledger, seed),
        "risks": market.risks(customers, seed),
        "swot": market.swot(customers, seed),
        "referrals": market.referrals(customers, ledger, seed),
        "value_delivered": market.value_delivered(customers, seed),
    }
    return {
        "accounts": _accounts(customers, ledger, seed),
        "products": catalogue,
        "managers": people.managers(len(customers), seed),
        "contacts": known,
        "touches": people.touches(customers, known, seed),
        "surveys": answers,
        **{name: _numbered(name, rows) for name, rows in around.items()},
        **Plans(customers, ledger, answers, seed).tables,
    }


def _accounts(customers: list[Account], ledger: Ledger, seed: int) -> Iterable[Mapping[str, object]]:
    """Write down the customers; the wallet follows from what they buy and the share a rung gets of it."""
    dice = Dice(seed, "wallets")
    for account in customers:
        drawn = min(max(dice.normal(at(account.level(MONTHS - 1), (0.18, 0.40, 0.70)), 0.07), 0.05), 0.95)
        share = account.story.wallet_share or drawn if account.story else drawn
        bought = max(ledger.revenue(account), ledger.revenue(account, min(account.months[1], MONTHS - 1)))
        yield {
            "account_id": account.account_id,
            "name": account.name,
            "parent_id": account.parent_id,
            "industry": account.industry,
            "region": account.region,
            "manager_id": account.manager_id,
            "customer_since": account.since,
            "yearly_wallet": round(bought / share, -3) if dice.chance(0.9) or account.story else None,
            "claimed_rung": account.claimed,
            "claimed_on": account.claimed_on,
        }


def _numbered(name: str, rows: Iterable[Mapping[str, object]]) -> Iterable[Mapping[str, object]]:
    key = TABLES[name].key or ""
    return ({key: f"{_KEYS[name]}{number:05d}", **row} for number, row in enumerate(rows, start=1))


def _write(path: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    columns = [column.name for column in TABLES[name]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({column: _text(value) for column, value in row.items()} for row in rows)


def _text(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else value


def _clear(folder: Path) -> None:
    """Make room: only an earlier sample goes, and of it only the tables."""
    if folder.exists() and not folder.is_dir():
        raise BookError(f"{folder} is a file. Name a new folder for the sample; nothing was written.")
    book = folder / "book.toml"
    if folder.exists() and any(folder.iterdir()):
        if not book.is_file():
            raise BookError(f"{folder} holds files and no book. Name a new folder; nothing was written.")
        if not book.read_text(encoding="utf-8").startswith(_FIRST_LINE):
            raise BookError(f"{folder} holds a book that is not a sample. Name a new folder; nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        for suffix in (".csv", ".parquet"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
    if (folder / "sales").is_dir():
        shutil.rmtree(folder / "sales")
