"""Where direct labels go: beside their marks, never over another label, and only as many as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LETTER_WIDTH = 0.61  # of the font size: a little over the mean of the system fonts, so that estimates err to the wide
_GAP = 4.0
_COVER = 0.30  # share of a label's box that bubbles may lie under; a label over more is left away


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: "Box") -> float:
        """Return the shared area in square pixels."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)

    def inside(self, other: "Box") -> bool:
        """Say whether this box lies wholly inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    @property
    def area(self) -> float:
        """The area in square pixels."""
        return (self.right - self.left) * (self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark that wants a label: its centre and radius in pixels, and the text as the eye sees it.

    One that `must` be named is so even where other marks lie under its name.
    """

    x: float
    y: float
    radius: float
    text: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A label that found room: which spot it belongs to, and its shift and anchors for a Plotly annotation."""

    index: int
    xshift: float
    yshift: float
    xanchor: str
    yanchor: str
    box: Box


def place(
    spots: Sequence[Spot], *, room: Box, marks: Sequence[Box] = (), taken: Sequence[Box] = (), size: float = 11
) -> list[Placed]:
    """Place labels greedily in the given order: the first spot gets the best side, a spot without a free side none.

    Parameters
    ----------
    spots
        Most important first.
    room
        The drawing area; labels stay inside it.
    marks
        The boxes of all marks; a label may touch them a little, but prefers not to.
    taken
        Boxes no label may touch, such as the texts of reference lines.
    size
        Font size in pixels.

    >>> room = Box(0, 0, 200, 100)
    >>> [p.xanchor for p in place([Spot(50, 50, 5, "one"), Spot(52, 50, 5, "two")], room=room)]
    ['left', 'right']
    """
    edges = np.array([(mark.left, mark.bottom, mark.right, mark.top) for mark in marks], dtype=float).reshape(-1, 4)
    blocked = list(taken)
    placed: list[Placed] = []
    for index, spot in enumerate(spots):
        free = [
            candidate
            for candidate in _candidates(index, spot, size)
            if candidate.box.inside(room) and not any(candidate.box.overlap(box) > 0 for box in blocked)
        ]
        if not free:
            continue
        cover = [_covered(candidate.box, edges) / candidate.box.area for candidate in free]
        best = min(range(len(free)), key=lambda k: (round(cover[k], 1), k))
        if cover[best] > _COVER and not spot.must:
            continue
        placed.append(free[best])
        blocked.append(free[best].box)
    return placed


def _covered(box: Box, edges: np.ndarray) -> float:
    """Add up the areas in square pixels that a box shares with others, given as rows of left, bottom, right, top."""
    wide = np.minimum(edges[:, 2], box.right) - np.maximum(edges[:, 0], box.left)
    high = np.minimum(edges[:, 3], box.top) - np.maximum(edges[:, 1], box.bottom)
    return float((np.maximum(wide, 0.0) * np.maximum(high, 0.0)).sum())


def _candidates(index: int, spot: Spot, size: float) -> list[Placed]:
    wide, high = len(spot.text) * size * LETTER_WIDTH, size * 1.3
    reach = spot.radius + _GAP
    slant = spot.radius * 0.7 + _GAP
    sides = (
        (reach, 0.0, "left", "middle"),
        (-reach, 0.0, "right", "middle"),
        (0.0, reach, "center", "bottom"),
        (0.0, -reach, "center", "top"),
        (slant, slant, "left", "bottom"),
        (slant, -slant, "left", "top"),
        (-slant, slant, "right", "bottom"),
        (-slant, -slant, "right", "top"),
    )
    placed = []
    for xshift, yshift, xanchor, yanchor in sides:
        left = spot.x + xshift - {"left": 0.0, "center": wide / 2, "right": wide}[xanchor]
        bottom = spot.y + yshift - {"bottom": 0.0, "middle": high / 2, "top": high}[yanchor]
        box = Box(left, bottom, left + wide, bottom + high)
        placed.append(Placed(index, xshift, yshift, xanchor, yanchor, box))
    return placed
