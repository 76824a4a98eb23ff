"""What the reader sets on who is key: four weights that add up to 100, looseness, places, half-life; all in the URL."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st

from kam.base.policy import Otherwise
from kam.base.terms import CRITERIA, CRITERION_NAMES
from kam.base.texts import _
from kam.key_accounts.words import weights_note
from kam.ui.frame import arrived

_KEYS = {criterion: f"weight_{criterion}" for criterion in CRITERIA}
_NUMBERS = ("kappa", "places", "half_life")
_WHOLE = 100
_KEPT, _WAITING = "weights kept", "weights to set"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader has set; None is the book's own policy."""

    weights: tuple[int, ...] | None
    kappa: float | None
    size: int | None
    half_life: float | None

    def arguments(self) -> Otherwise:
        """Write it as arguments of the book's questions on key accounts."""
        return {"weights": self.weights, "kappa": self.kappa, "size": self.size, "half_life": self.half_life}

    @property
    def is_changed(self) -> bool:
        """Whether anything is set otherwise than the book has it."""
        return any(value is not None for value in self.arguments().values())


def weights(policy: pd.Series) -> Chosen:
    """Draw the sliders, a way back to the book's policy, and the numbers behind one button; return what is set."""
    stated = whole([policy[criterion] for criterion in CRITERIA])
    _restore()
    sliders, rest = st.columns([4, 1], gap="large", vertical_alignment="bottom")
    with sliders, st.grid(4, min_column_width=150, gap="medium"):
        chosen = tuple(
            st.slider(
                f"{name[0].upper()}{name[1:]}",
                0,
                _WHOLE,
                given,
                format="%d%%",
                key=_KEYS[criterion],
                bind="query-params",
                on_change=_balance,
                args=(criterion,),
            )
            for (criterion, name), given in zip(CRITERION_NAMES.items(), stated, strict=True)
        )
    with rest, st.popover(_("Policy"), icon=":material/tune:", width="stretch"):
        kappa = _number(
            _("Looseness κ"), "kappa", policy["kappa"], 1.0, _("Higher keeps the drawn weights closer to yours.")
        )
        size = _number(_("Places on the list"), "places", policy["size"], 1, str(policy["size_rule"]))
        half_life = _number(
            _("Half-life of a rating (months)"),
            "half_life",
            policy["half_life_months"],
            1.0,
            _("After so many months a rating says half as much."),
        )
        st.button(
            _("Back to the book's policy"), on_click=_back, args=(stated,), icon=":material/undo:", key="policy back"
        )
        # whole points are for the hand: unmoved, the book's own weights count to the last digit
        moved = None if chosen == stated or not any(chosen) else chosen
        found = Chosen(moved, kappa, None if size is None else int(size), half_life)
        st.download_button(
            _("Keep it: text for book.toml"),
            as_toml(found, policy),
            file_name="policy.toml",
            mime="text/plain",
            key="policy toml",
            icon=":material/download:",
            on_click="ignore",
        )
    if sum(chosen) not in (0, _WHOLE):
        st.caption(weights_note(sum(chosen)))
    _keep(found)
    return found


def _keep(found: Chosen) -> None:
    if found.is_changed:
        st.session_state[_KEPT] = {key: st.session_state[key] for key in (*_KEYS.values(), *_NUMBERS)}
    else:
        st.session_state.pop(_KEPT, None)


def linked(policy: pd.Series) -> Chosen:
    """Return what was set on the Key accounts page, on a page without its sliders: by the link, else in this session.

    What a link leaves out, or gets wrong, is the book's own.
    """
    given = st.query_params.to_dict() if _is_link() else st.session_state.get(_KEPT, {})
    stated = whole([policy[criterion] for criterion in CRITERIA])
    weighed = tuple(
        int(_between(given.get(key), 0, _WHOLE, own)) for key, own in zip(_KEYS.values(), stated, strict=True)
    )
    kappa, size, half_life = (_between(given.get(name), 1, math.inf, None) for name in _NUMBERS)
    moved = None if weighed == stated or not any(weighed) else weighed
    return Chosen(moved, kappa, None if size is None else int(size), half_life)


