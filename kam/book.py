"""An opened book: ask it a question, get a new frame; every page, notebook and test asks here."""

import datetime as dt
import warnings
from pathlib import Path

from kam.base.errors import OldDataWarning
from kam.dangers.question import dangers
from kam.data.question import columns, findings, intake, missing, reasons, refused
from kam.data.records import (
    accept_file,
    change_log,
    file_changes,
    file_differences,
    names,
    plan_changes,
    records,
    undo,
    write,
)
from kam.intake.cache import connect, loaded_book
from kam.intake.load import Progress
from kam.key_accounts.question import (
    criterion_parts,
    key_account_moves,
    key_accounts,
    key_levers,
    policy,
    rank_acceptability,
    rating_worth,
)
from kam.ladder.question import (
    best_evidence,
    best_steps,
    climb,
    evidence_worth,
    ladder,
    ladder_days,
    ladder_evidence,
    ladder_history,
    ladder_moves,
    ladder_policy,
    ladder_rows,
    ladder_shifts,
    rung_outcomes,
    slip_risk,
    ways_up,
)
from kam.lifetime.question import lifetime, lifetime_back_test, lifetime_method, lifetime_total
from kam.money.question import bridge, bridge_summary, bridge_table, cohorts, discount_erosion, retention_drivers
from kam.opportunities.question import opportunities, solution_gaps, up_sell, white_space, white_space_back_test
from kam.people.question import (
    contact_rhythm,
    coverage,
    coverage_gaps,
    departures,
    network,
    relationships,
    reporting_lines,
    stakeholders,
    ties,
    touches,
)
from kam.plan.question import (
    calendar,
    check_objective,
    draft_plan,
    measure_objective,
    milestone_load,
    milestones,
    objective_history,
    objectives,
    plans,
    smart,
    strategies,
)
from kam.portfolio.question import accounts, categories, changes, concentration, family, headline, monthly, retention
from kam.risks.question import competitors, loss_curve, risk_grid, risks, rivals
from kam.store.live_records import LiveRecords
from kam.store.workspace import Workspace
from kam.team.question import departments, skills, team, team_measures
from kam.view import View
from kam.voice.question import (
    problems,
    referral_rows,
    referrals,
    satisfaction,
    satisfaction_total,
    solved_problems,
    survey_answers,
    swot,
    time_to_resolve,
    value_balance,
    value_delivered,
)
from kam.whatif.question import (
    break_even,
    simulate,
    stress_tests,
    what_if_accounts,
    what_if_assumptions,
    what_if_back_test,
    what_if_compare,
    what_if_months,
    what_if_objectives,
    what_if_problems,
    what_if_targets,
    what_if_tornado,
)


