"""The Python SDK beside a real Vedette: spans, gateway, guard, scores, prompts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import vedette_sdk
from sdks.python.tests import talks
from sdks.python.tests.provider import SAID, Provider
from tests.support.served import Served, serving, until
from vedette.features.writing import ATTRIBUTE

pytestmark = pytest.mark.slow
QUESTION = "Write to anna@example.com about the trains."


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    started = Provider()
    yield started
    started.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Served]:
    config = {
        "providers": [
            {"name": "openai", "kind": "openai", "base_url": f"{provider.url}/v1", "api_key": "k"}
        ],
        "capture": {"mode": "hash"},
    }
    folder: Path = tmp_path_factory.mktemp("served")
    with serving(folder, config=config) as running:
        yield running


@pytest.fixture
def started(served: Served) -> Iterator[Served]:
    """The SDK with the key of this installation."""
    vedette_sdk.init(
        endpoint=served.console, gateway=served.gateway, quiet=True, interval_s=0.05,
        hash_key=(served.folder / "vedette-data" / "secret.key").read_bytes(),
    )  # fmt: skip
    yield served
    vedette_sdk.shutdown(5)
    talks.close_all()


def spans_of(served: Served, session: str, count: int) -> list[dict[str, Any]]:
    """All spans of a session with their payload, when so many are there."""
    assert vedette_sdk.flush(20)

    def enough() -> list[dict[str, Any]] | None:
        found = []
        for trace in served.api("/traces", session=session)["items"]:
            path = f"/traces/{trace['trace_id']}"
            for span in served.api(path)["spans"]:
                found.append(served.api(f"{path}/spans/{span['span_id']}"))
        return found if len(found) >= count else None

    return until(enough, 20, lambda: f"fewer than {count} spans:\n{served.output}")


def test_a_call_is_there_without_its_words(started: Served, provider: Provider) -> None:
    with vedette_sdk.context(session="plain", tags=["beta"]):
        talks.chat(provider.url, "gpt-4o")
    [span] = spans_of(started, "plain", 1)
    assert (span["kind"], span["provider"], span["model"]) == ("llm", "openai", "gpt-4o")
    assert span["usage"]["cache_read"] == 40
    assert span["cost_usd"]
    assert span["tags"] == ["beta"]
    assert span["attributes"][ATTRIBUTE]
    for database in (started.folder / "vedette-data").rglob("*"):
        if database.is_file():
            assert SAID.encode() not in database.read_bytes()


def test_a_call_through_the_gateway_counts_once_and_looks_the_same_from_both_sides(
    started: Served, provider: Provider
) -> None:
    with vedette_sdk.context(session="both"):
        talks.chat_tool(started.gateway, "openai/gpt-4o")
    assert vedette_sdk.flush(20)

    def both() -> list[dict[str, Any]] | None:
        [trace] = started.api("/traces", session="both")["items"] or [None]
        path = f"/traces/{trace['trace_id']}" if trace else ""
        found = started.api(path)["spans"] if path else []
        if len(found) < 2:
            return None
        return [started.api(f"{path}/spans/{span['span_id']}") for span in found]

    spans = until(both, 20, lambda: started.output)
    assert sorted(span["kind"] for span in spans) == ["chain", "llm"], spans
    ours = next(span for span in spans if span["kind"] == "chain")
    theirs = next(span for span in spans if span["kind"] == "llm")
    assert theirs["parent_span_id"] == ours["span_id"]
    assert ours["attributes"]["vedette.counted_by"] == theirs["span_id"]
    prints = {span["attributes"][ATTRIBUTE] for span in spans}
    assert len(prints) == 1


def test_scores_stand_below_what_they_judge(started: Served) -> None:
    @vedette_sdk.observe
    def judged() -> None:
        vedette_sdk.score("helpful", 0.75)

    with vedette_sdk.context(session="judged"):
        judged()
    assert vedette_sdk.flush(20)

    def there() -> list[dict[str, Any]] | None:
        [trace] = started.api("/traces", session="judged")["items"] or [None]
        found = started.api(f"/traces/{trace['trace_id']}")["spans"] if trace else []
        return found if len(found) == 2 else None

    spans = until(there, 20, lambda: started.output)
    score = next(span for span in spans if span["kind"] == "evaluator")
    work = next(span for span in spans if span["kind"] == "chain")
    assert (score["name"], score["parent_span_id"]) == ("evaluation helpful", work["span_id"])


def test_the_guard_of_the_server(started: Served) -> None:
    redacting = vedette_sdk.guard("pii", remote=True, on_fail="redact")
    assert "anna@example.com" not in redacting.check(QUESTION)
    assert redacting.check("Nothing to see.") == "Nothing to see."
    blocking = vedette_sdk.guard("pii", remote=True)
    with pytest.raises(vedette_sdk.Blocked, match="pii"):
        blocking.check(QUESTION)
    unknown = vedette_sdk.guard("no-such-detector", remote=True, fail="closed")
    with pytest.raises(vedette_sdk.GuardUnavailable):
        unknown.check(QUESTION)


def test_a_prompt_that_the_server_does_not_have(started: Served) -> None:
    found = vedette_sdk.prompt("support", fallback="Hello {{name}}")
    assert (found.is_fallback, found.compile(name="Anna")) == (True, "Hello Anna")
    with pytest.raises(vedette_sdk.PromptUnavailable, match="'other'"):
        vedette_sdk.prompt("other")