def _is_link() -> bool:
    return any(name in st.query_params for name in (*_KEYS.values(), *_NUMBERS))


def _restore() -> None:
    """Set what was set before the reader left the page: Streamlit forgets a page's widgets, and links lose them.

    On arrival the sliders take what the link says, and nothing else; so a second run sets them.
    """
    if arrived() and not _is_link() and _KEPT in st.session_state:
        st.session_state[_WAITING] = st.session_state[_KEPT]
        st.rerun()
    st.session_state.update(st.session_state.pop(_WAITING, {}))


def _between(text: object, low: float, high: float, own: T) -> float | T:
    """Read a number of a link; what is none, or beyond its ends, is the book's own.

    >>> _between("40", 0, 100, 35), _between("-1", 0, 100, 35), _between("many", 0, 100, 35), _between(None, 1, 9, None)
    (40.0, 35, 35, None)
    """
    try:
        value = float(str(text))
    except ValueError:
        return own
    return value if low <= value <= high and math.isfinite(value) else own


def _number(label: str, key: str, own: float, least: float, told: str) -> float | None:
    return st.number_input(
        label,
        min_value=least,
        value=None,
        placeholder=_("{number:g}, the book's own").format(number=own),
        key=key,
        bind="query-params",
        step=type(least)(1),
        help=told,
    )


def whole(shares: Sequence[float], total: int = _WHOLE) -> tuple[int, ...]:
    """Divide a whole number in proportion to shares, by the largest remainder; equally if all are 0.

    >>> whole([1 / 3, 1 / 3, 1 / 3, 0.0]), whole([0, 0], total=5)
    ((34, 33, 33, 0), (3, 2))
    """
    parts = shares if any(shares) else [1.0] * len(shares)
    exact = [part * total / sum(parts) for part in parts]
    cut = [int(value) for value in exact]
    order = sorted(range(len(cut)), key=lambda place: cut[place] - exact[place])
    return tuple(value + (place in order[: total - sum(cut)]) for place, value in enumerate(cut))


def balanced(values: Mapping[str, int], moved: str) -> dict[str, int]:
    """Let the other weights share what the moved one leaves, in proportion.

    >>> balanced({"revenue": 70, "growth": 25, "role": 20, "collaboration": 20}, "revenue")
    {'revenue': 70, 'growth': 12, 'role': 9, 'collaboration': 9}
    """
    others = [name for name in values if name != moved]
    shared = whole([values[name] for name in others], total=_WHOLE - values[moved])
    return {name: values[name] if name == moved else shared[others.index(name)] for name in values}


def as_toml(chosen: Chosen, policy: pd.Series) -> str:
    """Write what is set as the section of `book.toml` that keeps it."""
    shares = policy[list(CRITERIA)] if chosen.weights is None else [value / _WHOLE for value in chosen.weights]
    stated = ", ".join(f"{name} = {float(value)!r}" for name, value in zip(CRITERIA, shares, strict=True))
    # the text takes the place of the book's own section: what it left out would fall back to the default
    is_share = chosen.size is None and pd.notna(policy["list_share"])
    size = (
        f"list_share = {float(policy['list_share'])!r}" if is_share else f"list_size = {chosen.size or policy['size']}"
    )
    kappa, half_life = chosen.kappa or policy["kappa"], chosen.half_life or policy["half_life_months"]
    return "\n".join(
        [
            "[policy.key_accounts]",
            f"weights = {{ {stated} }}",
            f"kappa = {float(kappa)!r}",
            size,
            f"half_life_months = {float(half_life)!r}",
            "",
        ]
    )


def _balance(moved: str) -> None:
    values = {criterion: int(st.session_state[key]) for criterion, key in _KEYS.items()}
    for criterion, value in balanced(values, moved).items():
        st.session_state[_KEYS[criterion]] = value


def _back(stated: tuple[int, ...]) -> None:
    for key, value in zip(_KEYS.values(), stated, strict=True):
        st.session_state[key] = value
    for key in _NUMBERS:
        st.session_state[key] = None
