"""Versions of policies, what is in force of them, and the file of the workers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from vedette.access.files import replace_file
from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.errors import Conflict, NotFound, StoreError
from vedette.guard.book import PolicyBook
from vedette.guard.compiling import PolicyRefused
from vedette.model.governance import PolicySnapshot
from vedette.model.policy import Policy, Rule
from vedette.stores.records.sql import SqlRecords


class Shop:
    """A book with its file."""

    def __init__(self, folder: Path) -> None:
        self.records = SqlRecords(folder, FakeClock())
        self.file = folder / "guard.policies"
        self.heard: list[PolicySnapshot] = []
        self.fails = False
        self.book = self.opened()

    def opened(self) -> PolicyBook:
        book = PolicyBook(
            self.records, FakeClock(), make_detector, file=self.file, write=self.write,
            resolve=lambda _tenant, entry: entry,
        )  # fmt: skip
        book.on_change(self.heard.append)
        book.open()
        return book

    def write(self, path: Path, content: bytes) -> None:
        if self.fails:
            raise OSError(28, "No space left on device")
        replace_file(path, content)

    @property
    def snapshot(self) -> PolicySnapshot:
        return msgspec.msgpack.decode(self.file.read_bytes(), type=PolicySnapshot)

    def versions(self) -> list[tuple[int | None, int | None]]:
        """Live and tried versions that the workers read."""
        return [
            (
                live.policy.version if live.policy else None,
                live.trial.policy.version if live.trial else None,
            )
            for live in self.snapshot.policies
        ]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    yield shop
    shop.records.close()


def policy(threshold: float = 0.5, **changes: Any) -> Policy:
    fields: dict[str, Any] = {
        "name": "bot", "rules": (Rule(name="pii", detector="pii", threshold=threshold),), **changes,
    }  # fmt: skip
    return Policy(**fields)


def test_a_draft_reaches_nobody_before_it_is_published(shop: Shop) -> None:
    assert shop.book.put(policy()).policy.version == 1
    assert shop.versions() == []
    shop.book.publish("bot")
    assert shop.versions() == [(1, None)]
    shop.book.put(policy(0.6))
    assert shop.versions() == [(1, None)]
    assert shop.heard[-1] == shop.snapshot


def test_versions_never_change_and_going_back_makes_a_new_one(shop: Shop) -> None:
    shop.book.put(policy(0.5))
    shop.book.put(policy(0.6))
    shop.book.publish("bot")
    head = shop.book.rollback("bot", 1)
    assert (head.live, head.latest) == (3, 3)
    thresholds = [kept.value.policy.rules[0].threshold for kept in shop.book.versions("bot")]
    assert thresholds == [0.5, 0.6, 0.5]
    with pytest.raises(NotFound):
        shop.book.rollback("bot", 9)
    with pytest.raises(NotFound):
        shop.book.version("bot", 0)


def test_a_version_is_tried_on_a_share(shop: Shop) -> None:
    shop.book.put(policy(0.5))
    shop.book.publish("bot")
    shop.book.put(policy(0.6))
    shop.book.publish("bot", 2, share=25.0, sticky="request")
    assert shop.versions() == [(1, 2)]
    trial = shop.snapshot.policies[0].trial
    assert trial is not None
    assert (trial.share, trial.sticky) == (25.0, "request")
    shop.book.unpublish("bot", trial_only=True)
    assert shop.versions() == [(1, None)]
    shop.book.publish("bot", 2)
    assert shop.versions() == [(2, None)]
    shop.book.unpublish("bot")
    assert shop.versions() == []
    with pytest.raises(PolicyRefused):
        shop.book.publish("bot", share=0)


def test_switching_to_enforce_is_a_version_that_holds_at_once(shop: Shop) -> None:
    shop.book.put(policy(mode="shadow"))
    shop.book.publish("bot")
    shop.book.set_mode("bot", "enforce")
    assert shop.versions() == [(2, None)]
    shop.book.set_mode("bot", "shadow", rule="pii")
    live = shop.snapshot.policies[0].policy
    assert live is not None
    assert (live.mode, live.rules[0].mode) == ("enforce", "shadow")
    with pytest.raises(NotFound, match="no rule"):
        shop.book.set_mode("bot", "shadow", rule="nope")


def test_switching_leaves_a_trial_and_a_draft_what_they_are(shop: Shop) -> None:
    shop.book.put(policy(0.5))
    shop.book.publish("bot")
    shop.book.put(policy(0.6))
    shop.book.publish("bot", 2, share=25.0, sticky="request")
    shop.book.put(policy(0.7), note="for next week")
    head = shop.book.set_mode("bot", "shadow", rule="pii")
    assert (head.live, head.trial, head.latest) == (4, 5, 6)
    assert (head.share, head.sticky) == (25.0, "request")
    versions = {kept.value.policy.version: kept.value for kept in shop.book.versions("bot")}
    assert [versions[n].policy.rules[0].threshold for n in (4, 5, 6)] == [0.5, 0.6, 0.7]
    assert {versions[n].policy.rules[0].mode for n in (4, 5, 6)} == {"shadow"}
    assert versions[6].note == "as version 3, rule pii: shadow"
    assert shop.versions() == [(4, 5)]


def test_a_draft_without_the_rule_stays_the_newest(shop: Shop) -> None:
    shop.book.put(policy())
    shop.book.publish("bot")
    shop.book.put(replace(policy(), rules=(Rule(name="other", detector="keywords"),)))
    head = shop.book.set_mode("bot", "shadow", rule="pii")
    newest = shop.book.version("bot", head.latest).value.policy
    assert [rule.name for rule in newest.rules] == ["other"]
    assert shop.versions() == [(3, None)]


def test_what_does_not_compile_leaves_everything_as_it_was(shop: Shop) -> None:
    shop.book.put(policy())
    shop.book.publish("bot")
    broken = replace(policy(), rules=(Rule(name="r", detector="not-there"),))
    with pytest.raises(PolicyRefused) as refused:
        shop.book.put(broken)
    assert refused.value.faults[0].name == "rules[0].detector"
    assert shop.versions() == [(1, None)]
    assert len(shop.book.versions("bot")) == 1


def test_names_of_bundled_policies_are_not_taken(shop: Shop) -> None:
    with pytest.raises(PolicyRefused) as refused:
        shop.book.put(policy(name="strict"))
    assert refused.value.faults[0].name == "name"
    assert shop.book.check(policy(name="strict")).name == "strict"


def test_nobody_overwrites_what_he_has_not_seen(shop: Shop) -> None:
    shop.book.put(policy(), seen=0)
    with pytest.raises(Conflict, match="version 1"):
        shop.book.put(policy(), seen=0)
    shop.book.put(policy(), seen=1)
    with pytest.raises(Conflict):
        shop.book.put(policy(), seen=1)


def test_a_deleted_policy_holds_no_more_and_goes_on_counting(shop: Shop) -> None:
    shop.book.put(policy())
    shop.book.publish("bot")
    shop.book.delete("bot")
    assert shop.versions() == []
    assert shop.book.heads() == ()
    with pytest.raises(NotFound):
        shop.book.head("bot")
    assert shop.book.put(policy(), seen=0).policy.version == 2


def test_a_version_whose_head_was_lost_is_stepped_over(shop: Shop) -> None:
    shop.book.put(policy())
    head = shop.book.head("bot")
    shop.records.delete("_guard", "policy", "bot", version=head.version)
    assert shop.book.put(policy()).policy.version == 2


def test_a_file_that_cannot_be_written_is_caught_up_with(shop: Shop) -> None:
    shop.book.put(policy())
    shop.fails = True
    with pytest.raises(StoreError, match="stored, but"):
        shop.book.publish("bot")
    assert shop.book.behind
    shop.book.catch_up()
    assert shop.book.behind
    shop.fails = False
    shop.book.catch_up()
    assert shop.versions() == [(1, None)]


def test_what_keeps_the_file_from_being_written_is_said_once(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        shop.fails = True
        shop.book.behind = True
        for _ in range(3):
            shop.book.catch_up()
        shop.fails = False
        shop.book.catch_up()
        assert not shop.book.behind
    assert caplog.text.count("policies are as they were") == 2


def test_the_file_counts_on_over_restarts(shop: Shop) -> None:
    shop.book.put(policy())
    shop.book.publish("bot")
    before = shop.snapshot.version
    again = shop.opened()
    assert shop.snapshot.version > before
    assert again.head("bot").value.live == 1
