"""How likely each level of each signal is on each rung: one table, to be read and argued with.

A level is what a signal shows at one account: a discount that is deep against the peers', an answer "a partner in our
goals". A row says how often accounts that truly stand on a rung show that level. Within one signal and one rung the
levels add up to 1, and from the first level to the last the evidence moves from broker to partner, never back. Signals
that compare an account with its peers take the lowest quarter, the middle half and the highest quarter as their levels
(`kam.ladder.standing_among`), so that under the prior each of these rows comes out near 25 %, 50 % and 25 %.

The numbers are judgements, not estimates: `book.toml` can replace any of them (`kam.base.ladder_policy`). How far apart
they stand was set so that, on portfolios with known rungs, 70 % certain is right about 70 % of the time
(docs/calibration.md says on which portfolios, and how well that holds).
"""

from dataclasses import dataclass

import pandas as pd

from kam.base.terms import RUNG_KEYS

VOICE = "customer's voice"
PRICE = "price behaviour"
BREADTH = "breadth and solutions"
WALLET = "wallet and loyalty"
RELATION = "relationship"
JOINT = "joint value"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one signal: P(level | rung) for the three rungs, and why."""

    group: str
    signal: str
    level: str
    broker: float
    supplier: float
    partner: float
    reason: str


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """The likelihood table with the prior P(rung), in the order of `RUNGS`."""

    prior: tuple[float, float, float]
    levels: tuple[Level, ...]

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals in the order of the table."""
        return tuple(dict.fromkeys(row.signal for row in self.levels))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of the table."""
        return tuple(dict.fromkeys(row.group for row in self.levels))

    def of(self, signal: str) -> tuple[Level, ...]:
        """Give the levels of one signal, from broker to partner."""
        return tuple(row for row in self.levels if row.signal == signal)

    def frame(self) -> pd.DataFrame:
        """Give the table for reading: group, signal, level, broker, supplier, partner, reason."""
        fields = ("group", "signal", "level", *RUNG_KEYS, "reason")
        return pd.DataFrame([[getattr(row, field) for field in fields] for row in self.levels], columns=list(fields))


PRIOR_REASON = "many accounts only buy, some see an advantage in us, one in five sees a partner"
DEFAULT = Likelihoods(
    prior=(0.35, 0.45, 0.20),
    levels=(
        #     group    signal            level                      broker supplier partner
        Level(VOICE, "perception", "one of many sellers", 0.80, 0.12, 0.02,
              "who sees no difference between us and others says so; a partner hardly ever does"),
        Level(VOICE, "perception", "a good supplier", 0.18, 0.75, 0.14,
              "the rung's own words; politeness brings it from the others too"),
        Level(VOICE, "perception", "a partner in our goals", 0.02, 0.13, 0.84,
              "a strong word: rarely said without cause, yet one person is not the whole customer"),
        Level(VOICE, "recommendation", "detractor", 0.55, 0.16, 0.02,
              "0–6: nobody recommends a seller that any other could replace"),
        Level(VOICE, "recommendation", "passive", 0.36, 0.52, 0.16,
              "7–8: content, and open to a rival's offer"),
        Level(VOICE, "recommendation", "promoter", 0.09, 0.32, 0.82,
              "9–10: stakes its own name on us; a good supplier earns that at times"),
        Level(PRICE, "discount depth", "deep", 0.63, 0.10, 0.02,
              "price is everything to it: it takes the deepest discounts of its peers"),
        Level(PRICE, "discount depth", "middle", 0.33, 0.72, 0.25,
              "price counts, but not alone"),
        Level(PRICE, "discount depth", "shallow", 0.04, 0.18, 0.73,
              "it pays for value and does not haggle"),
        Level(PRICE, "discount trend", "deepening", 0.44, 0.17, 0.04,
              "its discounts grow faster than its peers': the advantage it saw in us wears off"),
        Level(PRICE, "discount trend", "steady", 0.46, 0.62, 0.47,
              "no news; most accounts stay where they are within a year"),
        Level(PRICE, "discount trend", "easing", 0.10, 0.21, 0.49,
              "it asks for less off than a year ago: value has come to count"),
        Level(PRICE, "margin rate", "thin", 0.61, 0.12, 0.01,
              "a price war leaves a thin margin"),
        Level(PRICE, "margin rate", "middle", 0.35, 0.70, 0.36,
              "the price of a good supplier; what it buys moves it as well as what it will pay"),
        Level(PRICE, "margin rate", "rich", 0.04, 0.18, 0.63,
              "it accepts a price that pays for value"),
        Level(PRICE, "competitive bids", "many", 0.53, 0.18, 0.03,
              "it lets rivals bid against us each time: what we are does not count, what we ask does"),
        Level(PRICE, "competitive bids", "middle", 0.41, 0.60, 0.28,
              "it asks another seller now and then; rules of buying may ask that of a partner, too"),
        Level(PRICE, "competitive bids", "few", 0.06, 0.22, 0.69,
              "it comes to us without a tender; where only we can deliver that says little"),
        Level(BREADTH, "categories", "narrow", 0.51, 0.17, 0.02,
              "it picks single goods where we are cheapest"),
        Level(BREADTH, "categories", "middle", 0.43, 0.61, 0.32,
              "it comes to us for what we do well"),
        Level(BREADTH, "categories", "broad", 0.06, 0.22, 0.66,
              "it brings us needs of many kinds; large customers do so too"),
        Level(BREADTH, "services share", "little", 0.50, 0.16, 0.01,
              "goods alone can be had anywhere"),
        Level(BREADTH, "services share", "middle", 0.45, 0.66, 0.26,
              "some service comes with most goods"),
        Level(BREADTH, "services share", "much", 0.05, 0.18, 0.73,
              "it buys help with what it does, not only goods"),
        Level(BREADTH, "solutions share", "little", 0.53, 0.18, 0.03,
              "it puts its own solution together, from whoever is cheapest"),
        Level(BREADTH, "solutions share", "middle", 0.41, 0.60, 0.28,
              "as much as elsewhere; many need none"),
        Level(BREADTH, "solutions share", "much", 0.06, 0.22, 0.69,
              "it leaves the whole puzzle to us: product, service and advice in one"),
        Level(WALLET, "share of wallet", "small", 0.56, 0.14, 0.03,
              "most of its spending goes to rivals"),
        Level(WALLET, "share of wallet", "middle", 0.38, 0.66, 0.29,
              "one of two or three it buys from"),
        Level(WALLET, "share of wallet", "large", 0.06, 0.20, 0.68,
              "the first address for what we can sell it"),
        Level(WALLET, "regularity", "seldom", 0.61, 0.10, 0.03,
              "it comes when the price suits and is gone in between"),
        Level(WALLET, "regularity", "middle", 0.34, 0.69, 0.40,
              "it buys when it needs; its own business sets the rhythm"),
        Level(WALLET, "regularity", "steady", 0.05, 0.21, 0.57,
              "it comes month after month without being won anew"),
        Level(WALLET, "tenure", "new", 0.41, 0.19, 0.07,
              "trust takes years, but new customers stand on every rung"),
        Level(WALLET, "tenure", "middle", 0.45, 0.61, 0.50,
              "says little"),
        Level(WALLET, "tenure", "long", 0.14, 0.20, 0.43,
              "it stayed while rivals called; habit alone can do that too"),
        Level(RELATION, "coverage", "thin", 0.62, 0.12, 0.01,
              "the buyer alone knows us: enough to compare prices"),
        Level(RELATION, "coverage", "middle", 0.35, 0.70, 0.30,
              "those who use what we sell know us too"),
        Level(RELATION, "coverage", "broad", 0.03, 0.18, 0.69,
              "many functions and levels talk with us; a well-kept supplier may come that far"),
        Level(RELATION, "executive contact", "seldom", 0.54, 0.16, 0.01,
              "its leaders see no reason to know us"),
        Level(RELATION, "executive contact", "middle", 0.41, 0.66, 0.30,
              "its leaders know our name"),
        Level(RELATION, "executive contact", "often", 0.05, 0.18, 0.69,
              "its leaders plan with us; a price fight reaches them as well"),
        Level(RELATION, "support", "against us", 0.51, 0.16, 0.03,
              "weighty people work against us; judged by ourselves, so it speaks softly"),
        Level(RELATION, "support", "middle", 0.41, 0.64, 0.38,
              "some for us, some not"),
        Level(RELATION, "support", "behind us", 0.08, 0.20, 0.59,
              "weighty people stand up for us; sellers like to believe that"),
        Level(RELATION, "dependence", "one person", 0.49, 0.18, 0.04,
              "all hangs on one of theirs, as it does where only the buyer matters"),
        Level(RELATION, "dependence", "middle", 0.42, 0.62, 0.46,
              "a few carry it"),
        Level(RELATION, "dependence", "many people", 0.09, 0.20, 0.50,
              "the relationship would outlast any one of them"),
        Level(JOINT, "value delivered", "little", 0.50, 0.16, 0.01,
              "it gets goods for money and nothing beyond"),
        Level(JOINT, "value delivered", "middle", 0.45, 0.66, 0.26,
              "now and then it gains more than the goods"),
        Level(JOINT, "value delivered", "much", 0.05, 0.18, 0.73,
              "it gains from us all the time; that we give does not yet mean it sees it"),
        Level(JOINT, "value contact", "seldom", 0.54, 0.14, 0.01,
              "we come to sell"),
        Level(JOINT, "value contact", "middle", 0.41, 0.68, 0.30,
              "we come to sell, and bring something along"),
        Level(JOINT, "value contact", "often", 0.05, 0.18, 0.69,
              "it takes our time for advice: it would not where it only buys"),
        Level(JOINT, "joint plan", "little", 0.40, 0.21, 0.05,
              "nothing is done together for its own goal"),
        Level(JOINT, "joint plan", "middle", 0.52, 0.61, 0.34,
              "as much as elsewhere"),
        Level(JOINT, "joint plan", "much", 0.08, 0.18, 0.61,
              "it works with us on its own goal; plans are made for hopefuls too"),
        Level(JOINT, "milestones kept", "few", 0.38, 0.21, 0.08,
              "promises broken wear trust out; both sides may have broken them"),
        Level(JOINT, "milestones kept", "middle", 0.52, 0.60, 0.50,
              "as elsewhere"),
        Level(JOINT, "milestones kept", "most", 0.10, 0.19, 0.42,
              "promises kept build trust"),
        Level(JOINT, "cases in time", "few", 0.38, 0.21, 0.08,
              "who waits for help looks around"),
        Level(JOINT, "cases in time", "middle", 0.52, 0.60, 0.50,
              "as elsewhere"),
        Level(JOINT, "cases in time", "most", 0.10, 0.19, 0.42,
              "trouble handled well binds; a rival can do that too"),
    ),
)  # fmt: skip
