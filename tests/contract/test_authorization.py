"""Who may see and change what, for every operation of the API: a matrix made from its document.

Whatever is not listed as open asks for the token. Whatever takes `project` is tried with one
project's name on another's things: nothing is seen and nothing changes. What takes none concerns
the whole installation, which must be said in `OF_ALL`; an operation that is nowhere fails.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx2
import pytest

from tests.support.console import Console, make_span, run_console
from vedette.api import routes_app
from vedette.model.span import Payload

TOKEN = "t0ken-of-the-operator"
OPEN = {
    "/health/live", "/health/ready", "/api/v1/session", "/api/v1/openapi.json",
    "/api/v1/password/reset", "/api/v1/invitations/accept", "/sso/{provider}",
    "/sso/{provider}/callback", "/api/v1/password/forgot", "/sso/{provider}/acs",
    "/sso/{provider}/metadata", "/sso/{provider}/slo",
}  # fmt: skip
"""What anybody may ask: whether it runs, how to log in, and what there is."""
BY_KEY = ("/api/v1/ingest", "/api/v1/otlp/")
"""Takes spans of programs: asks for their keys, not for the console's token."""
OF_ALL = (
    "/api/v1/allowances", "/api/v1/audit", "/api/v1/budgets", "/api/v1/cache",
    "/api/v1/compliance", "/api/v1/credentials", "/api/v1/filter-fields", "/api/v1/guard/evaluate",
    "/api/v1/guard/policies", "/api/v1/guard/allowed", "/api/v1/guard/replays", "/api/v1/info",
    "/api/v1/invitations", "/api/v1/keys", "/api/v1/limits", "/api/v1/me", "/api/v1/members",
    "/api/v1/organizations", "/api/v1/password", "/api/v1/policies", "/api/v1/users",
    "/api/v1/projects", "/api/v1/providers", "/api/v1/routes", "/metrics",
)  # fmt: skip
"""Of the installation: whoever has the token runs it."""
STREAMS = {"/api/v1/live"}
"""Answers that do not end; which events they carry is tested where they are made."""


class Operation(NamedTuple):
    method: str
    path: str
    parameters: tuple[str, ...]
    needed: tuple[str, ...] = ()
    has_body: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def takes_project(self) -> bool:
        return "project" in self.parameters


def operations() -> Iterator[Operation]:
    for path, methods in routes_app(version="0").openapi()["paths"].items():
        for method, said in methods.items():
            asked = said.get("parameters", ())
            names = tuple(one["name"] for one in asked if one["in"] == "query")
            places = tuple(one["name"] for one in asked if one["in"] == "path")
            yield Operation(method.upper(), path, names, places, "requestBody" in said)


ALL = {one.name: one for one in operations()}
CLOSED = [
    name for name, one in ALL.items() if one.path not in OPEN and not one.path.startswith(BY_KEY)
]
OF_PROJECTS = {
    name: one for name, one in ALL.items() if one.takes_project and one.path not in STREAMS
}
READ = [name for name, one in OF_PROJECTS.items() if one.method == "GET"]
WRITTEN = [name for name, one in OF_PROJECTS.items() if one.method != "GET"]


def test_every_operation_is_of_somebody() -> None:
    nowhere = [
        name
        for name, one in ALL.items()
        if not one.takes_project
        and one.path not in OPEN
        and not one.path.startswith((*BY_KEY, *OF_ALL))
    ]
    assert not nowhere, f"take `project`, or say in OF_ALL that it concerns all: {nowhere}"


@pytest.fixture(scope="module")
def closed() -> Iterator[Console]:
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    with run_console(token_sha256=digest) as console:
        yield console


@pytest.mark.parametrize("name", CLOSED)
def test_nothing_is_answered_without_the_token(closed: Console, name: str) -> None:
    one = ALL[name]
    for headers in (
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": "Bearer vdt_000000000001_" + "0" * 48},
        {"x-api-key": TOKEN},
        {"cookie": "vedette_session=forged.0"},
    ):
        # Who guesses is slowed down; that is tested elsewhere.
        closed.parts.clock.advance(600)
        answer = ask(closed.client, one, dict.fromkeys(one.needed, "x"), headers=headers)
        assert answer.status_code == 401, (name, headers, answer.text)


@pytest.mark.parametrize("name", CLOSED)
def test_no_page_of_others_is_answered_with_the_token(closed: Console, name: str) -> None:
    headers = {"authorization": f"Bearer {TOKEN}", "origin": "https://evil.example"}
    answer = ask(closed.client, ALL[name], dict.fromkeys(ALL[name].needed, "x"), headers=headers)
    assert answer.status_code == 403, (name, answer.text)


