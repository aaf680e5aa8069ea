"""What was configured, and what of it changed."""

from pathlib import Path

from msgspec.structs import replace

from tests.support.auditing import Office
from vedette.audit.configured import configuration_event
from vedette.model.policy import Policy, Rule
from vedette.model.settings import (
    AuditSettings,
    CoreSettings,
    GatewaySettings,
    GuardSettings,
    RouteSettings,
    TargetSettings,
)

PLAIN = CoreSettings(version=1, token_sha256="ab" * 32, audit=AuditSettings(key=b"secret" * 5))


def changed(office: Office, settings: CoreSettings) -> list[str]:
    event = configuration_event(office.log, settings, starts=False)
    office.log.append([event])
    found: list[str] = event.details["changed"]
    return found


def test_sections_that_differ_are_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert changed(office, PLAIN) == []
    assert changed(office, replace(PLAIN, version=2)) == []
    route = RouteSettings(model="fast", targets=(TargetSettings(provider="a"),))
    routed = replace(PLAIN, retention_days=7, routing=GatewaySettings(version=2, routes=(route,)))
    assert changed(office, routed) == ["core.retention_days", "gateway.routes"]
    assert changed(office, routed) == []
    office.close()


def test_it_tells_of_the_policy_in_force_and_of_no_secret(tmp_path: Path) -> None:
    office = Office(tmp_path)
    rules = (Rule(name="a", detector="pii"), Rule(name="b", detector="pii", mode="shadow"))
    guard = GuardSettings(policy=Policy(name="ours", version=3, rules=rules))
    settings = replace(PLAIN, routing=GatewaySettings(version=1, guard=guard))
    event = configuration_event(office.log, settings, starts=True)
    assert event.action == "configuration.loaded"
    policy = event.details["policy"]
    assert (policy["name"], policy["version"], policy["rules"], policy["enforced"]) == (
        "ours", 3, 2, 1,
    )  # fmt: skip
    assert event.details["token"] is True
    text = repr(event.details)
    assert PLAIN.token_sha256 not in text
    other = configuration_event(
        office.log, replace(settings, audit=AuditSettings()), starts=True
    ).details["sections"]
    assert other["core.audit"] == event.details["sections"]["core.audit"]
    office.close()
