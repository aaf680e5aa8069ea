"""Answers that are exchanged for others, as official clients of every dialect meet it."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.e2e.test_roundtrip_scenarios import expected
from tests.support.answers import Stall, answer, chat_stream, error
from tests.support.answers import chat as chat_answer
from tests.support.clients import TALKS
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.provided import Provided
from tests.support.providers import KINDS, answering, provider_of
from tests.support.upstream import Received, Upstream
from tests.support.wire import call, chat, dial, pair, request
from vedette.model.policy import Action, Policy, Rule
from vedette.model.settings import GuardSettings

BAD, GOOD = Provided(text="It is forbidden, I say."), Provided(text="It is fine, I say.")
BLOCK = Action(kind="block", text="That word is not for us.")


def policy(*actions: Action, **changes: Any) -> GuardSettings:
    """One rule for a word in answers."""
    fields: dict[str, Any] = {
        "name": "words", "detector": "keywords", "where": ("output",),
        "options": {"words": ["forbidden"]}, "actions": actions, **changes,
    }  # fmt: skip
    rules = (Rule(**fields),)
    return GuardSettings(policy=Policy(name="p", rules=rules))


def first_bad(dialect: str, upstream: Upstream, bad: int = 1) -> None:
    """Answer so often with the word, then without."""

    def respond(request: Received) -> Any:
        said = BAD if len(upstream.requests) <= bad else GOOD
        return answering(dialect, said)(request)

    upstream.respond = respond


def noted(gateway: RunningGateway) -> dict[str, str]:
    """Of the span of the call itself, not of those it needed."""
    [record] = [r for r in gateway.spans.records if "vedette.guard.policy" in r.attributes]
    return dict(record.attributes)


def remedies(gateway: RunningGateway) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(noted(gateway)["vedette.guard.remedies"])
    return told


@pytest.mark.parametrize("kind", ["retry", "reask"])
@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", TALKS)
async def test_every_client_gets_the_better_answer_and_only_that(
    tmp_path: Path, client: str, dialect: str, kind: Any
) -> None:
    settings = policy(Action(kind=kind, settings={"temperature": 0} if kind == "retry" else {}))
    told = []
    for stream in (False, True):
        directory = tmp_path / str(stream)
        async with provider_of(directory, dialect, guard=settings) as (upstream, gateway, root):
            first_bad(dialect, upstream)
            told.append(await TALKS[client](root).ask(stream=stream))
            records = await gateway.spans.count(2)
        assert len(upstream.requests) == 2
        assert len({record.trace_id for record in records}) == 1
        done = remedies(gateway)
        assert [(one["action"], one["outcome"]) for one in done] == [(kind, "done")]
        assert done[0]["before"] != done[0]["after"]
    whole, streamed = told
    assert whole == streamed
    wanted = expected(client, dialect, GOOD.told)
    assert replace(whole, text=whole.text) == wanted


async def test_what_was_wrong_is_told_to_the_model(tmp_path: Path) -> None:
    async with pair(tmp_path, guard=policy(Action(kind="reask"))) as (upstream, gateway):
        first_bad("openai_chat", upstream)
        answer = await call(gateway, chat())
        inner, outer = await gateway.spans.count(2)
    assert b"It is fine" in answer.body
    assert answer.header("x-vedette-guard") == "reask"
    assert answer.header("x-vedette-guard-cost-usd") is not None
    said = json.loads(upstream.requests[1].body)["messages"]
    assert [message["role"] for message in said] == ["user", "assistant", "user"]
    assert "forbidden" in said[1]["content"]
    assert "rule words" in said[2]["content"]
    assert inner.parent_span_id == outer.span_id


async def test_a_retry_changes_what_it_says(tmp_path: Path) -> None:
    settings = {"temperature": 0.25, "seed": 7, "system": "Mind your words."}
    async with pair(tmp_path, guard=policy(Action(kind="retry", settings=settings))) as (
        upstream,
        gateway,
    ):
        first_bad("openai_chat", upstream)
        await call(gateway, chat(temperature=1, extra="kept"))
    sent = json.loads(upstream.requests[1].body)
    assert (sent["temperature"], sent["seed"], sent["extra"]) == (0.25, 7, "kept")
    assert sent["messages"][0] == {"role": "system", "content": "Mind your words."}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("actions", "asked", "end"),
    [
        ([Action(kind="reask")], 2, "blocked"),
        ([Action(kind="reask", settings={"times": 2})], 3, "blocked"),
        ([Action(kind="reask", settings={"times": 5})], 3, "blocked"),
        ([Action(kind="retry"), Action(kind="reask"), Action(kind="redact")], 3, "[keyword]"),
        ([Action(kind="reask"), BLOCK], 2, "not for us"),
        ([Action(kind="fallback"), BLOCK], 1, "not for us"),
        ([Action(kind="reroute", target="nowhere/at-all")], 1, "blocked"),
    ],
    ids=["once", "twice", "budget", "chain", "words", "nobody-else", "no-such-route"],
)  # fmt: skip
async def test_a_chain_ends_and_never_with_what_must_not_pass(
    tmp_path: Path, actions: list[Action], asked: int, end: str, stream: bool
) -> None:
    async with pair(tmp_path, guard=policy(*actions), default_provider="") as (upstream, gateway):
        first_bad("openai_chat", upstream, bad=99)
        answer = await call(gateway, chat(stream=stream))
    assert len(upstream.requests) == asked
    assert end in answer.body.decode()
    assert b"forbidden" not in answer.body


async def test_another_route_is_asked(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        one.respond = answering("openai_chat", BAD)
        other.respond = answering("openai_chat", GOOD)
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("b", other.url),
            guard=policy(Action(kind="reroute", target="b/m2")),
        ) as gateway:  # fmt: skip
            answer = await call(gateway, chat())
            await gateway.spans.count(2)
    assert b"It is fine" in answer.body
    assert answer.header("x-vedette-provider") == "b"
    assert json.loads(other.requests[0].body)["model"] == "m2"


async def test_the_next_of_the_route_is_asked(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        one.respond = answering("openai_chat", BAD)
        other.respond = answering("openai_chat", GOOD)
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("b", other.url),
            routes=[route("smart", ("a", "m1"), ("b", "m2"))],
            guard=policy(Action(kind="fallback")),
        ) as gateway:  # fmt: skip
            answer = await call(gateway, chat("smart", stream=True))
    assert b"fine" in answer.body
    assert (len(one.requests), len(other.requests)) == (1, 1)


async def test_a_request_may_go_elsewhere(tmp_path: Path) -> None:
    guard = policy(
        Action(kind="reroute", target="b/m2"), where=("input",), options={"words": ["secret"]}
    )
    async with Upstream() as one, Upstream() as other:
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("b", other.url), guard=guard
        ) as gateway:
            asked = [{"role": "user", "content": "A secret."}]
            answer = await call(gateway, chat() | {"messages": asked})
            plain = await call(gateway, chat())
    assert (answer.status, plain.status) == (200, 200)
    assert (len(one.requests), len(other.requests)) == (1, 1)


async def test_a_model_that_does_not_answer_anew_changes_nothing(tmp_path: Path) -> None:
    async with pair(tmp_path, guard=policy(Action(kind="reask"), BLOCK)) as (upstream, gateway):
        upstream.script(chat_answer("It is forbidden."), error(400))
        answer = await call(gateway, chat())
        await gateway.spans.count(2)
    assert answer.status == 400
    assert "not for us" in answer.body.decode()
    assert [one["outcome"] for one in remedies(gateway)] == ["failed"]


async def test_a_text_is_made_into_another(tmp_path: Path) -> None:
    template = "{{ text | strip_markup | truncate(24) }}"
    guard = policy(Action(kind="transform", text=template))
    async with pair(tmp_path, guard=guard) as (upstream, gateway):
        said = "It is **forbidden**, and so is much else."
        upstream.respond = lambda _: chat_answer(said)
        whole = await call(gateway, chat())
        upstream.respond = lambda _: chat_stream([said[:9], said[9:]])
        streamed = await call(gateway, chat(stream=True))
        await gateway.spans.count(2)
    assert json.loads(whole.body)["choices"][0]["message"]["content"] == "It is forbidden, and so…"
    pieces = [line for line in streamed.body.split(b"\n\n") if b"content" in line]
    assert "It is forbidden, and so…" in json.dumps(
        [json.loads(piece[6:]) for piece in pieces], ensure_ascii=False
    )


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("verdict", "end"),
    [
        ('{"verdict": "allow"}', "It is forbidden, I say."),
        ('{"verdict": "redact", "quotes": ["forbidden, I say"]}', "It is [redact]."),
        ('{"verdict": "redact"}', "It is [keyword], I say."),
        ('{"verdict": "block"}', "not for us"),
        ("I cannot tell.", "It is forbidden, I say."),
    ],
    ids=["allow", "quotes", "redact", "block", "nothing"],
)
async def test_a_judge_decides(tmp_path: Path, verdict: str, end: str, stream: bool) -> None:
    async with Upstream() as one, Upstream() as judge:
        one.respond = answering("openai_chat", BAD)
        judge.respond = lambda _: chat_answer(verdict)
        escalate = Action(kind="escalate", target="judge/j", text="It names what is forbidden.")
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("judge", judge.url),
            guard=policy(escalate, BLOCK),
        ) as gateway:  # fmt: skip
            answer = await call(gateway, chat(stream=stream))
            records = await gateway.spans.count(2)
    said = answer.body.decode()
    if stream and "not for us" not in end:
        chunks = [json.loads(part[6:]) for part in said.split("\n\n") if part.startswith("data: {")]
        said = "".join(c["choices"][0]["delta"].get("content") or "" for c in chunks)
    assert end in said
    asked = json.loads(judge.requests[0].body)
    assert "names what is forbidden" in asked["messages"][0]["content"]
    assert json.loads(asked["messages"][1]["content"]) == BAD.text
    assert len({record.trace_id for record in records}) == 1
    assert noted(gateway)["vedette.guard.calls"] == "1"


@pytest.mark.parametrize(("on_error", "status"), [("open", 200), ("closed", 400)])
async def test_a_judge_that_is_not_there(tmp_path: Path, on_error: str, status: int) -> None:
    escalate = Action(kind="escalate", target="judge/j")
    guard = policy(escalate, on_error=on_error)
    async with pair(tmp_path, guard=guard, default_provider="") as (upstream, gateway):
        first_bad("openai_chat", upstream)
        answer = await call(gateway, chat())
        await gateway.span()
    assert answer.status == status
    assert noted(gateway)["vedette.guard.bypassed"] == "judge:error"
    assert remedies(gateway)[0]["outcome"] == "error"


async def test_alerts_are_noted(tmp_path: Path) -> None:
    guard = policy(Action(kind="alert", target="pager"), Action(kind="redact"))
    async with pair(tmp_path, guard=guard) as (upstream, gateway):
        first_bad("openai_chat", upstream)
        answer = await call(gateway, chat())
        await gateway.span()
    assert b"forbidden" not in answer.body
    assert noted(gateway)["vedette.guard.alerts"] == "words@pager"


async def test_a_client_that_leaves_ends_the_calls_made_for_it(tmp_path: Path) -> None:
    async with pair(tmp_path, guard=policy(Action(kind="reask"))) as (upstream, gateway):
        upstream.script(chat_answer("It is forbidden."), (Stall(),))
        async with dial(gateway) as client:
            client.send(request(chat()))
            await upstream.received(2)
        await upstream.client_gone(1)
        await gateway.spans.count(2)
    assert {record.error for record in gateway.spans.records} == {"client_gone"}


async def test_what_is_not_looked_at_is_said_and_counted(tmp_path: Path) -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}}
    asked = [{"role": "user", "content": [{"type": "text", "text": "Hi"}, image, image]}]
    async with pair(tmp_path, guard=policy(BLOCK)) as (_, gateway):
        answer = await call(gateway, chat() | {"messages": asked})
        form = b"--x\r\ncontent-disposition: form-data; name=model\r\n\r\na/m1\r\n--x--\r\n"
        upload = await call(
            gateway, form, "/v1/audio/transcriptions",
            content_type="multipart/form-data; boundary=x",
        )  # fmt: skip
        await gateway.spans.count(2)
        metrics = await call(gateway, b"", "/metrics", method="GET")
    assert answer.header("x-vedette-guard") == "bypass=image;n=2"
    assert upload.header("x-vedette-guard") == "bypass=upload;n=1"
    told = [record.attributes["vedette.guard.bypassed"] for record in gateway.spans.records]
    assert told == ["media:image x2", "upload"]
    assert b'vedette_guard_bypasses_total{reason="upload"} 1' in metrics.body


async def test_optimistic_streams_pass_at_once_and_end_where_they_must(tmp_path: Path) -> None:
    guard = policy(BLOCK)
    assert guard.policy is not None
    guard = replace(guard, policy=replace(guard.policy, stream="optimistic"))
    words = [f"word{n} " for n in range(40)] + ["forbidden "] + ["more "] * 40
    async with pair(tmp_path, guard=guard) as (upstream, gateway):
        told = chat_stream(words)
        upstream.respond = lambda _: (*told[:-5], Stall(), *told[-5:])
        answer = await call(gateway, chat(stream=True))
        await gateway.span()
    assert b"word39" in answer.body
    assert b"guard_blocked" in answer.body
    assert gateway.spans.records[0].error == "guard_blocked"


async def test_what_is_looked_at_afterwards_stands_on_the_span(tmp_path: Path) -> None:
    guard = policy(Action(kind="escalate", target="judge/j"), Action(kind="alert"), when="after")
    async with Upstream() as one, Upstream() as judge:
        one.respond = answering("openai_chat", BAD)
        judge.respond = lambda _: chat_answer('{"verdict": "block"}')
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("judge", judge.url), guard=guard
        ) as gateway:
            whole = await call(gateway, chat())
            # The judge's call and ours; of the same text it is not asked again.
            await gateway.spans.count(2)
            streamed = await call(gateway, chat(stream=True))
            await gateway.spans.count(3)
    assert b"forbidden" in whole.body
    assert b"forbidden" in streamed.body
    told = [r.attributes for r in gateway.spans.records if "vedette.guard.policy" in r.attributes]
    assert [one["vedette.guard.alerts"] for one in told] == ["words", "words"]
    assert all("block" in one["vedette.guard.remedies"] for one in told)


async def test_names_of_masks_mean_one_thing(tmp_path: Path) -> None:
    rules = tuple(
        Rule(name=where, detector="pii", where=(where,), actions=(Action(kind="mask"),))
        for where in ("input", "output")
    )
    guard = GuardSettings(policy=Policy(name="p", rules=rules))
    asked = [{"role": "user", "content": "I am <EMAIL_1>, a@one.example.com, write to me."}]
    said = "You, <EMAIL_2>, may ask b@two.example.com for it, or c@three.example.com."
    async with pair(tmp_path, guard=guard) as (upstream, gateway):
        upstream.respond = lambda _: chat_answer(said)
        answer = await call(gateway, chat() | {"messages": asked})
    sent = json.loads(upstream.requests[0].body)["messages"][0]["content"]
    assert sent == "I am <EMAIL_1>, <EMAIL_2>, write to me."
    text = json.loads(answer.body)["choices"][0]["message"]["content"]
    assert text == "You, a@one.example.com, may ask <EMAIL_3> for it, or <EMAIL_4>."


@pytest.mark.parametrize("stream", [False, True])
async def test_others_are_asked_on_the_way(tmp_path: Path, stream: bool) -> None:
    async with Upstream() as one, Upstream() as checks:
        checks.respond = lambda r: answer(
            b'{"results": [{"flagged": true, "category_scores": {"hate": 0.9}}]}'
            if r.path == "/v1/moderations"
            else b'{"flagged": true, "kind": "terms"}'
        )
        url = f"http://127.0.0.1:{checks.port}/hook"
        rules = (
            Rule(name="hook", detector="webhook", where=("output",), options={"url": url},
                 timeout_ms=5_000, actions=(Action(kind="flag"),)),
            Rule(name="omni", detector="openai_moderation", where=("output",), timeout_ms=5_000,
                 options={"model": "checks/omni"}, actions=(BLOCK,)),
        )  # fmt: skip
        guard = GuardSettings(
            policy=Policy(name="p", rules=rules), private_hosts=("127.0.0.1",), webhook_secret="s"
        )
        async with running_gateway(
            tmp_path, provider("a", one.url), provider("checks", checks.url), guard=guard
        ) as gateway:
            told = await call(gateway, chat(stream=stream))
            await gateway.spans.count(2)
    assert "not for us" in told.body.decode()
    assert noted(gateway)["vedette.guard.rules"] == "hook, omni"
    assert {r.path for r in checks.requests} == {"/hook", "/v1/moderations"}


@pytest.mark.parametrize("stream", [False, True])
async def test_an_answer_is_compared_with_what_it_rests_on(tmp_path: Path, stream: bool) -> None:
    rule = Rule(
        name="grounds", detector="groundedness", where=("output",), timeout_ms=20_000,
        actions=(Action(kind="redact"),),
    )  # fmt: skip
    settings = GuardSettings(policy=Policy(name="p", rules=(rule,), stream="whole"))
    said = "It opened in 1863 with many Swedish volumes. Karl Berg paid for a marble palace there."
    messages = [
        {"role": "user", "content": "When did it open?"},
        {"role": "assistant", "tool_calls": [{"id": "c", "type": "function", "function": {
            "name": "look", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "c",
         "content": "The library opened in 1863. It has many volumes, most of them Swedish."},
    ]  # fmt: skip
    async with pair(tmp_path, guard=settings) as (upstream, gateway):
        upstream.respond = lambda _: (
            chat_stream([said[:20], said[20:]]) if stream else chat_answer(said)
        )
        told = await call(gateway, chat(stream=stream) | {"messages": messages})
    assert b"1863" in told.body
    assert b"Karl Berg" not in told.body
