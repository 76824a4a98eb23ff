"""What customers say of us: satisfaction, problems, referrals, what they gain from us, and their own business."""

import pandas as pd

from kam.base.periods import checked_level
from kam.view import Opened
from kam.voice.customer import swot, value_balance, value_delivered
from kam.voice.problems import problems, solved, time_to_resolve
from kam.voice.referrals import referral_rows, referrals
from kam.voice.satisfaction import satisfaction, satisfaction_total, survey_answers


class Voice(Opened):
    """Questions about what customers say.

    Where a question takes an `account_id`, None asks about all accounts in view.
    """

    def satisfaction(self, level: str = "account") -> pd.DataFrame:
        """Return NPS and CSAT of each account with n and standard error, beside the year before."""
        return self._ask(satisfaction, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def satisfaction_total(self) -> pd.DataFrame:
        """Return NPS and CSAT over all answers of the accounts in view: one row."""
        return self._ask(satisfaction_total, as_of=self.as_of, accounts=self._scope)

    def survey_answers(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the answers behind NPS and CSAT, of these twelve months and of the twelve before."""
        return self._ask(survey_answers, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def problems(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the problems and disputes open today: age, owner, department, severity, target, overdue."""
        return self._ask(problems, today=self.today, level=level, accounts=self._among(account_id, level))

    def solved_problems(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the problems and disputes closed within twelve months, with the days they took."""
        return self._ask(solved, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def time_to_resolve(
        self, by: str | None = None, account_id: str | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return median days to solve a problem and the share within target, in all or by department or manager."""
        return time_to_resolve(self.solved_problems(account_id, level), self.problems(account_id, level), by=by)

    def referrals(self, level: str = "account") -> pd.DataFrame:
        """Return how often each account recommended us, how often that was won, and what it brought."""
        return self._ask(referrals, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def referral_rows(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return each referral: to whom, whether it was won, and what it brought."""
        return self._ask(referral_rows, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def value_delivered(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what the customers gained from us beyond the goods."""
        return self._ask(value_delivered, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def value_balance(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what the customers got from us in twelve months beside what we got from them: one row."""
        return self._ask(value_balance, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def swot(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the strengths, weaknesses, opportunities and threats of the customers' own business."""
        return self._ask(swot, as_of=self.as_of, level=level, accounts=self._among(account_id, level))
