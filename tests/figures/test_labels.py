"""Names on a map never touch one another and never leave the drawing."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kam.chart.labels import Box, Spot, place

ROOM = Box(0, 0, 300, 200)
spots = st.lists(
    st.builds(Spot, st.floats(0, 300), st.floats(0, 200), st.floats(2, 25), st.text("abcdef", min_size=1, max_size=20)),
    max_size=25,
)


@given(spots)
def test_labels_stay_inside_and_apart(wanted: list[Spot]) -> None:
    taken = Box(0, 90, 100, 110)
    placed = place(wanted, room=ROOM, taken=[taken])
    assert all(label.box.inside(ROOM) and label.box.overlap(taken) == 0 for label in placed)
    assert all(one.box.overlap(other.box) == 0 for one, other in combinations(placed, 2))


def test_the_first_gets_its_label_and_the_one_behind_it_none() -> None:
    crowd = [Spot(150, 100, 4, "n" * 18)] * 12
    placed = place(crowd, room=ROOM)
    assert placed[0].index == 0
    assert len(placed) < len(crowd)


def test_a_label_prefers_the_side_where_no_bubble_lies() -> None:
    bubble = Box(60, 80, 130, 120)
    (label,) = place([Spot(50, 100, 5, "name")], room=ROOM, marks=[bubble])
    assert label.xanchor != "left"
