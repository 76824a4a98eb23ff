"""A small book of business in files: 12 accounts, 3 managers, 2 parents, 30 months to September 2026.

`tables()` gives the rows, to change as a test needs; `write` puts them into a folder that opens as a book.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

Row = dict[str, object]
Tables = dict[str, list[Row]]

FIRST_MONTH = (2024, 4)
MONTHS = 30
LAST_DAY = dt.date(2026, 9, 30)
MANAGERS = {"M1": "Ada Lind", "M2": "Ben Okoye", "M3": "Cleo Marsh"}
REGIONS = ("North", "South")
INDUSTRIES = ("Dairy", "Steel", "Retail")
NAMES = (
    "Aldern Dairies",
    "Borough Steel",
    "Corner Shops",
    "Dunmore Dairies",
    "Eastgate Steel",
    "Ferry Stores",
    "Glen Dairies",
    "Hollow Steel",
    "Inlet Stores",
    "Juniper Dairies",
    "Kiln Steel",
    "Lantern Stores",
)
PARENTS = {"A04": "A01", "A07": "A01", "A05": "A02"}
HOSTILE = (
    "<script>window.__pwned=1</script>",
    '<img src=x onerror="window.__pwned=1">',
    '=cmd()|"/C calc"!A0',
    "[x](javascript:window.__pwned=1)",
    r"$\alpha$ and $$\beta$$",
    ":material/home: :red[x]",
    "**b** _i_ `c` # h",
    "شرکت لبنیات پگاه",
    "A name that goes on " + "and on " * 30 + "and ends",
    "🧀 Käse & Söhne 🧀",
    "\u202eevil\u2066 name",
    "| {account} | {0} %s |\\n|--|--|",
)

TOML = 'name = "Small book"\ncurrency = "EUR"\n'


def tables() -> Tables:
    """Return the rows of every table of the small book."""
    ids = [f"A{place:02}" for place in range(1, 13)]
    return {
        "sales": [line for place, account in enumerate(ids) for line in _lines(place, account)],
        "accounts": [
            {
                "account_id": account,
                "name": NAMES[place],
                "parent_id": PARENTS.get(account),
                "industry": INDUSTRIES[place % 3],
                "region": REGIONS[place % 2],
                "manager_id": f"M{place % 3 + 1}",
                "claimed_rung": (3, 2, 1, None)[place % 4],
                "claimed_on": "2026-03-01",
            }
            for place, account in enumerate(ids)
        ],
        "products": [
            {
                "product_id": f"P{number}",
                "name": f"Product {number}",
                "category": f"Category {(number + 1) // 2}",
                "kind": ("product", "service", "solution")[number % 3],
            }
            for number in range(1, 7)
        ],
        "managers": [{"manager_id": key, "name": name, "region": "North"} for key, name in MANAGERS.items()],
        "surveys": [
            {
                "survey_id": f"S{place}",
                "account_id": account,
                "survey_date": f"2026-0{place % 8 + 1}-15",
                "perception": place % 3 + 1,
                "nps": 10 - place % 7,
                "csat": 5 - place % 3,
            }
            for place, account in enumerate(ids[:8])
        ],
        **_plans(),
    }


def _lines(place: int, account: str) -> list[Row]:
    """Write an account's order lines: two products a month; A11 is lost, A12 new, A10 sends goods back."""
    lines: list[Row] = []
    for month in range(MONTHS):
        if (account == "A11" and month >= MONTHS - 13) or (account == "A12" and month < MONTHS - 8):
            continue
        year, number = divmod(FIRST_MONTH[1] - 1 + month, 12)
        day = dt.date(FIRST_MONTH[0] + year, number + 1, 28 if number == 1 else 30)
        for step in range(2):
            quantity = 3 + (place + month + step) % 5
            price = 100 * (12 - place) + month * (3 - place % 6)
            discount = (place % 5 + month % 3) / 50
            back = -1 if account == "A10" and month % 7 == 3 and step else 1
            lines.append(
                {
                    "order_id": f"{account}-{month}-{step}",
                    "order_date": day.isoformat(),
                    "account_id": account,
                    "product_id": f"P{(place + step * (1 + month % 3)) % 6 + 1}",
                    "quantity": back * quantity,
                    "net_amount": round(back * quantity * price * (1 - discount), 2),
                    "list_amount": back * quantity * price,
                    "cost_amount": round(back * quantity * price * (0.6 + 0.04 * (place % 9)), 2),
                }
            )
    return lines