class Book(View):
    """A book of business, opened; `kam.open_book` makes one.

    Every question returns a new pandas frame, if it does not say otherwise: ids are text, money and ratios float64,
    unknown is NaN. A book can be asked from many threads at once: each question has a cursor of its own. Where a
    question takes an `account_id`, None asks about all accounts in view.
    """

    # what came in from the files
    intake = intake
    refused = refused
    reasons = reasons
    columns = columns
    findings = findings
    missing = missing

    # what people write into it, and the ways to write it
    records = records
    names = names
    write = write
    undo = undo
    change_log = change_log
    plan_changes = plan_changes
    file_differences = file_differences
    file_changes = file_changes
    accept_file = accept_file

    # what the accounts bring
    accounts = accounts
    monthly = monthly
    categories = categories
    family = family
    concentration = concentration
    retention = retention
    headline = headline
    changes = changes

    # what made that change, and what discounts cost
    bridge = bridge
    bridge_summary = bridge_summary
    bridge_table = bridge_table
    discount_erosion = discount_erosion
    cohorts = cohorts
    retention_drivers = retention_drivers

    # what accounts will bring, and how well that could be foretold
    lifetime = lifetime
    lifetime_total = lifetime_total
    lifetime_method = lifetime_method
    lifetime_back_test = lifetime_back_test

    # the people at the customers
    relationships = relationships
    network = network
    reporting_lines = reporting_lines
    stakeholders = stakeholders
    ties = ties
    departures = departures
    coverage = coverage
    coverage_gaps = coverage_gaps
    touches = touches
    contact_rhythm = contact_rhythm

    # what customers say
    satisfaction = satisfaction
    satisfaction_total = satisfaction_total
    survey_answers = survey_answers
    problems = problems
    solved_problems = solved_problems
    time_to_resolve = time_to_resolve
    referrals = referrals
    referral_rows = referral_rows
    value_delivered = value_delivered
    value_balance = value_balance
    swot = swot

    # what customers could buy
    white_space = white_space
    white_space_back_test = white_space_back_test
    up_sell = up_sell
    solution_gaps = solution_gaps
    opportunities = opportunities

    # what may go wrong
    risks = risks
    risk_grid = risk_grid
    loss_curve = loss_curve
    competitors = competitors
    rivals = rivals

    # where each customer places us
    ladder = ladder
    ladder_history = ladder_history
    ladder_days = ladder_days
    ladder_evidence = ladder_evidence
    ladder_rows = ladder_rows
    ladder_policy = ladder_policy
    ladder_moves = ladder_moves
    ladder_shifts = ladder_shifts
    climb = climb
    best_steps = best_steps
    ways_up = ways_up
    slip_risk = slip_risk
    evidence_worth = evidence_worth
    best_evidence = best_evidence
    rung_outcomes = rung_outcomes

    # what is in danger
    dangers = dangers

    # who is key
    key_accounts = key_accounts
    rank_acceptability = rank_acceptability
    criterion_parts = criterion_parts
    key_account_moves = key_account_moves
    key_levers = key_levers
    rating_worth = rating_worth
    policy = policy

    # how plans go
    milestones = milestones
    objectives = objectives
    objective_history = objective_history
    smart = smart
    check_objective = check_objective
    measure_objective = measure_objective
    plans = plans
    strategies = strategies
    milestone_load = milestone_load
    calendar = calendar
    draft_plan = draft_plan

    # our own people
    team = team
    team_measures = team_measures
    skills = skills
    departments = departments

    # what would be
    simulate = simulate
    what_if_months = what_if_months
    what_if_accounts = what_if_accounts
    what_if_tornado = what_if_tornado
    break_even = break_even
    what_if_assumptions = what_if_assumptions
    what_if_back_test = what_if_back_test
    what_if_problems = what_if_problems
    what_if_targets = what_if_targets
    what_if_compare = what_if_compare
    what_if_objectives = what_if_objectives
    stress_tests = stress_tests


def open_book(
    folder: str | Path, as_of: dt.date | str | None = None, *, progress: Progress = lambda _step, _share: None
) -> Book:
    """Open a book folder: load its files, or what was kept of the last loading if nothing has changed.

    Where the files have changed and cannot be loaded, the book is that of their last good state: a warning says so.

    Parameters
    ----------
    folder
        A folder with at least a sales file; see the data dictionary for everything it may hold.
    as_of
        A day in the month the figures are to be seen as of, also as text, "2011-11-30"; the last complete month if not
        given.
    progress
        Called with what is being done and how far it is (0 to 1).

    Raises
    ------
    BookError
        The folder is no book, or its `book.toml` is wrong.
    LoadError
        The files cannot be loaded, and no earlier good state of them is kept.

    Warns
    -----
    OldDataWarning
        The figures are older than the files; `Book.failure` is why.
    """
    book = shown_book(folder, as_of, progress=progress)
    if book.failure is not None:
        text = f"{folder}: these are older data, to {book.last_day}. The files have changed and cannot be read:"
        warnings.warn(f"{text} {book.failure}", OldDataWarning, stacklevel=2)
    return book


def shown_book(
    folder: str | Path, as_of: dt.date | str | None = None, *, progress: Progress = lambda _step, _share: None
) -> Book:
    """Open a book as `open_book` does, for a page that shows `Book.failure` itself: nothing is warned of."""
    loaded = loaded_book(Path(folder), today=dt.datetime.now().astimezone().date(), progress=progress)
    connection = connect(loaded.path)
    records = LiveRecords(connection, Workspace(loaded.folder))
    return Book(loaded, connection, records, as_of=as_of)
