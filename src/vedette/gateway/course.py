"""How an answer that must not pass is exchanged for another one, before the client has any of it.

The chain of the rule that ended a look says what is tried (`guard.chains`); a policy has a number
of tries and a time for all of them together. What comes is looked at like the first answer; when
nothing is left to try the chain's end decides, which never is to let the text pass.
"""

from collections.abc import Sequence

from vedette.errors import VedetteError
from vedette.gateway.aside import Aside, Spoken
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import plan_for
from vedette.gateway.remaking import with_complaint, with_settings
from vedette.gateway.watching import Watch
from vedette.guard.chains import spent, without_anew
from vedette.model.policy import Action, Verdict


class Anew(Exception):
    """The answer must not pass, and its rule wants another one."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("another answer is wanted")
        self.verdict = verdict


class Course:
    """The tries of one exchange."""

    def __init__(self, exchange: Exchange, watch: Watch) -> None:
        self.names: dict[str, None] = {}
        """Of the remedies that brought an answer."""
        self._exchange = exchange
        self._watch = watch
        self._left = watch.policy.max_remedies
        self._until: float | None = None
        self._tried: list[Target] = []
        self._pending: tuple[str, str, str, int] | None = None

    async def another(self, verdict: Verdict, said: Sequence[str], spoken: Spoken) -> Spoken:
        """Another answer; the same where there is none, to be looked at under what is left."""
        watch, aside, remedy = self._watch, self._watch.aside, verdict.remedy
        assert remedy is not None
        seconds = self._seconds_left()
        if aside is None or self._left <= 0 or seconds <= 0 or self._exchange.gone:
            watch.policy = without_anew(watch.policy)
            return spoken
        self._left -= 1
        before, cost = "\0".join(said), aside.cost_nano_usd
        try:
            made = await self._anew(aside, remedy, verdict, said, seconds)
        except VedetteError:
            watch.policy = spent(watch.policy, verdict.ended_by, wholly=True)
            watch.remedied(
                verdict.ended_by, remedy.kind, "failed", before, "", calls=1,
                cost_nano_usd=aside.cost_nano_usd - cost,
            )  # fmt: skip
            return spoken
        watch.policy = spent(watch.policy, verdict.ended_by)
        self.names[remedy.kind] = None
        self._pending = (verdict.ended_by, remedy.kind, before, aside.cost_nano_usd - cost)
        return made

    def heard(self, said: Sequence[str]) -> None:
        """These are the texts of the answer that came last."""
        if self._pending is not None:
            rule, kind, before, cost = self._pending
            self._pending = None
            self._watch.remedied(
                rule, kind, "done", before, "\0".join(said), calls=1, cost_nano_usd=cost
            )

    async def _anew(
        self, aside: Aside, remedy: Action, verdict: Verdict, said: Sequence[str], seconds: float
    ) -> Spoken:
        exchange = self._exchange
        plan = plan_for(remedy, exchange, aside.directory, self._tried)
        if plan is None:
            raise VedetteError("There is nobody else to ask.")
        body = exchange.body
        if remedy.kind == "retry":
            body = with_settings(exchange, remedy.settings)
        elif remedy.kind == "reask":
            body = with_complaint(exchange, remedy, verdict, said)
        made = await aside.anew(body, plan, why=remedy.kind, seconds=seconds)
        if made.exchange is not None and made.exchange.target is not None:
            self._tried.append(made.exchange.target)
        return made

    def _seconds_left(self) -> float:
        if self._watch.aside is None:
            return 0.0
        now = self._watch.aside.now()
        if self._until is None:
            self._until = now + self._watch.policy.remedy_timeout_s
        return self._until - now