def _plans() -> Tables:
    """Plans of three accounts, with a milestone in every status and objectives that sales and readings measure."""
    due = {"done": (-90, -92), "done late": (-80, -30), "overdue": (-40, -5), "soon": (10, 12), "later": (90, 120)}
    plans: list[Row] = [
        {
            "plan_id": f"L{number}",
            "account_id": f"A0{number}",
            "name": f"Plan {number}",
            "manager_id": f"M{number}",
            "starts_on": "2026-01-01",
            "ends_on": "2027-12-31",
            "status": "active",
        }
        for number in (1, 2, 3)
    ]
    milestones: list[Row] = []
    for number in (1, 2, 3):
        for title, (promised, expected) in due.items():
            done = title.startswith("done")
            milestones.append(
                {
                    "milestone_id": f"{title} {number}",
                    "plan_id": f"L{number}",
                    "title": f"Step {title} {number}",
                    "baseline_on": LAST_DAY + dt.timedelta(days=promised),
                    "forecast_on": None if done else LAST_DAY + dt.timedelta(days=expected),
                    "done_on": LAST_DAY + dt.timedelta(days=expected) if done else None,
                    "department": ("sales", "production")[number % 2],
                    "owner": "Ada Lind",
                }
            )
    common: Row = {"starts_on": "2026-01-01", "due_on": "2026-12-31", "owner": "Ada Lind"}
    objectives: list[Row] = [
        {
            "objective_id": "O1",
            "plan_id": "L1",
            "title": "Sell more",
            "metric": "revenue",
            "window_months": 12,
            "baseline": 100_000,
            "target": 130_000,
            "unit": "EUR",
            **common,
        },
        {
            "objective_id": "O2",
            "plan_id": "L2",
            "title": "Earn more",
            "metric": "margin rate",
            "window_months": 12,
            "baseline": 0.2,
            "target": 0.3,
            **common,
        },
        {
            "objective_id": "O3",
            "plan_id": "L3",
            "title": "Fewer faults",
            "metric": "reading",
            "baseline": 12,
            "target": 3,
            "unit": "faults",
            **common,
        },
    ]
    readings: list[Row] = [{"reading_id": "R1", "objective_id": "O3", "read_on": "2026-08-01", "value": 8}]
    return {"plans": plans, "milestones": milestones, "objectives": objectives, "readings": readings}


def only(book: Tables, *names: str) -> Tables:
    """Keep some tables of a book."""
    return {name: book[name] for name in names}


def without(book: Tables, table: str, column: str) -> Tables:
    """Leave a column out of a table."""
    return {**book, table: [{name: row[name] for name in row if name != column} for row in book[table]]}


def renamed(book: Tables, names: Sequence[str] = HOSTILE) -> Tables:
    """Give accounts, managers, products, industries, plans and milestones the names of attackers and of the world."""
    accounts = [
        {**row, "name": names[place % len(names)], "industry": names[(place + 1) % 3], "region": names[place % 2 + 3]}
        for place, row in enumerate(book["accounts"])
    ]
    changed = {"accounts": accounts}
    for table, column in (
        ("managers", "name"),
        ("products", "name"),
        ("products", "category"),
        ("plans", "name"),
        ("milestones", "title"),
        ("milestones", "owner"),
        ("objectives", "title"),
    ):
        rows = changed.get(table, book[table])
        changed[table] = [{**row, column: names[place % len(names)]} for place, row in enumerate(rows)]
    return {**book, **changed}


def write(folder: Path, book: Tables | None = None, *, toml: str = TOML) -> Path:
    """Write the tables as Parquet files, with a book.toml, into a folder made for it; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (tables() if book is None else book).items():
        pd.DataFrame(rows).to_parquet(folder / f"{name}.parquet", index=False)
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    return folder
