"""Which posts at a customer should know us: functions × levels, how much each counts, and what an active contact is."""

from kam.base.schema import CONTACT_LEVELS, FUNCTIONS

# A contact of the same function and a higher level does as well.
ROLES = {
    ("management", "executive"): 3,
    ("purchasing", "head"): 2,
    ("technical", "head"): 2,
    ("operations", "head"): 1,
    ("finance", "head"): 1,
    ("marketing", "head"): 1,
}
POSTS = tuple((function, level) for function in FUNCTIONS for level in CONTACT_LEVELS)


def post_parameters() -> dict[str, object]:
    """Return the posts asked for as lists for SQL: functions, heights_asked (1 the highest level) and weights.

    >>> post_parameters()["functions"][:2], post_parameters()["heights_asked"][:2], post_parameters()["weights"][:2]
    (['management', 'purchasing'], [1, 2], [3, 2])
    """
    return {
        "heights": list(CONTACT_LEVELS),
        "functions": [function for function, _ in ROLES],
        "heights_asked": [1 + CONTACT_LEVELS.index(level) for _, level in ROLES],
        "weights": list(ROLES.values()),
    }
