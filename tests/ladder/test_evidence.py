"""Each signal is seen where there is data, weighed by its age and its group, and traced to its rows."""

import datetime as dt
import math

import pandas as pd
import pytest

from kam.base.errors import QuestionError
from kam.ladder.evidence import evidence
from tests.ladder.reading import read
from tests.ladder.small_book import AS_OF, SALES, SURVEYS, small_book
from tests.relations import Row, line

SHOWN = ["account_id", "group", "signal", "level", "weight", "observed", "source"]
YEAR = "sales lines Oct 2025 – Sep 2026"


def answer(survey_id: str, day: str, perception: int, contact_id: str | None = None) -> Row:
    return {
        "survey_id": survey_id,
        "account_id": "A",
        "survey_date": dt.date.fromisoformat(day),
        "perception": perception,
        "contact_id": contact_id,
    }


def voice(*surveys: Row, as_of: dt.date = AS_OF) -> pd.DataFrame:
    found = evidence(read(small_book(surveys=surveys), as_of, accounts=["A"]))
    return found[found["signal"] == "perception"].reset_index(drop=True)


def test_the_evidence_of_two_accounts_row_by_row() -> None:
    found = evidence(read(small_book(), AS_OF, accounts=["E", "A"]))
    price, breadth, said = "price behaviour", "breadth and solutions", "customer's voice"
    expected = pd.DataFrame(
        [
            [
                "A",
                said,
                "perception",
                "a partner in our goals",
                0.5,
                "“how do you see us?” answered 3 of 3",
                "survey S1 of 30 Sep 2026 by Mina",
            ],
            [
                "A",
                said,
                "recommendation",
                "promoter",
                0.5,
                "“would you recommend us?” answered 9 of 10",
                "survey S1 of 30 Sep 2026 by Mina",
            ],
            ["A", price, "discount depth", "shallow", 1.0, "discount 0.0 %, peers' median 20.0 %", YEAR],
            ["A", breadth, "categories", "broad", 1.0, "categories bought: 3, peers' median 1", YEAR],
            [
                "E",
                said,
                "perception",
                "one of many sellers",
                1.0,
                "“how do you see us?” answered 1 of 3",
                "survey S2 of 30 Sep 2026 by someone unnamed",
            ],
            ["E", price, "discount depth", "deep", 1.0, "discount 30.0 %, peers' median 20.0 %", YEAR],
            ["E", breadth, "categories", "middle", 1.0, "categories bought: 1, peers' median 1", YEAR],
        ],
        columns=SHOWN,
    )
    pd.testing.assert_frame_equal(found[SHOWN], expected)
    assert (found["observed_on"] == pd.Timestamp(AS_OF)).all()


def test_the_pull_is_the_weighted_log_of_the_likelihood_ratio() -> None:
    found = evidence(read(small_book(), AS_OF, accounts=["A"])).set_index("signal")
    assert found.loc["perception", "log_odds"] == pytest.approx(0.5 * math.log(0.84 / 0.02))
    assert found.loc["discount depth", "log_odds"] == pytest.approx(math.log(0.73 / 0.04))
    centre = (0.04 * 0.18 * 0.73) ** (1 / 3)
    assert found.loc["discount depth", "log_odds_supplier"] == pytest.approx(math.log(0.18 / centre))
    rungs = found[["log_odds_broker", "log_odds_supplier", "log_odds_partner"]]
    assert rungs.sum(axis=1).to_numpy() == pytest.approx(0)


def test_a_year_halves_the_weight_of_an_answer() -> None:
    fresh, year_old = voice(answer("S1", "2026-09-30", 3)), voice(answer("S1", "2025-09-30", 3))
    assert fresh["weight"].tolist() == [1.0]
    assert year_old["weight"].tolist() == [pytest.approx(0.5 ** (365 / 365.25))]


def test_only_the_newest_answer_of_a_person_counts() -> None:
    found = voice(answer("S1", "2026-03-01", 1, "K1"), answer("S2", "2026-09-30", 3, "K1"))
    assert found["source"].tolist() == ["survey S2 of 30 Sep 2026 by Mina"]


def test_people_speak_by_their_influence() -> None:
    found = voice(answer("S1", "2026-09-30", 1, "K1"), answer("S2", "2026-09-30", 3, "K2"))
    assert dict(zip(found["source"].str[-4:], found["weight"], strict=True)) == {"Mina": 0.8, "Omid": 0.2}


def test_a_person_of_unknown_influence_speaks_like_the_mean_of_the_others() -> None:
    found = voice(*(answer(f"S{k}", "2026-09-30", 2, k) for k in ("K1", "K2", "K3")))
    assert sorted(found["weight"]) == pytest.approx([1 / 7.5, 2.5 / 7.5, 4 / 7.5])


def test_answers_without_a_name_all_count_but_only_those_of_the_last_day() -> None:
    found = voice(answer("S1", "2026-09-01", 1), answer("S2", "2026-09-30", 2), answer("S3", "2026-09-30", 3))
    assert found["source"].str[7:9].tolist() == ["S2", "S3"]
    assert found["weight"].tolist() == [0.5, 0.5]