class World:
    """Two projects with the same kinds of things; all words of the second say `omega`."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.ids: dict[str, dict[str, str]] = {}
        self.projects = {word: self._project(word, 1 + n) for n, word in enumerate(WORDS)}

    def _project(self, word: str, number: int) -> str:
        id: str = self.send("POST", "/projects", {"name": word})["id"]
        key = self.send("POST", "/keys", {"project": id, "name": f"{word}-key", "owner": word})
        span = make_span(
            number, project_id=id, model=f"{word}-model", user_id=f"{word}-user",
            session_id=f"{word}-session", tags=(f"{word}-tag",), provider=f"{word}-provider",
            payload=Payload(attributes={"vedette.key_id": key["id"], "said": word}),
        )  # fmt: skip
        self.console.services.store.write_batch([span])
        trace = span.trace_id
        rule = self.send("POST", f"/alert-rules?project={id}", RULE | {"name": f"{word}-rule"})
        channel = self.send("POST", f"/alert-channels?project={id}", channel_of(word))
        silence = self.send("POST", f"/alert-silences?project={id}", silence_of(word))
        score = self.send("POST", f"/scores?project={id}", scores_of(word, trace))["ids"][0]
        comment = self.send("POST", f"/traces/{trace}/comments?project={id}", {"text": word})
        self.send("PUT", f"/traces/{trace}/tags/{word}-note?project={id}")
        self.send("PUT", f"/traces/{trace}/bookmark?project={id}")
        self.send("POST", f"/drift/baselines?project={id}", {"name": f"{word}-baseline"})
        self.send("POST", f"/probes?project={id}", probe_of(word))
        self.send("POST", "/allowances", allowance_of(word) | {"project": id})
        view = {"name": f"{word}-view", "visibility": "project"}
        view_id = self.send("POST", f"/views?project={id}", view)["id"]
        self.ids[word] = {
            "view_id": view_id,
            "other_id": trace,
            "trace_id": trace, "span_id": span.span_id, "session_id": f"{word}-session",
            "user_id": f"{word}-user", "rule_id": rule["id"], "channel_id": channel["id"],
            "silence_id": silence["id"], "score_id": score, "comment_id": comment["id"],
            "tag": f"{word}-note", "key_id": key["id"], "alert_id": f"{word}-alert",
            "finding_id": "0" * 32, "detector": "pii", "name": f"{word}-baseline",
            "alarm_id": "0" * 18, "input_hash": "0" * 16,
            "run_id": "0" * 16,
        }  # fmt: skip
        return id

    def send(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.console.client.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code < 300, (path, answer.text)
        return answer.json() if answer.content else None

    def places(self, one: Operation, word: str) -> dict[str, str]:
        unknown = [name for name in one.needed if name not in self.ids[word]]
        assert not unknown, f"say in `World` which {unknown} the projects have, for {one.name}"
        return {name: self.ids[word][name] for name in one.needed}

    def read(self, one: Operation, *, of: str, asking: str) -> httpx2.Response:
        """What a project is told of another's things."""
        query = {"project": self.projects[asking]} | ASKED.get(one.path, {})
        return ask(self.console.client, one, self.places(one, of), query=query)

    def seen(self, word: str) -> dict[str, Any]:
        """All that a project is told of its own."""
        return {name: told(self.read(ALL[name], of=word, asking=word)) for name in READ}


WORDS = ("alpha", "omega")
RULE = {"metric": "error_rate", "value": 5}
ASKED: dict[str, dict[str, str]] = {
    "/api/v1/drift/compare": {"before_from": "now-1d"},
    "/api/v1/facet-counts": {"field": "model"},
    "/api/v1/usage": {"by": "model,user,key,tag"},
}
"""What some answers cannot do without."""


def channel_of(word: str) -> Any:
    return {
        "name": f"{word}-channel", "kind": "webhook", "options": {"url": f"https://{word}.org/"},
    }  # fmt: skip


def allowance_of(word: str) -> dict[str, Any]:
    limits = {"budgets": [{"limit_usd": 1}], "limits": {"rpm": 5}}
    return {"scope": "user", "name": f"{word}-user", **limits}


def probe_of(word: str, **more: str) -> Any:
    probe = {
        "name": f"{word}-baseline", "models": [f"{word}-model"], "prompt": word,
        "expect": {"contains": [word]}, "enabled": False,
    }  # fmt: skip
    return probe | more


def silence_of(word: str) -> Any:
    return {"seconds": 600, "reason": word}


