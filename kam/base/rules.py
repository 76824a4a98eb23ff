"""The numbers of the rules that figures follow, each once: what is computed and what is said of it take them from here.

A book can set some otherwise in `book.toml`; those are in `kam.base.policy`.
"""

# ranges
LOW, HIGH = 0.05, 0.95  # the ends of what a range holds
RESAMPLES = 1_000  # times that accounts are drawn again for a range (bootstrap, Efron 1979)
FEWEST_COMPARED = 5  # accounts below which no range is told: resampling so few only repeats them
WEIGHTINGS = 10_000  # draws of weights and scores behind P(key)
FORECAST_RANGE = 0.8  # of what is known of the past, around a forecast
SCENARIO_RANGE = 0.8  # of the draws, around a scenario

# the portfolio
PARETO_A, PARETO_B = 80, 95  # percent of revenue that the accounts of classes A, and A and B, first reach
TOP_ONE_IN = 5  # the largest fifth of the accounts
DEPENDENCE = 0.10  # share of revenue from which one customer must be named (ASC 280)

# key accounts
KEY_FROM, BORDERLINE_FROM = 0.8, 0.2  # P(key)
ON_THE_LIST = 0.5
FEWEST_PLACES = 5
RISING_GROWTH, MAINTAINED_REVENUE = 70.0, 50.0  # scores
SMALL_REVENUE, STRONG_ROLE = 50.0, 75.0
HALFWAY = 50.0  # of a score: what an unknown one counts as, and where attractive begins
STRONG_RELATIONSHIP = 2.0  # expected rung
SIZE_IN_REVENUE = 0.7  # of the revenue score; the rest is in how many months of the year an account bought

# the ladder
KNOWN_FROM = 0.6  # certainty of a rung
GROUPS_NEEDED = 3  # groups of evidence that must speak
EVIDENCE_HALF_LIFE = 12  # months
SHORTEST_SILENCE, TIMES_ITS_RHYTHM = 3, 3  # months without buying, and times as long as an account used to wait
SLIP_MONTHS = 6  # ahead without any news, and back to the signals that turned

# people and their voice
ACTIVE_DAYS = 90  # since somebody was in touch
INFLUENTIAL = 4  # influence from which a contact that left is an alert
HANGS_ON_ONE = 0.5  # share of the active ties
SURE_ERRORS = 1.96  # standard errors that a change must exceed: 95 % under the normal approximation
FEWEST_ANSWERS = 5  # a year, below which no change is called sure: the error of so few is itself a guess

# opportunities
PEERS = 20  # accounts of the same industry nearest in size
PEERS_PRIOR = 10.0  # accounts by which a share is drawn towards that of all
FEWEST_TOGETHER = 5  # accounts that buy both categories of a lift
FIRST_GAPS = 3  # of a ranking, of which the hits are counted

# lifetime value
MONTHLY_DISCOUNT = 0.01
ACCOUNTS_NEEDED, REPEATERS_NEEDED = 100, 30
LARGEST_UNPROFITABLE_SHARE = 0.25  # of the accounts that came back
FEWEST_OF_INDUSTRY = 12  # accounts of a year ago, below which all accounts tell the retention
PROBABLY_GONE = 0.5  # P(alive)

# plans
SOON_DAYS = 30
NEAREST_PEERS = 24  # accounts whose past changes tell what is achievable

# risks
BANDS = 5  # of chance and of impact
