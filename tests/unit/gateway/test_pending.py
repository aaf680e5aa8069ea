"""What a worker had still to say of a call is on disk until it is said."""

import fcntl
import os
from pathlib import Path

import msgspec
import pytest

from tests.support.exchanges import make_record as record
from vedette.app.reduction import Reduction
from vedette.gateway.pending import PendingCalls
from vedette.model.pending import LOCK, SUFFIX, Pending, RuleOrigin
from vedette.model.policy import Policy, Rule

POLICY = Policy(name="p", rules=(Rule(name="r", detector="pii", when="after"),))
ORIGINS = {"r": RuleOrigin("p", 3, "r")}


def calls(directory: Path | None) -> PendingCalls:
    return PendingCalls(directory, worker="w", reduce=Reduction(b"k" * 32))


async def test_a_call_lies_there_until_its_record_is_safe(tmp_path: Path) -> None:
    pending, one = calls(tmp_path / "after"), record()
    assert await pending.put(one, POLICY, ORIGINS)
    path = tmp_path / "after" / "w" / (one.span_id + SUFFIX)
    kept = msgspec.msgpack.decode(path.read_bytes(), type=Pending)
    assert (kept.span.span_id, kept.policy, kept.origins) == (one.span_id, POLICY, ORIGINS)
    pending.settle([one])
    await pending.close()
    assert not (tmp_path / "after" / "w").exists()


async def test_nobody_else_takes_it_while_the_worker_lives(tmp_path: Path) -> None:
    pending = calls(tmp_path / "after")
    await pending.put(record(), POLICY, {})
    with (tmp_path / "after" / "w" / LOCK).open("rb") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        await pending.close()
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert len(list((tmp_path / "after" / "w").glob(f"*{SUFFIX}"))) == 1


async def test_without_a_disk_it_says_so(tmp_path: Path) -> None:
    assert not await calls(None).put(record(), POLICY, {})
    (tmp_path / "after").write_text("no directory")
    pending = calls(tmp_path / "after")
    assert not await pending.put(record(), POLICY, {})
    assert pending.failures == 1
    await pending.close()


async def test_what_cannot_be_kept_leaves_neither_files_nor_descriptors(tmp_path: Path) -> None:
    """Another directory of this name is in the way."""
    (tmp_path / "after" / "w").mkdir(parents=True)
    (tmp_path / "after" / "w" / "full").touch()
    pending = calls(tmp_path / "after")
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        assert not await pending.put(record(), POLICY, {})
    assert len(os.listdir("/dev/fd")) < before + 10
    await pending.close()
