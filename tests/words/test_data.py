"""What the Data page says of what came in, in each state a book can be in."""

import pandas as pd
import pytest

from kam.data.words import finding


def _intake(*rows: tuple[str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["table", "rows_read", "rows_accepted"])
    return frame.assign(rows_refused=frame["rows_read"] - frame["rows_accepted"])


def _findings(*severities: str) -> pd.DataFrame:
    return pd.DataFrame({"severity": pd.Series(severities, dtype="str")})


@pytest.mark.parametrize(
    ("intake", "accounts", "findings", "missing", "sentence"),
    [
        (
            _intake(("sales", 60214, 60214), ("accounts", 120, 120)),
            120,
            _findings("note"),
            3,
            "60,214 sales lines of 120 accounts came in, nothing was refused; 3 tables are missing.",
        ),
        (
            _intake(("sales", 990, 980), ("accounts", 10, 10)),
            12,
            _findings("warning", "note", "warning"),
            1,
            (
                "980 sales lines of 12 accounts came in, 10 of 1,000 rows were refused (1.0 %);"
                " 2 warnings are worth a look; 1 table is missing."
            ),
        ),
        (
            _intake(("sales", 1, 1), ("accounts", 100_000, 99_999)),
            1,
            _findings("warning"),
            0,
            (
                "1 sales line of 1 account came in, 1 of 100,001 rows was refused (under 0.1 %);"
                " 1 warning is worth a look."
            ),
        ),
    ],
)
def test_the_finding_says_what_came_in(
    intake: pd.DataFrame, accounts: int, findings: pd.DataFrame, missing: int, sentence: str
) -> None:
    assert finding(intake, accounts, findings, pd.DataFrame(index=range(missing))) == sentence
