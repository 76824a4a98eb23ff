"""A scenario as text: nothing is lost, and no text, however hostile, is more than refused."""

import base64
import contextlib
import json
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kam.base.errors import KamError, QuestionError
from kam.whatif.scenario import KINDS, Changed, Lever, Scenario
from kam.whatif.scenario_text import LONGEST, from_text, to_text

NAMES = st.text(min_size=1, max_size=30)
SHARES = st.floats(-0.5, 5, allow_nan=False)
LEVERS = st.one_of(
    st.builds(
        Lever,
        st.sampled_from(["list_price", "unit_cost", "volume"]),
        SHARES,
        st.sampled_from(["account", "parent", "rung", "class", "industry", "region", "manager", "category"]),
        NAMES,
    ),
    st.builds(Lever, st.sampled_from(["list_price", "volume"]), SHARES),
    st.builds(Lever, st.just("loss"), st.just(0.0), st.just("account"), NAMES),
    st.builds(Lever, st.just("rung_move"), st.sampled_from([-2.0, -1.0, 1.0, 2.0]), st.just("parent"), NAMES),
    st.builds(
        Lever, st.just("win"), st.floats(1, 1e9), st.just("all"), NAMES.filter(str.strip), st.none() | st.floats(-1, 1)
    ),
)
ASSUMED = st.builds(
    lambda key, ends: Changed(key, ends[1], ends[0], ends[2]),
    st.text(string.ascii_lowercase, min_size=1),
    st.tuples(SHARES, SHARES, SHARES).map(sorted),
)


@given(levers=st.lists(LEVERS, max_size=8), assumed=st.lists(ASSUMED, max_size=3, unique_by=lambda each: each.key))
@settings(max_examples=60, deadline=None)
def test_a_scenario_comes_back_as_it_was(levers: list[Lever], assumed: list[Changed]) -> None:
    lost = {lever.target: lever for lever in levers if lever.kind == "loss"}
    scenario = Scenario((*(lever for lever in levers if lever.kind != "loss"), *lost.values()), tuple(assumed))
    text = to_text(scenario)
    assert from_text(text) == scenario
    assert set(text) <= set(string.ascii_letters + string.digits + "-_.")


def packed(content: object) -> str:
    return coded(json.dumps(content).encode())


def coded(content: bytes) -> str:
    return "1." + base64.urlsafe_b64encode(content).decode().rstrip("=")


HOSTILE = {
    "no version": "W1tdLFtdXQ",
    "another version": "2.W1tdLFtdXQ",
    "nothing after the version": "1.",
    "no base64": "1.***",
    "half of it": packed([[["list_price", 0.03, "all", ""]], []])[:-9],
    "no JSON": coded(b"\xff\xfe{"),
    "deep": coded(b"[" * 4000),
    "too long": "1." + "A" * LONGEST,
    "a number": packed(7),
    "an object": packed({"levers": []}),
    "three parts": packed([[], [], []]),
    "a lever that is none": packed([["list_price"], []]),
    "a lever of another kind": packed([[["__import__", 0.1, "all", ""]], []]),
    "a lever without a value": packed([[["list_price", None, "all", ""]], []]),
    "a text as a value": packed([[["list_price", "0.03", "all", ""]], []]),
    "true as a value": packed([[["list_price", True, "all", ""]], []]),
    "an endless value": coded(b'[[["volume",1e999,"all",""]],[]]'),
    "no number": coded(b'[[["volume",NaN,"all",""]],[]]'),
    "a huge whole number": coded(b'[[["volume",' + b"9" * 400 + b',"all",""]],[]]'),
    "a target that is a list": packed([[["volume", 0.1, "account", ["A"]]], []]),
    "a scope that is a number": packed([[["volume", 0.1, 7, "A"]], []]),
    "an assumption that is none": packed([[], ["market"]]),
    "an assumption without a name": packed([[], [[None, 0, 0, 0]]]),
    "an assumption outside its range": packed([[], [["market", 1, 0, 0.5]]]),
    "one assumption twice": packed([[], [["market", 0, 0, 0], ["market", 0, 0, 0]]]),
    "a hundred levers": packed([[["volume", 0.1, "all", ""]] * 100, []]),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_text_that_cannot_be_read_is_refused_in_words(case: str) -> None:
    with pytest.raises(QuestionError, match=r"Nothing was (changed|computed)"):
        from_text(HOSTILE[case])


@given(text=st.text(max_size=200))
@example("1.\ud800")
@settings(max_examples=200, deadline=None)
def test_no_text_is_more_than_refused(text: str) -> None:
    for tried in (text, f"1.{text}", coded(text.encode("utf-8", "replace"))):
        # whatever is wrong is said in our own words, or this raises
        with contextlib.suppress(KamError):
            assert isinstance(from_text(tried), Scenario)


IMPOSSIBLE = {
    "a cap of 100 %": ("discount_cap", 1.0, "all", ""),
    "a negative cap": ("discount_cap", -0.1, "all", ""),
    "a discount change over 100 %": ("discount_change", 1.1, "all", ""),
    "volume under −100 %": ("volume", -1.01, "all", ""),
    "a list price of nothing": ("list_price", -1.0, "all", ""),
    "half a rung": ("rung_move", 0.5, "account", "A"),
    "no rung": ("rung_move", 0.0, "account", "A"),
    "three rungs": ("rung_move", 3.0, "account", "A"),
    "an unknown scope": ("volume", 0.1, "planet", "Earth"),
    "nobody": ("volume", 0.1, "account", ""),
    "all and somebody": ("volume", 0.1, "all", "A"),
    "the loss of a category": ("loss", 0.0, "category", "Pumps"),
    "a win of nothing": ("win", 0.0, "all", "Newcomer"),
    "a win without a name": ("win", 1.0, "all", " "),
    "a win that is all margin and more": ("win", 1.0, "all", "Newcomer", 1.2),
    "a margin rate of an account that is there": ("volume", 0.1, "account", "A", 0.3),
    "no number": ("volume", float("nan"), "all", ""),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_lever_that_cannot_be_meant_is_refused_by_its_kind(case: str) -> None:
    with pytest.raises(QuestionError, match="Nothing was computed") as refused:
        Lever(*IMPOSSIBLE[case])
    assert KINDS[IMPOSSIBLE[case][0]].name in str(refused.value)


def test_an_account_cannot_be_lost_twice() -> None:
    with pytest.raises(QuestionError, match="'A' cannot be lost twice"):
        Scenario((Lever("loss", 0.0, "account", "A"),) * 2)
