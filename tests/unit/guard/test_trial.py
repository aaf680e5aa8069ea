"""Labelled texts are read from files and tried."""

import gzip
import json
from pathlib import Path

import pytest

from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.errors import ConfigError
from vedette.guard.canonical import Canonicalizer
from vedette.guard.engine import Guard
from vedette.guard.policies import bundled
from vedette.guard.trial import (
    Sample,
    Span,
    measure,
    read_evidence,
    read_samples,
    scorer,
    spans_found,
    try_policy,
)

SAMPLES = [
    Sample(text="ada@lovelace.org", label=1, source="mails"),
    Sample(text="+49 30 9018 2000", label=1, source="phones"),
    Sample(text="nothing", label=0, category="prose"),
    Sample(text="eve@example.org", label=0, category="fixture"),
]


def test_rows_are_read_plain_and_compressed(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text('{"text": "a", "label": 1, "spans": []}\n\n', encoding="utf-8")
    packed.write_bytes(gzip.compress(json.dumps({"text": "b", "label": 0}).encode()))
    assert [(row.text, row.label) for row in read_samples([plain, packed])] == [("a", 1), ("b", 0)]


def test_rows_keep_what_they_say_was_known_beside_them(tmp_path: Path) -> None:
    rows, known = tmp_path / "a.jsonl", tmp_path / "known.json"
    known.write_text('{"canaries": ["A"]}', encoding="utf-8")
    mine = '{"text": "b", "label": 1, "evidence": {"question": "q"}}'
    rows.write_text('{"text": "a", "label": 1}\n' + mine, encoding="utf-8")
    found = list(read_samples([rows], read_evidence(known)))
    assert [row.evidence and row.evidence.canaries for row in found] == [("A",), ()]
    assert [row.evidence and row.evidence.question for row in found] == ["", "q"]
    with pytest.raises(ConfigError, match="cannot be read"):
        read_evidence(tmp_path / "none.json")
    known.write_bytes(b" " * (5 << 20))
    with pytest.raises(ConfigError, match="larger than 4 MiB"):
        read_evidence(known)


def test_wrong_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a", "label": 1}\n{"text": 5}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.jsonl:2"):
        list(read_samples([path]))
    with pytest.raises(ConfigError, match="cannot be read"):
        list(read_samples([tmp_path / "none.jsonl"]))
    path.write_text('{"text": "a", "label": 2}\n')
    with pytest.raises(ConfigError, match="0 or 1"):
        list(read_samples([path]))
    broken = tmp_path / "b.jsonl.gz"
    broken.write_bytes(b"\x1f\x8b\x08 not gzip")
    with pytest.raises(ConfigError):
        list(read_samples([broken]))


def test_sources_are_measured_against_all_harmless_texts() -> None:
    score = scorer(make_detector("pii", {}), Canonicalizer())
    found = measure(score, SAMPLES, where="input", threshold=0.5)
    assert set(found) == {"all", "mails", "phones", "prose", "fixture"}
    assert (found["all"].positives, found["all"].negatives) == (2, 2)
    assert (found["mails"].positives, found["mails"].negatives) == (1, 2)
    assert found["fixture"].false_positives is not None
    assert found["fixture"].false_positives.value == 1.0
    assert found["all"].recall is not None
    assert found["all"].recall.value == 1.0


def test_a_policy_is_tried_rule_by_rule() -> None:
    guard = Guard(make_detector, FakeClock())
    total, rules, actions = try_policy(guard, bundled().get("privacy"), SAMPLES, where="input")
    guard.close()
    assert total == 4
    assert actions == {"mask": 3, "allow": 1}
    by_name = {trial.rule: trial for trial in rules}
    assert (by_name["personal-data"].fired, by_name["secrets"].fired) == (3, 0)
    assert by_name["personal-data"].on_labelled == 2
    assert by_name["personal-data"].categories == {"fixture": 1}


def test_spans_are_counted_by_type() -> None:
    text = "ada@lovelace.org in Oslo"
    spans = (Span("EMAIL", 0, 16), Span("CITY", 20, 24))
    rows = [Sample(text=text, label=1, spans=spans), SAMPLES[0]]
    found = spans_found(make_detector("pii", {}), Canonicalizer(), rows, 0.5)
    assert found == {"CITY": (0, 1), "EMAIL": (1, 1)}


def test_texts_need_no_label_to_be_tried_and_one_to_be_measured() -> None:
    bare = [Sample(text="Mail ada@lovelace.org", category="mail"), Sample(text="Hello")]
    guard = Guard(make_detector, FakeClock())
    total, rules, actions = try_policy(guard, bundled().get("privacy"), bare, where="input")
    fired = next(rule for rule in rules if rule.fired)
    assert (total, actions) == (2, {"mask": 1, "allow": 1})
    assert (fired.on_labelled, fired.on_harmless, fired.categories) == (0, 0, {"mail": 1})
    with pytest.raises(ConfigError, match="2 of 2 texts have no label"):
        measure(lambda *_: 0.0, bare, where="input", threshold=0.5)
    with pytest.raises(ConfigError):
        measure(lambda *_: 0.0, [], where="input", threshold=0.5)
    with pytest.raises(ConfigError, match="no texts"):
        try_policy(guard, bundled().get("privacy"), [], where="input")
    guard.close()
