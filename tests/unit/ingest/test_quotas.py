"""How much a key and a project may send, and what is said beyond."""

from pathlib import Path

import pytest

from tests.support import otlp
from tests.support.intakes import intaken
from vedette.clock import FakeClock
from vedette.costs.counters import Counters
from vedette.ingest.admission import Sender
from vedette.ingest.quotas import QuotaExceeded, Quotas
from vedette.model.ingest import IngestQuota

ANN = Sender("p1", "shop", "k1", "k1", "ann")
BOB = Sender("p1", "shop", "k2", "k2", "bob")
NOBODY = Sender("default", "default")


def quotas(clock: FakeClock, *rules: IngestQuota) -> Quotas:
    return Quotas(Counters.private, clock, rules)


def send(made: Quotas, sender: Sender, spans: int, size: int = 0) -> None:
    made.check(sender)
    with made.holding(sender, spans=spans, body_bytes=size):
        pass


def test_without_a_rule_anything_may_be_sent() -> None:
    made = quotas(FakeClock())
    send(made, ANN, 10**9)
    assert made.uses("p1") == []


def test_spans_of_a_minute_run_off() -> None:
    clock = FakeClock()
    made = quotas(clock, IngestQuota(scope="key", spans_per_minute=100))
    send(made, ANN, 60)
    send(made, ANN, 60)
    with pytest.raises(QuotaExceeded) as refused:
        send(made, ANN, 1)
    assert "'k1'" in refused.value.message
    assert 55 <= refused.value.retry_after_s <= 64
    send(made, BOB, 100)
    clock.advance(refused.value.retry_after_s)
    send(made, ANN, 1)


def test_a_batch_larger_than_the_quota_is_taken_once() -> None:
    clock = FakeClock()
    made = quotas(clock, IngestQuota(scope="project", bytes_per_day=1_000))
    send(made, ANN, 1, 5_000)
    with pytest.raises(QuotaExceeded):
        made.check(BOB)
    clock.advance(25 * 3600)
    made.check(BOB)


def test_the_first_rule_that_fits_counts() -> None:
    made = quotas(
        FakeClock(), IngestQuota(scope="key", name="bob"),
        IngestQuota(scope="key", name="*", spans_per_minute=1),
        IngestQuota(scope="project", name="shop", spans_per_minute=50),
    )  # fmt: skip
    send(made, BOB, 20)
    send(made, BOB, 20)
    send(made, ANN, 1)
    with pytest.raises(QuotaExceeded, match="key 'k1'"):
        send(made, ANN, 1)
    send(made, BOB, 20)
    with pytest.raises(QuotaExceeded, match="project 'p1'"):
        send(made, BOB, 1)
    assert made.refused == {"key": 1, "project": 1}
    uses = [(use.scope, use.name, use.used, use.refused) for use in made.uses("p1")]
    assert uses == [("key", "k1", 1, 1), ("project", "p1", 61, 1)]
    assert [use.name for use in made.uses("other")] == []


def test_those_without_a_key_are_counted_together() -> None:
    made = quotas(FakeClock(), IngestQuota(scope="key", spans_per_minute=1))
    send(made, NOBODY, 1)
    with pytest.raises(QuotaExceeded, match="without a key"):
        send(made, NOBODY, 1)
    assert [use.name for use in made.uses("default")] == [""]


def test_what_was_not_written_does_not_count() -> None:
    made = quotas(FakeClock(), IngestQuota(scope="key", spans_per_minute=10))
    for _ in range(5):
        with pytest.raises(OSError, match="full"), made.holding(ANN, spans=9, body_bytes=0):
            raise OSError("full")
    assert made.uses("p1")[0].used == 0
    with made.holding(ANN, spans=10, body_bytes=0), pytest.raises(QuotaExceeded) as refused:
        send(made, ANN, 1)
    assert refused.value.retry_after_s == 1


def test_what_was_sent_outlives_a_restart_and_other_limits(tmp_path: Path) -> None:
    clock = FakeClock()

    def opened() -> Quotas:
        def counters() -> Counters:
            made = Counters.at(str(tmp_path / "counters"))
            made.join()
            return made

        return Quotas(counters, clock, (IngestQuota(scope="key", spans_per_minute=10),))

    first = opened()
    send(first, ANN, 9)
    first.close()
    second = opened()
    send(second, ANN, 1)
    with pytest.raises(QuotaExceeded):
        second.check(ANN)
    second.configure((IngestQuota(scope="key", spans_per_minute=11),))
    second.check(ANN)
    second.close()


async def test_the_intake_asks_before_it_reads_and_counts_what_is_durable() -> None:
    async with intaken() as parts:
        parts.intake.quotas.configure((IngestQuota(scope="key", spans_per_minute=2),))
        body = otlp.traces([otlp.span({}, id=1), otlp.span({}, id=2)])
        await parts.intake.take("traces", "protobuf", body, headers={})
        with pytest.raises(QuotaExceeded):
            await parts.intake.take("traces", "protobuf", b"no protobuf", headers={})
        assert parts.intake.quotas.uses("default")[0].used == 2
        parts.clock.advance(70)
        simple = b'{"name": "a"}'
        await parts.intake.take_simple(simple, headers={})
        assert parts.intake.quotas.uses("default")[0].used == 1
