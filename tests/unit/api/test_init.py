"""The whole application: whatever comes in, the answer is a documented one."""

import time
from typing import Any
from urllib.parse import quote, unquote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.console import Parts, make_services, make_span, run_console
from vedette.api import create_app, routes_app
from vedette.api.services import ApiSettings

DOCUMENT = routes_app(version="0").openapi()
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if path != "/api/v1/live"
]
TRICKY = st.sampled_from(
    [
        "", "0", "-1", "1", "1000", "99999999999999999999", "1e308", "NaN", "true", "now", "now-1h",
        "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "' OR 1=1 --", '"', "%", "*", "a\x00b",
        "\U0001f600", "ok", "model", "requests", "0" * 31 + "1", "0" * 15 + "1", "x" * 3_000,
    ]
)  # fmt: skip
VALUES = TRICKY | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BODIES = st.none() | st.binary(max_size=50) | st.just(b'{"name":"x","query":{"q":"1"}}')


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    method, path, operation = draw(st.sampled_from(OPERATIONS))
    known = [p for p in operation.get("parameters", ()) if p["in"] == "query"]
    names = [p["name"] for p in known] + [draw(st.text("abcé_", max_size=4))]
    query = draw(st.lists(st.tuples(st.sampled_from(names), VALUES), max_size=4))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            # Clients take "." and ".." out of a path themselves, escaped or not.
            value = quote(draw(VALUES.filter(lambda text: text not in ("", ".", ".."))), safe="")
            path = path.replace("{" + parameter["name"] + "}", value)
    headers = {"content-type": draw(st.sampled_from(["application/json", "text/plain"]))}
    if draw(st.booleans()):
        headers["if-match"] = draw(st.sampled_from(['"1"', "*", "0", "9" * 40, "W/1"]))
    return method, path, {"params": query, "headers": headers, "content": draw(BODIES)}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(requests(), min_size=1, max_size=5))
def answered_as_documented(console: Any, sent: list[tuple[str, str, dict[str, Any]]]) -> None:
    for method, path, rest in sent:
        answer = console.client.request(method, path, **rest)
        documented = {
            int(status)
            for other, template, operation in OPERATIONS
            if other == method and _fits(unquote(path), template)
            for status in operation["responses"]
            if status.isdigit()
        } or {404, 405}
        assert answer.status_code in documented, (method, path, rest, answer.text)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["code"]


def _fits(path: str, template: str) -> bool:
    parts, slots = path.split("/"), template.split("/")
    if template.endswith("/routes/{model}"):
        # Names of models have slashes.
        parts = [*parts[: len(slots) - 1], "/".join(parts[len(slots) - 1 :])]
    return len(parts) == len(slots) and all(
        slot == part or slot.startswith("{") for part, slot in zip(parts, slots, strict=True)
    )


def test_junk_is_answered_as_documented_and_never_with_500() -> None:
    with run_console() as console:
        console.services.store.write_batch([make_span(n) for n in range(1, 20)])
        answered_as_documented(console)


def test_the_application_is_made_quickly() -> None:
    services = make_services(Parts(), ApiSettings())
    began = time.process_time()
    create_app(services)
    assert time.process_time() - began < 0.5
    services.store.close()
    services.records.close()
