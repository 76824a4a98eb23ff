"""The sample behaves like a book of business, and its stories can be read off its numbers."""

import datetime as dt
import math
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import kam
from kam.sample import BY_KEY, STORIES, true_rungs

YEARS = """
select account_id, 2026 - datesub('year', order_date, date '2026-09-30') as year, sum(net_amount)::double as revenue,
    1 - sum(net_amount) filter (quantity > 0) / sum(list_amount) filter (quantity > 0) as discount_rate,
    1 - sum(cost_amount) / sum(net_amount) filter (cost_amount is not null) as margin_rate,
    count(distinct category) as categories, count(distinct date_trunc('month', order_date)) as months
from sales join products using (product_id) group by all order by year
"""


@pytest.fixture
def years(book: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return book.execute(YEARS).df()


def story(years: pd.DataFrame, key: str) -> pd.DataFrame:
    return years[years["account_id"] == BY_KEY[key].account_id].set_index("year")


def first(book: duckdb.DuckDBPyConnection, sql: str, key: str) -> tuple:
    return book.execute(sql, {"account": BY_KEY[key].account_id}).fetchall()[0]


def test_the_whole_has_the_proportions_of_a_real_book(book: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    revenue = years.pivot_table(index="account_id", columns="year", values="revenue", fill_value=0.0)
    now, before = revenue[2026], revenue[2025]
    cohort = before > 0
    largest = now[now > 0].sort_values(ascending=False)
    assert 40e6 < now.sum() < 60e6
    assert 0.0 < now.sum() / before.sum() - 1 < 0.08
    assert 0.98 < now[cohort].sum() / before.sum() < 1.04
    assert 0.85 < now[cohort].clip(upper=before[cohort]).sum() / before.sum() < 0.90
    assert 0.65 < largest.head(-(-len(largest) // 5)).sum() / now.sum() < 0.75
    margin, costed, returned, lines = book.execute("""
        select (1 - sum(cost_amount) / sum(net_amount) filter (cost_amount is not null))::double,
            (sum(net_amount) filter (cost_amount is not null) / sum(net_amount))::double,
            count(*) filter (quantity < 0) / count(*), count(*) from sales
    """).fetchall()[0]
    assert 0.25 < margin < 0.32
    assert 0.96 < costed < 0.98
    assert 0.01 < returned < 0.02
    assert lines == 60_000


def test_sales_are_36_complete_months_in_order(book: duckdb.DuckDBPyConnection) -> None:
    days = book.execute("select order_date from sales").df()["order_date"]
    assert days.is_monotonic_increasing
    assert days.dt.to_period("M").nunique() == 36
    assert days.iloc[0] < pd.Timestamp(2023, 10, 5)
    assert days.iloc[-1] == pd.Timestamp(2026, 9, 30)


def test_behaviour_follows_the_true_rung(book: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    told = {s.account_id for s in STORIES}
    current = years[(years["year"] == 2026) & ~years["account_id"].isin(told)]
    asked = book.execute("""
        select account_id, avg(perception) as perception, avg(nps) as nps, any_value(yearly_wallet) as wallet,
            any_value(claimed_rung) as claimed
        from accounts left join surveys using (account_id) group by 1
    """).df()
    frame = true_rungs().merge(current, on="account_id").merge(asked, on="account_id")
    frame["wallet_share"] = frame["revenue"] / frame["wallet"]
    means = frame.groupby("true_rung").mean(numeric_only=True)
    for rising in ("margin_rate", "categories", "months", "perception", "nps", "wallet_share"):
        assert means[rising].is_monotonic_increasing, rising
    assert means["discount_rate"].is_monotonic_decreasing
    assert means["discount_rate"][1] - means["discount_rate"][3] > 0.06
    assert (frame["claimed"] - frame["true_rung"]).mean() > 0.15


def test_price_erodes_at_one_of_the_three_largest(years: pd.DataFrame) -> None:
    eroding = story(years, "eroding price")
    now = years[years["year"] == 2026].set_index("account_id")["revenue"]
    assert BY_KEY["eroding price"].account_id in now.nlargest(3).index
    assert eroding["discount_rate"].diff().dropna().gt(0.03).all()
    assert eroding["margin_rate"].diff().dropna().lt(-0.02).all()


def test_market_leader_is_small_and_rated_five(book: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    now = years[years["year"] == 2026]
    assert story(years, "market leader")["revenue"][2026] < now["revenue"].mean() / 1.5
    rated = "select list(distinct score), count(*) from ratings where account_id = $account and criterion = $what"
    values = {"account": BY_KEY["market leader"].account_id, "what": "strategic role"}
    assert book.execute(rated, values).fetchall() == [([5], 3)]


def test_sponsor_left_lately(book: duckdb.DuckDBPyConnection) -> None:
    sql = """select level, influence, attitude, left_on from contacts
        where account_id = $account and left_on is not null order by influence desc"""
    assert first(book, sql, "sponsor left") == ("executive", 5, 2, dt.date(2026, 8, 14))


def test_climbing_supplier_buys_wider_for_less_discount(book: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    climbing = story(years, "climbing")
    assert climbing["categories"][2026] > climbing["categories"][2025]
    assert climbing["discount_rate"][2026] < climbing["discount_rate"][2024] - 0.02
    before, now = first(
        book,
        """select avg(perception) filter (survey_date < '2025-10-01'),
            avg(perception) filter (survey_date >= '2026-01-01')
        from surveys where account_id = $account""",
        "climbing",
    )
    assert now > before


def test_claimed_partner_says_otherwise(book: duckdb.DuckDBPyConnection) -> None:
    sql = """select any_value(claimed_rung), avg(perception) from accounts join surveys using (account_id)
        where account_id = $account"""
    claimed, perceived = first(book, sql, "claimed partner")
    assert claimed == 3
    assert perceived < 2.2


def test_the_evidence_tells_each_story(sample: Path, tmp_path: Path) -> None:
    opened = kam.open_book(shutil.copytree(sample, tmp_path / "book"))
    found, before = (opened.ladder(day).set_index("account_id") for day in (None, dt.date(2025, 9, 30)))
    now = {key: found.loc[story.account_id] for key, story in BY_KEY.items()}
    rungs = {key: row["rung"] for key, row in now.items()}
    assert rungs["eroding price"] == "commodity broker"
    assert rungs["claimed partner"] == rungs["climbing"] == "supplier"
    assert rungs["new and large"] != "strategic partner"
    assert rungs["sponsor left"] == "strategic partner"
    assert rungs["silent"] == "unknown"
    assert now["silent"]["silent"]
    assert now["claimed partner"]["gap"] > 0.9
    assert now["climbing"]["expected_rung"] > before.loc[BY_KEY["climbing"].account_id, "expected_rung"]
    slipping = opened.slip_risk().set_index("account_id")
    assert "executive contact" in str(slipping.loc[BY_KEY["sponsor left"].account_id, "turning"])


def test_every_story_behaves_as_its_rung_at_the_end() -> None:
    assert [story.rung for story in STORIES] == [math.floor(story.levels[1] + 0.499) for story in STORIES]


def test_plan_goes_red(book: duckdb.DuckDBPyConnection, years: pd.DataFrame) -> None:
    sql = """select count(*) from plans join milestones using (plan_id) where account_id = $account
        and done_on is null and coalesce(forecast_on, baseline_on) < '2026-09-30'"""
    assert first(book, sql, "plan going red")[0] >= 4
    red = story(years, "plan going red")["revenue"]
    baseline, target = first(
        book,
        """select baseline::double, target::double from objectives join plans using (plan_id)
        where account_id = $account and metric = 'revenue' and category is null""",
        "plan going red",
    )
    assert red[2026] < baseline < target


@pytest.mark.parametrize(
    ("key", "first_month", "last_month"),
    [("silent", "2023-10", "2026-04"), ("new and large", "2026-01", "2026-09"), ("lost", "2023-10", "2025-08")],
)
def test_accounts_come_and_go(book: duckdb.DuckDBPyConnection, key: str, first_month: str, last_month: str) -> None:
    sql = """select strftime(min(order_date), '%Y-%m'), strftime(max(order_date), '%Y-%m'),
        count(distinct date_trunc('month', order_date)), datediff('month', min(order_date), max(order_date)) + 1
        from sales where account_id = $account"""
    start, end, active, months = first(book, sql, key)
    assert (start, end) == (first_month, last_month)
    assert active == months


def test_milestones_show_every_status(book: duckdb.DuckDBPyConnection) -> None:
    counts = book.execute("""
        select count(*) filter (done_on <= baseline_on), count(*) filter (done_on > baseline_on),
            count(*) filter (done_on is null and due_on < today),
            count(*) filter (done_on is null and due_on between today and today + 30),
            count(*) filter (done_on is null and due_on > today + 30), count(*) filter (forecast_on > baseline_on)
        from (select *, coalesce(forecast_on, baseline_on) as due_on, date '2026-09-30' as today from milestones)
    """).fetchall()[0]
    assert min(counts) >= 5


def test_groups_of_companies(book: duckdb.DuckDBPyConnection) -> None:
    sql = "select count(*), count(distinct parent_id) from accounts where parent_id is not null"
    subsidiaries, groups = book.execute(sql).fetchall()[0]
    assert 10 <= subsidiaries <= 15
    assert groups == 5
