"""Who of ours looks after the accounts of a book: what these did, who carries how much, skills, and what is owed."""

import pandas as pd

from kam.people.question import relationships
from kam.plan.question import milestones
from kam.portfolio.question import accounts
from kam.team.comparison import account_facts
from kam.team.comparison import departments as _departments
from kam.team.comparison import team as _team
from kam.team.comparison import team_measures as _team_measures
from kam.view import View, question
from kam.voice.question import problems, solved_problems

_SKILLS = """
select coalesce(name, manager_id) as manager, started_on, communication::double as communication,
    negotiation::double as negotiation, strategic_thinking::double as strategic_thinking,
    problem_solving::double as problem_solving, coordination::double as coordination, resilience::double as resilience,
    product_knowledge::double as product_knowledge
from managers
where manager_id in (select manager_id from member) or not exists (from unit where not in_view)
order by manager
"""


@question
def team(view: View) -> pd.DataFrame:
    """Return what each manager carries: accounts, money, contact, open steps and problems; most revenue first."""
    return _team(_facts(view))


@question
def team_measures(view: View) -> pd.DataFrame:
    """Return what each manager's accounts did beside those of all others, with ranges, measure by measure."""
    return _team_measures(_facts(view))


@question
def skills(view: View) -> pd.DataFrame:
    """Return how each manager with accounts in view is rated: manager, started_on, seven skills from 1 to 5."""
    return view.read(_SKILLS)


@question
def departments(view: View) -> pd.DataFrame:
    """Return what each department owes the customers in view: steps of plans, and problems."""
    view = view.by_account
    return _departments(milestones(view), solved_problems(view), problems(view), as_of=view.as_of)


def _facts(view: View) -> pd.DataFrame:
    """Lay out what managers are measured by, once for both questions."""

    def make() -> pd.DataFrame:
        one = view.by_account
        asked = (question(one) for question in (accounts, relationships, milestones, solved_problems, problems))
        return account_facts(*asked, as_of=view.as_of)

    return view.kept("team", make).copy()