def scores_of(word: str, trace: str, **more: str) -> Any:
    score = {"name": f"{word}-score", "value": 1, "trace_id": trace, "comment": word}
    return {"scores": [score | more]}


def ask(
    client: httpx2.Client, one: Operation, places: dict[str, str], *,
    query: dict[str, str] | None = None, headers: dict[str, str] | None = None, body: Any = None,
) -> httpx2.Response:  # fmt: skip
    path = one.path.format_map(places)
    sent = (body if body is not None else {}) if one.has_body else None
    return client.request(one.method, path, params=query, headers=headers, json=sent)


def told(answer: httpx2.Response) -> Any:
    # A problem carries the id of its request.
    return (answer.status_code, answer.text if answer.status_code == 200 else "")


@contextmanager
def two_projects() -> Iterator[World]:
    with run_console() as console:
        yield World(console)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with two_projects() as world:
        yield world


@pytest.mark.parametrize("name", READ)
def test_no_project_reads_of_another(world: World, name: str) -> None:
    """Neither in its lists nor by the other's ids."""
    one = ALL[name]
    answer = world.read(one, of="omega", asking="alpha")
    if answer.status_code == 404:
        # It names what was asked for, and says no more.
        assert set(json.loads(answer.text)) >= {"code", "detail"}
        return
    assert answer.status_code == 200, answer.text
    text = answer.text
    for place in world.places(one, "omega").values():
        text = text.replace(place, "")
    assert "omega" not in text
    assert world.projects["omega"] not in text


def test_those_who_are_asked_do_tell_of_their_own(world: World) -> None:
    """Else the test above could not fail."""
    silent = [
        name
        for name, (status, text) in world.seen("omega").items()
        if status == 200 and "omega" not in text
    ]
    assert {ALL[name].path for name in silent} <= {
        # Nothing was seen, decided or fired; figures without names.
        "/api/v1/alerts", "/api/v1/audit", "/api/v1/audit/export", "/api/v1/drift/alarms",
        "/api/v1/drift/compare", "/api/v1/guard/allowed",
        "/api/v1/guard/calibration", "/api/v1/guard/findings", "/api/v1/guard/findings/counts",
        "/api/v1/guard/overview", "/api/v1/guard/replays", "/api/v1/intake",
        "/api/v1/metrics/series",
        "/api/v1/metrics/summary", "/api/v1/probes/{name}/runs", "/api/v1/savings",
        "/api/v1/traces-summary", "/api/v1/traces/{trace_id}/graph",
    }  # fmt: skip


def bodies(world: World, one: Operation) -> list[Any]:
    """What would change something if it were let."""
    ids = world.ids["omega"]
    known: dict[str, Any] = {
        "/api/v1/alert-rules/{rule_id}": RULE | {"name": "taken"},
        "/api/v1/alert-channels/{channel_id}": channel_of("taken"),
        "/api/v1/alert-rules": RULE | {"name": "omega-rule"},
        "/api/v1/alert-channels": channel_of("omega"),
        "/api/v1/alert-silences": silence_of("taken"),
        "/api/v1/probes": probe_of("omega"),
        "/api/v1/probes/{name}": probe_of("omega", prompt="taken"),
        "/api/v1/views": {"name": "taken"},
        "/api/v1/views/{view_id}": {"name": "taken"},
        "/api/v1/scores": scores_of("taken", ids["trace_id"], id=ids["score_id"]),
        "/api/v1/traces/{trace_id}/comments": {"text": "taken"},
        "/api/v1/guard/findings/{finding_id}/feedback": {"is_true": True},
    }
    return [{}, known[one.path]] if one.path in known else [{}]


def test_no_project_changes_anything_of_another() -> None:
    with two_projects() as world:
        before = world.seen("omega")
        for name in WRITTEN:
            one = ALL[name]
            for body in bodies(world, one):
                answer = ask(
                    world.console.client, one, world.places(one, "omega"), body=body,
                    query={"project": world.projects["alpha"]}, headers={"if-match": '"1"'},
                )  # fmt: skip
                assert answer.status_code < 500, (name, answer.text)
        assert world.seen("omega") == before


def test_what_is_done_in_the_name_of_the_owner_is_done() -> None:
    """Else the test above could not fail."""
    with two_projects() as world:
        for name in WRITTEN:
            one = ALL[name]
            if one.method == "DELETE" and one.path.startswith(("/api/v1/alert", "/api/v1/scores")):
                answer = ask(
                    world.console.client, one, world.places(one, "omega"),
                    query={"project": world.projects["omega"]}, headers={"if-match": '"1"'},
                )  # fmt: skip
                assert answer.status_code == 204, (name, answer.text)
