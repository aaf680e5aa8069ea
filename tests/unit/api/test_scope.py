"""No answer about calls leaves the project that was asked for."""

import hashlib
from collections.abc import Iterator

import httpx2
import pytest

from tests.support.console import Console, make_span, run_console
from vedette.ports.intake import ALL_PATHS

TOKEN = "the-token"
OPEN = {
    "/health/live", "/health/ready", "/api/v1/session", "/api/v1/password/reset",
    "/api/v1/password/forgot", "/api/v1/invitations/accept", *ALL_PATHS,
}  # fmt: skip
"""Open to all, or asking for a key by themselves as the doors for spans do."""
HERE, THERE = 1, 2
"""Numbers of the spans of the two projects."""


@pytest.fixture
def two(console: Console) -> tuple[Console, str]:
    """A console with a call in the default project and one in `other`; its id."""
    other = console.client.post("/api/v1/projects", json={"name": "other"}).json()["id"]
    console.services.store.write_batch([
        make_span(HERE, model="here", session_id="s-here"),
        make_span(THERE, model="there", session_id="s-there", project_id=other),
    ])  # fmt: skip
    return console, other


RANGE = "from=2023-11-14T22:00:00Z&to=2023-11-14T23:00:00Z"
FILTER = "filter=not%20model:nothing"
QUESTIONS = (
    "/traces?", "/spans?", f"/facets?{RANGE}&", f"/metrics/series?metric=requests&{RANGE}"
    "&group_by=model&", "/export?", "/export?format=csv&", "/export?format=json&",
    "/facet-counts?field=model&", "/sessions?", "/end-users?", "/traces?filter=root:true&",
    f"/spans?{FILTER}&", f"/metrics/series?{FILTER}&metric=requests&{RANGE}&group_by=model&",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_project_sees_its_own_calls(two: tuple[Console, str], question: str) -> None:
    console, other = two

    def ask(project: str) -> str:
        answer = console.client.get(f"/api/v1{question}{project}")
        assert answer.status_code == 200, answer.text
        return answer.text

    for project in ("", "project=default"):
        assert '"here"' in (seen := ask(project)) or ",here," in seen
        assert "there" not in seen
    for project in (f"project={other}", "project=other"):
        assert '"there"' in (seen := ask(project)) or ",there," in seen
        assert '"here"' not in seen
        assert ",here," not in seen
    nothing = ask("project=prj_000000000000")
    assert "here" not in nothing


def test_a_trace_of_another_project_is_not_there(two: tuple[Console, str]) -> None:
    console, other = two
    for number, own, foreign in ((HERE, "default", other), (THERE, other, "default")):
        place = f"/api/v1/traces/{number:032x}"
        for path in (place, f"{place}/spans/{number:016x}"):
            assert console.client.get(path, params={"project": own}).status_code == 200
            assert console.client.get(path, params={"project": foreign}).status_code == 404


def test_totals_count_one_project(two: tuple[Console, str]) -> None:
    console, other = two
    for project in ("default", other):
        path = f"/api/v1/metrics/summary?{RANGE}&project={project}"
        assert console.get(path)["current"]["requests"] == 1


def test_one_project_is_named_not_all(two: tuple[Console, str]) -> None:
    console, _ = two
    for wrong in ("*", "x" * 201):
        problem = console.problem("/api/v1/traces", 400, project=wrong)
        assert problem["errors"][0]["name"] == "project"
    elsewhere = console.client.post("/api/v1/organizations", json={"name": "o"}).json()["id"]
    body = {"name": "other", "organization": elsewhere}
    assert console.client.post("/api/v1/projects", json=body).status_code == 201
    problem = console.problem("/api/v1/traces", 400, project="other")
    assert "an id" in problem["errors"][0]["expected"]


def test_the_live_feed_tells_of_one_project(two: tuple[Console, str]) -> None:
    console, other = two
    address = f"/api/v1/live?project={other}"
    with console.client.stream("GET", address) as answer:
        lines = answer.iter_lines()
        assert any("ready" in line for line in lines)
        console.services.live.publish([make_span(3)])
        console.services.live.publish([make_span(4, project_id=other)])
        told = next(line for line in lines if "trace_ids" in line)
        assert f"{4:032x}" in told
        assert f"{3:032x}" not in told


@pytest.fixture(scope="module")
def locked() -> Iterator[Console]:
    with run_console(token_sha256=hashlib.sha256(TOKEN.encode()).hexdigest()) as console:
        yield console


def test_every_endpoint_is_closed_without_the_token(locked: Console) -> None:
    document = locked.client.get("/api/v1/openapi.json").json()
    asked = 0
    for path, operations in document["paths"].items():
        # Who logs in through a provider has no token yet.
        if path in OPEN or path.startswith("/sso/"):
            continue
        place = path.replace("{", "").replace("}", "")
        for method in operations:
            bare = locked.client.request(method, place, json={})
            assert (method, path, bare.status_code) == (method, path, 401)
            assert bare.headers["www-authenticate"].startswith("Bearer")
            asked += 1
    assert asked > 30


def test_neither_a_wrong_token_nor_a_key_of_the_gateway_opens_the_console(locked: Console) -> None:
    right = {"authorization": f"Bearer {TOKEN}"}
    made = httpx2.post(
        f"{locked.url}/api/v1/keys", headers=right, json={"project": "default", "name": "k"}
    )
    assert made.status_code == 201
    for token in ("wrong", made.json()["key"]):
        for path in ("/keys", "/projects", "/credentials", "/traces"):
            answer = locked.client.get(
                f"/api/v1{path}", headers={"authorization": f"Bearer {token}"}
            )
            assert answer.status_code in (401, 429)
    assert locked.client.get("/api/v1/nothing").status_code == 401
