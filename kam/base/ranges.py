"""How the rules' shares are written in sentences: what a range holds, and from where on something counts."""

from kam.base import rules
from kam.base.numbers import share

RANGE = share(rules.HIGH - rules.LOW)
FORECAST_RANGE = share(rules.FORECAST_RANGE)
SCENARIO_RANGE = share(rules.SCENARIO_RANGE)
KNOWN_FROM = share(rules.KNOWN_FROM)
KEY_FROM, BORDERLINE_FROM = share(rules.KEY_FROM), share(rules.BORDERLINE_FROM)
LARGEST = share(1 / rules.TOP_ONE_IN)
