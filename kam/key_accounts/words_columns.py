"""The columns of the tables of key accounts, of what a score is made of, and of ratings worth making."""

from kam.base.columns import Column, columns
from kam.base.ranges import RANGE
from kam.base.texts import _

KEY_COLUMNS = columns(
    "name key_class p_key rank_low rank_high key_for_role score revenue_score growth_score role_score "
    "collaboration_score revenue growth history rung matrix manager",
    key_class=Column(_("Class")),
    p_key=Column(_("P(key)"), "chance"),
    rank_low=Column(_("Rank from"), "count", _("{range} of the weightings lie between").format(range=RANGE)),
    rank_high=Column(_("to"), "count"),
    key_for_role=Column(_("Key for its role"), "yes"),
    score=Column(_("Score"), "number", form="%.0f"),
    revenue_score=Column(_("Revenue score"), "number", form="%.0f"),
    growth_score=Column(_("Growth score"), "number", form="%.0f"),
    role_score=Column(_("Role score"), "number", form="%.0f"),
    collaboration_score=Column(_("Collaboration score"), "number", form="%.0f"),
    history=Column(_("24 months"), "line", ends=(0, None)),
    matrix=Column(_("Matrix")),
)
WORTH_COLUMNS = columns(
    "name criterion p_key p_key_low p_key_high worth",
    criterion=Column(_("Criterion")),
    p_key=Column(_("P(key) now"), "percent"),
    p_key_low=Column(_("if rated 1"), "percent"),
    p_key_high=Column(_("if rated 5"), "percent"),
    worth=Column(_("Worth"), "percent", _("Mean change of P(key) over the five ratings")),
)
PART_COLUMNS = columns(
    "criterion part points weight evidence observed",
    criterion=Column(_("Criterion")),
    part=Column(_("Part"), width="medium"),
    points=Column(_("Points"), "number", form="%.0f"),
    weight=Column(_("Weight"), "percent"),
    evidence=Column(_("Evidence"), width="large"),
    observed=Column(_("Seen"), "day"),
)
