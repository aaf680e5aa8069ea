"""Probes as plain values."""

import msgspec
import pytest

from vedette.model.probe import Probe, ProbeRun, Sample


def test_a_prompt_is_one_message_of_a_user() -> None:
    made = Probe(name="a", models=("m",), prompt="Well?")
    assert made.said == [{"role": "user", "content": "Well?"}]
    messages = ({"role": "system", "content": "x"},)
    assert Probe(name="a", models=("m",), messages=messages).said == list(messages)


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="every_minuets"):
        msgspec.convert({"name": "a", "models": ["m"], "every_minuets": 5}, Probe)


def test_a_run_costs_what_is_known() -> None:
    samples = tuple(
        Sample(model="m", trace_id="t", asked_ns=1, cost_nano_usd=cost) for cost in (5, None, 7)
    )
    run = ProbeRun(id="r", project_id="p", probe="a", started_ns=1, samples=samples)
    assert run.cost_nano_usd == 12
