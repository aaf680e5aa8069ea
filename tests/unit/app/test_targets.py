"""Providers, targets and routes, wired with one another."""

from pathlib import Path

from msgspec.structs import replace

from vedette.app.reports import Reported
from vedette.app.targets import Targets
from vedette.clock import FakeClock
from vedette.model.exchange import Attempt, ExchangeRecord
from vedette.model.settings import CoreSettings, GatewaySettings, ProviderSettings, ProviderSummary

A = ProviderSummary(name="a", kind="openai", base_url="https://a.example/v1", has_key=True)
B = ProviderSummary(name="b", kind="sim", base_url="sim:", has_key=False)


def test_calls_that_were_noted_are_told_of_their_provider(tmp_path: Path) -> None:
    clock = FakeClock()
    settings = CoreSettings(
        version=1, providers=(A,), routes_file=str(tmp_path / "routes.json")
    )  # fmt: skip
    targets = Targets(lambda: settings, Reported, clock)
    targets.watch.note(
        ExchangeRecord(
            trace_id="1" * 32, span_id="2" * 16, request_id="r", start_ns=clock.now_ns(),
            end_ns=clock.now_ns(), method="POST", path="/", operation="chat", provider="a",
            model="m", attempts=(Attempt("a", "m", clock.now_ns(), 20.0, 200),),
        )
    )  # fmt: skip
    (status,) = targets.providers()
    detail = targets.provider("a")
    assert detail is not None
    assert (status.requests, detail.provider.targets[0].model) == (1, "m")
    assert targets.provider("b") is None


def test_providers_are_those_of_the_settings_in_force(tmp_path: Path) -> None:
    settings = CoreSettings(version=1, routes_file=str(tmp_path / "routes.json"))
    targets = Targets(lambda: settings, Reported, FakeClock())
    assert not targets.providers()
    settings = replace(settings, providers=(A, B))
    assert [one.name for one in targets.providers()] == ["a", "b"]


def test_a_route_made_here_is_listed(tmp_path: Path) -> None:
    provider = ProviderSettings(name="a", kind="openai", base_url="https://a.example/v1")
    settings = CoreSettings(
        version=1, routes_file=str(tmp_path / "routes.json"),
        routing=GatewaySettings(version=1, providers=(provider,)),
    )  # fmt: skip
    targets = Targets(lambda: settings, Reported, FakeClock())
    targets.routes.create({"model": "fast", "targets": [{"provider": "a", "model": "m"}]})
    assert targets.routes.targets().keys() == {("a", "m")}
