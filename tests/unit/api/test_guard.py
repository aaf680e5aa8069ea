"""`/guard/evaluate` as a client sees it."""

from typing import Any

from tests.support.console import Console
from tests.support.receiver import Receiver

PATH = "/api/v1/guard/evaluate"
KEY = "AKIA" + "Q4ZN2TJ7WPX5LC3D"


def evaluate(console: Console, **body: Any) -> Any:
    """The JSON of a 200 answer."""
    answer = console.client.post(PATH, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(console: Console, status: int, **body: Any) -> Any:
    answer = console.client.post(PATH, json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def test_personal_data_is_found_scored_and_redacted(console: Console) -> None:
    text = "Write to ada@lovelace.org or pay with 4111 1111 1111 1111 now."
    verdict = evaluate(console, text=text, where="input", detectors=["pii"])
    assert verdict["action"] == "redact"
    assert verdict["text"] == "Write to [email] or pay with [card] now."
    assert [
        (finding["detector"], finding["kind"], text[finding["start"] : finding["end"]])
        for finding in verdict["findings"]
    ] == [("pii", "email", "ada@lovelace.org"), ("pii", "card", "4111 1111 1111 1111")]
    assert verdict["scores"]["pii"] > 0.9
    assert verdict["latency_ms"] >= 0


def test_scores_hold_every_detector_asked_for(console: Console) -> None:
    asked = ["pii", "secrets", "refusal", "invisible", "urls", "length", "tool_calls"]
    verdict = evaluate(console, text="What is the capital of France?", detectors=asked)
    assert set(verdict["scores"]) == set(asked)
    assert all(0 <= score <= 1 for score in verdict["scores"].values())
    assert verdict["action"] == "allow"
    assert verdict["text"] == "What is the capital of France?"


def test_without_detectors_the_policy_says_who_looks(console: Console) -> None:
    verdict = evaluate(console, text=f"key {KEY}", policy="privacy")
    assert verdict["policy"] == "privacy"
    assert set(verdict["scores"]) == {"secrets", "pii"}
    assert verdict["text"] == "key [aws_access_token]"


def test_masks_can_be_put_back(console: Console) -> None:
    text = "From ada@lovelace.org to ada@lovelace.org"
    verdict = evaluate(console, text=text, policy="privacy")
    assert verdict["text"] == "From <EMAIL_1> to <EMAIL_1>"
    assert verdict["restore"] == {"<EMAIL_1>": "ada@lovelace.org"}


def test_a_batch_is_answered_in_order(console: Console) -> None:
    items = [
        {"text": "nothing here", "detectors": ["pii"]},
        {"text": "ada@lovelace.org", "detectors": ["pii"]},
        {"text": "SSN 219-09-1234", "detectors": ["pii"]},
    ]
    results = evaluate(console, items=items)["results"]
    assert [result["action"] for result in results] == ["allow", "redact", "redact"]
    assert results[2]["findings"][0]["kind"] == "us_ssn"


def test_messages_stand_where_their_role_says(console: Console) -> None:
    messages = [
        {"role": "system", "content": "Be kind. Boss: boss@corp.org"},
        {"role": "user", "content": [{"type": "text", "text": "I am ada@lovelace.org"}]},
        {"role": "assistant", "content": None},
    ]
    verdict = evaluate(console, messages=messages, policy="balanced", detectors=["pii"])
    assert verdict["messages"] == ["Be kind. Boss: boss@corp.org", "I am [email]", ""]
    assert [finding["message"] for finding in verdict["findings"]] == [1]


def test_canaries_and_tools_come_as_evidence(console: Console) -> None:
    leak = evaluate(
        console, text="The code is zx-81-canary.", where="output", detectors=["leak"],
        evidence={"canaries": ["zx-81-canary"]},
    )  # fmt: skip
    assert (leak["action"], leak["scores"]) == ("block", {"leak": 1.0})
    call = evaluate(
        console, text='{"city": 5}', where="tool_arguments", detectors=["tool_calls"],
        evidence={
            "tool_name": "weather",
            "tools": {"weather": {"properties": {"city": {"type": "string"}}}},
        },
    )  # fmt: skip
    assert call["findings"][0]["kind"] == "arguments_schema"


def test_what_is_not_understood_is_refused(console: Console) -> None:
    assert "secrets" in refused(console, 400, text="x", detectors=["pij"])["detail"]
    assert "balanced" in refused(console, 404, text="x", policy="nope")["detail"]
    assert refused(console, 400, where="input")["code"] == "invalid_body"
    assert refused(console, 400, text="x", messages=[])["code"] == "invalid_body"
    assert refused(console, 400, text="x", items=[])["code"] == "invalid_body"
    assert refused(console, 400, text="x", where="nowhere")["code"] == "invalid_body"
    assert refused(console, 400, messages=[{"content": "x"}])["code"] == "invalid_body"
    assert refused(console, 400, items=[{"text": "x"}] * 257)["code"] == "invalid_body"
    assert refused(console, 400, text="x", detectors=["matching"])["code"] == "invalid_config"


def test_policies_are_listed(console: Console) -> None:
    names = [item["name"] for item in console.get("/api/v1/guard/policies")["items"]]
    assert names == ["balanced", "strict", "privacy", "agents"]


def test_who_does_not_wait_is_called_back(console: Console) -> None:
    with Receiver() as receiver:
        answer = console.client.post(
            PATH, json={"items": [{"text": f"key {KEY}"}, {"text": "Hi"}], "callback": receiver.url}
        )
        assert answer.status_code == 202
        [(path, fields, body)] = receiver.wait(1)
    assert path == "/hook"
    assert body["id"] == answer.json()["id"] == fields["webhook-id"]
    assert [result["action"] for result in body["results"]] == ["redact", "allow"]
    assert fields["webhook-signature"].startswith("v1,")


def verdicts(console: Console) -> list[Any]:
    items = console.get("/api/v1/audit")["items"]
    return [one for one in items if one["action"].startswith("guard.")]


def test_verdicts_are_in_the_audit_log_without_their_texts(console: Console) -> None:
    evaluate(console, text="What is the capital of France?")
    evaluate(console, items=[{"text": f"key {KEY}", "policy": "privacy"}, {"text": "Hi"}])
    [one] = verdicts(console)
    assert one["action"] == "guard.redact"
    assert one["details"]["policy"] == "privacy"
    assert one["details"]["findings"] == {"secrets:aws_access_token": 1}
    assert KEY not in str(one)


def test_verdicts_that_are_called_back_are_in_the_audit_log_too(console: Console) -> None:
    with Receiver() as receiver:
        answer = console.client.post(PATH, json={"text": f"key {KEY}", "callback": receiver.url})
        receiver.wait(1)
    [one] = verdicts(console)
    assert one["target"] == {"kind": "evaluation", "id": f"{answer.json()['id']}:0"}
    assert one["actor"]["kind"] == "local"


def test_verdicts_stay_out_of_the_audit_log_where_that_is_set(console: Console) -> None:
    console.parts.audits_evaluations = False
    evaluate(console, text=f"key {KEY}")
    assert verdicts(console) == []


def test_what_is_wrong_is_said_before_anybody_is_called_back(console: Console) -> None:
    refused(console, 404, text="Hi", policy="nope", callback="http://127.0.0.1:9/x")
    refused(console, 400, text="Hi", detectors=["nope"], callback="http://127.0.0.1:9/x")
    refused(console, 400, text="Hi", callback="file:///etc/passwd")


def test_a_detector_that_asks_models_says_that_there_are_none(console: Console) -> None:
    verdict = evaluate(console, text="Hi", detectors=["judge"])
    assert verdict["scores"] == {"judge": 0.0}
    assert verdict["rulings"] == []