def test_an_unanswered_question_is_absent_and_does_not_hide_an_older_answer() -> None:
    asked_again: Row = {"survey_id": "S2", "account_id": "A", "survey_date": AS_OF, "contact_id": "K1", "nps": 5}
    found = voice(answer("S1", "2026-03-31", 3, "K1"), asked_again)
    assert found["observed"].tolist() == ["“how do you see us?” answered 3 of 3"]


def test_every_behaviour_is_measured_by_its_formula() -> None:
    sales = [*(line(x, "2024-10-15", 80, list_amount=100, cost_amount=60) for x in "ABCDE"), *SALES]
    sales += [
        line("A", "2026-08-31", 60, list_amount=100, cost_amount=30, product_id="S"),
        line("A", "2026-07-31", -10, quantity=-1, product_id="P1"),
        line("B", "2026-08-31", 90, cost_amount=81, product_id="P1"),
        line("C", "2026-08-31", 80, cost_amount=60, product_id="P1"),
        line("D", "2026-08-31", 80, cost_amount=60, product_id="P1"),
        line("E", "2026-07-31", 70, cost_amount=63, product_id="P1"),
    ]
    accounts = [{"account_id": x, "yearly_wallet": 1000, "customer_since": dt.date(2020, 9, 30)} for x in "AB"]
    accounts += [{"account_id": x, "yearly_wallet": 200} for x in "CDE"]
    book = small_book(sales=sales, accounts=accounts)
    book.execute("insert into products (product_id, category, kind) values ('S', 'C3', 'service')")
    book.execute("update products set kind = 'product' where product_id <> 'S'")
    found = evidence(read(book, AS_OF, accounts=["A"])).set_index("signal")
    assert found["observed"].to_dict() == {
        "perception": "“how do you see us?” answered 3 of 3",
        "recommendation": "“would you recommend us?” answered 9 of 10",
        "discount depth": "discount 10.0 %, peers' median 20.0 %",  # 1 − 360/400
        "discount trend": "discount −10.0 pp against the year before, peers' median 0.0 pp",  # 10 % − 20 %
        "margin rate": "margin rate 50.0 %, peers' median 25.0 %",  # 30/60
        "categories": "categories bought: 3, peers' median 1",
        "services share": "services 17.1 % of revenue, peers' median 0.0 %",  # 60/350
        "share of wallet": "35.0 % of what it spends, peers' median 70.0 %",  # 350/1000
        "tenure": "years a customer: 6, peers' median 2",
    }  # regularity: all bought in two months, nothing to compare
    assert found["level"].to_dict() | {"perception": "", "recommendation": ""} == {
        "perception": "",
        "recommendation": "",
        "discount depth": "shallow",
        "discount trend": "easing",
        "margin rate": "rich",
        "categories": "broad",
        "services share": "much",
        "share of wallet": "middle",
        "tenure": "long",
    }


def test_what_cannot_be_computed_is_absent_and_never_a_default() -> None:
    bare = [{name: value for name, value in row.items() if name != "list_amount"} for row in SALES]
    found = evidence(read(small_book(sales=bare, surveys=()), AS_OF))
    assert set(found["signal"]) == {"categories"}


def test_four_accounts_are_too_few_to_compare() -> None:
    found = evidence(read(small_book(sales=[row for row in SALES if row["account_id"] != "E"], surveys=()), AS_OF))
    assert found.empty
    assert found["weight"].dtype == "float64"


def test_nothing_after_as_of_leaks() -> None:
    later: Row = {"survey_id": "S9", "account_id": "A", "survey_date": dt.date(2026, 10, 1), "perception": 1}
    more = [*SALES, line("A", "2026-10-01", 500, list_amount=1000), line("F", "2026-10-01", 1, list_amount=100)]
    before = evidence(read(small_book(), AS_OF))
    after = evidence(read(small_book(sales=more, surveys=[*SURVEYS, later]), AS_OF))
    pd.testing.assert_frame_equal(before, after)


def test_a_month_that_has_not_ended_tells_nothing_yet() -> None:
    assert evidence(read(small_book(), dt.date(2026, 9, 29))).empty


def test_parents_speak_with_the_voices_and_sales_of_their_subsidiaries() -> None:
    sales = [*SALES, line("A2", "2026-09-01", 50, list_amount=100, product_id="P1")]
    accounts: list[Row] = [{"account_id": "A2", "parent_id": "A"}]
    voice_of_subsidiary: Row = {"survey_id": "S3", "account_id": "A2", "survey_date": AS_OF, "perception": 2}
    book = small_book(sales=sales, accounts=accounts, surveys=[*SURVEYS, voice_of_subsidiary])
    found = evidence(read(book, AS_OF, level="parent", accounts=["A2"]))
    assert set(found["account_id"]) == {"A"}
    assert found["source"].str.startswith("survey S3").sum() == 1
    assert "discount 12.5 %, peers' median 20.0 %" in found["observed"].tolist()  # 1 − 350/400


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(QuestionError, match="continent"):
        evidence(read(small_book(), AS_OF, level="continent"))
