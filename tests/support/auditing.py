"""An audit log in a directory, signed outside of it, and an attacker who may write the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from vedette.audit.desk import AuditDesk
from vedette.audit.notes import signature_of
from vedette.audit.outbox import Outbox
from vedette.audit.outside import Outside
from vedette.audit.signing import Signer
from vedette.clock import FakeClock
from vedette.model.audit import Actor, AuditEvent
from vedette.query.times import format_time
from vedette.stores.records.sql import SqlRecords

SEED = bytes(range(32))
ANN = Actor(kind="user", id="usr_1", name="Ann", address="10.0.0.9")


def event(number: int, organization: str = "default", **more: object) -> AuditEvent:
    """Something that happened."""
    fields = {
        "action": "key.created", "organization": organization, "target_kind": "key",
        "target_id": f"{number:012x}", "details": {"number": number}, "actor": ANN,
        "personal": {"owner": f"o{number}@example.com"},
    }  # fmt: skip
    return AuditEvent(**{**fields, **more})  # type: ignore[arg-type]


class Office:
    """Everything about one log. `folder` holds the database and what is signed outside it."""

    def __init__(self, folder: Path, *, seed: bytes = SEED) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.signature = signature_of(seed)
        self.records = SqlRecords(folder, self.clock, sealing=self.signature.sealing)
        self.log = self.records.audit
        outside = folder / "outside"
        self.outside = Outside(outside / "checkpoints.jsonl", outside / "heads.json")
        self.desk = AuditDesk(
            self.log, self.signature.key, self.outside, sealing=self.signature.sealing,
            outbox=Outbox(folder / "pending", self.log, self.clock),
        )  # fmt: skip
        self.signer = self.new_signer()

    def new_signer(self) -> Signer:
        """As after a restart."""
        return Signer(
            self.log, self.signature, self.outside, self.clock, every_s=60,
            format_time=format_time,
        )  # fmt: skip

    def happen(self, count: int, *, start: int = 1, organization: str = "default") -> None:
        """Log so many events and sign."""
        for number in range(start, start + count):
            self.clock.advance(1)
            self.log.append([event(number, organization)])
        self.signer.step(last=True)

    def attack(self, *statements: str) -> None:
        """Write into the database past all of our code."""
        with closing(sqlite3.connect(self.folder / "records.db")) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    def faults(self) -> list[tuple[str, int]]:
        """What the verification finds: kinds and places."""
        report = self.desk.verify()
        return [(one.fault, one.seq) for log in report.logs for one in log.problems]

    def close(self) -> None:
        self.records.close()

    def new_signer_broken(self) -> dict[str, str]:
        """Which logs the running signer, or one that starts anew, signs no more."""
        fresh = self.new_signer()
        fresh.step()
        return {**self.signer.broken, **fresh.broken}
