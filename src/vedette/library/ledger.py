"""What this process has used, by model."""

from collections import OrderedDict
from decimal import Decimal

from vedette.library.results import UsageReport
from vedette.model.exchange import ExchangeRecord

_RECENT = 1024
_NANO = Decimal(1_000_000_000)


class _Sums:
    __slots__ = ("cost_nano_usd", "input_tokens", "output_tokens", "requests")

    def __init__(self) -> None:
        self.requests = self.input_tokens = self.output_tokens = self.cost_nano_usd = 0

    def report(self, by_model: dict[str, UsageReport]) -> UsageReport:
        return UsageReport(
            requests=self.requests, input_tokens=self.input_tokens,
            output_tokens=self.output_tokens, cost_usd=self.cost_nano_usd / _NANO,
            by_model=by_model,
        )  # fmt: skip


class Ledger:
    """Sums over the records of a program."""

    def __init__(self) -> None:
        self._total = _Sums()
        self._models: dict[str, _Sums] = {}
        self._recent: OrderedDict[str, int | None] = OrderedDict()

    def note(self, record: ExchangeRecord) -> None:
        """A call is over."""
        name = f"{record.provider}/{record.model}" if record.provider else record.requested_model
        for sums in (self._total, self._models.setdefault(name, _Sums())):
            sums.requests += 1
            sums.cost_nano_usd += record.cost_nano_usd or 0
            if record.usage is not None:
                sums.input_tokens += record.usage.input_total
                sums.output_tokens += record.usage.output_total
        self._recent[record.request_id] = record.cost_nano_usd
        if len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    def cost_of(self, request_id: str) -> Decimal | None:
        """Cost of a recent call in USD; None where it is not known."""
        nano = self._recent.get(request_id)
        return None if nano is None else nano / _NANO

    def report(self) -> UsageReport:
        """The sums so far."""
        return self._total.report({name: sums.report({}) for name, sums in self._models.items()})
