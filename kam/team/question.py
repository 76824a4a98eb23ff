"""Who of ours looks after the accounts of a book: what these did, who carries how much, skills, and what is owed."""

import pandas as pd

from kam.plan.question import Plans
from kam.portfolio.question import Money
from kam.team.comparison import account_facts, departments, team, team_measures
from kam.voice.question import Voice

_SKILLS = """
select coalesce(name, manager_id) as manager, started_on, communication::double as communication,
    negotiation::double as negotiation, strategic_thinking::double as strategic_thinking,
    problem_solving::double as problem_solving, coordination::double as coordination, resilience::double as resilience,
    product_knowledge::double as product_knowledge
from managers
where $accounts is null
    or manager_id in (select manager_id from accounts where account_id in (select unnest($accounts)))
order by manager
"""


class Team(Plans, Voice, Money):
    """Questions about our own people.

    An account counts for the manager it has now; who had it before is not known.
    """

    def team(self) -> pd.DataFrame:
        """Return what each manager carries: accounts, money, contact, open steps and problems; most revenue first."""
        return team(self._facts())

    def team_measures(self) -> pd.DataFrame:
        """Return what each manager's accounts did beside those of all others, with ranges, measure by measure."""
        return team_measures(self._facts())

    def skills(self) -> pd.DataFrame:
        """Return how each manager with accounts in view is rated: manager, started_on, seven skills from 1 to 5."""
        return self._read(_SKILLS, {"accounts": self._scope})

    def departments(self) -> pd.DataFrame:
        """Return what each department owes the customers in view: steps of plans, and problems."""
        return departments(self.milestones(), self.solved_problems(), self.problems(), as_of=self.as_of)

    def _facts(self) -> pd.DataFrame:
        """Lay out what managers are measured by, once for both questions."""

        def make() -> pd.DataFrame:
            return account_facts(self.accounts(), self.relationships(), self.milestones(), self.solved_problems(),
                                 self.problems(), as_of=self.as_of)  # fmt: skip

        return self._once("team", make)
