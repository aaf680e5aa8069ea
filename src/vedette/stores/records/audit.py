"""The audit log in SQL: appended to under the lock of its head, read in order, erased beside.

An append reads the head of its log, writes the entry behind it and moves the head, all in the
caller's transaction. On SQLite the first write takes the lock of the whole database, on PostgreSQL
the update of the head takes the lock of its row: so a log has one writer at a time, across
processes, and no gap.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.engine import Row

from vedette.clock import Clock
from vedette.errors import StoreError
from vedette.model.audit import (
    GENESIS,
    INSTALLATION,
    AuditEntry,
    AuditEvent,
    AuditHead,
    AuditPosition,
    AuditQuery,
    Personal,
    actor_label,
    body_of,
    commitment,
    seal_of,
    value_of,
)
from vedette.model.canonical import canonical, tamed
from vedette.model.merkle import leaf_hash
from vedette.model.tenant import DEFAULT
from vedette.ports.audit import acting
from vedette.stores.records.database import Database
from vedette.stores.records.tables import audit_entries, audit_heads, audit_personal, records

SALT_BYTES = 32
_LIST_LIMIT = 10_000
_SHELF = "_access"
_NAMED = 1_000
"""Entries that an erasure names one by one."""


class SqlAudit:
    """`ports.audit.AuditStore` beside the records."""

    def __init__(
        self, database: Database, clock: Clock, *, sealing: bytes = b"",
        chance: Callable[[int], bytes] = os.urandom,
    ) -> None:  # fmt: skip
        """Without a secret for the seals there are none."""
        self._sealing = sealing
        self._database = database
        self._clock = clock
        self._chance = chance

    def append(self, events: Sequence[AuditEvent]) -> int:
        if not events:
            return 0
        with self._database.using("The audit log cannot be written") as connection:
            # A write first: what is read then is not changed by others before the end.
            self._lock(connection)
            known = _known(connection, [event.source for event in events if event.source])
            count = 0
            for event in events:
                if event.source and event.source in known:
                    continue
                known.add(event.source)
                self.note(connection, event)
                count += 1
        return count

    def note(self, connection: Connection, event: AuditEvent | None) -> None:
        """Log an event in the transaction of what it tells of, which has written before."""
        if event is None:
            return
        event = self._complete(connection, event)
        head = _head(connection, event.organization)
        seq = head.seq + 1
        personal = list(self._personal(event, seq))
        marks = {one.field: commitment(one.salt, one.value) for one in personal}
        body = body_of(event, seq=seq, prev=head.hash, personal=marks)
        hash = leaf_hash(body).hex()
        connection.execute(insert(audit_entries).values(
            organization=event.organization, seq=seq, time_ns=event.time_ns, action=event.action,
            outcome=event.outcome, actor=_label(event), project=event.project,
            target_kind=event.target_kind, target_id=event.target_id,
            source=event.source or None, body=body.decode(), hash=hash,
            seal=seal_of(self._sealing, hash) if self._sealing else "",
        ))  # fmt: skip
        if personal:
            rows = [msgspec.structs.asdict(one) for one in personal]
            connection.execute(insert(audit_personal), rows)
        connection.execute(
            update(audit_heads)
            .where(audit_heads.c.organization == event.organization)
            .values(seq=seq, hash=hash)
        )

    def heads(self) -> tuple[AuditHead, ...]:
        query = select(audit_heads).order_by(audit_heads.c.organization)
        with self._using() as connection:
            return tuple(_read_head(row) for row in connection.execute(query))

    def organizations(self) -> tuple[str, ...]:
        with self._using() as connection:
            return tuple(sorted({
                _text(row.organization)
                for column in (audit_heads.c.organization, audit_entries.c.organization)
                for row in connection.execute(select(column).distinct())
            }))  # fmt: skip

    def entries(
        self, organization: str, *, after_seq: int = 0, limit: int = 1000
    ) -> tuple[AuditEntry, ...]:
        query = (
            select(audit_entries)
            .where(
                audit_entries.c.organization == organization, audit_entries.c.seq > after_seq
            )
            .order_by(audit_entries.c.seq)
            .limit(min(limit, _LIST_LIMIT))
        )  # fmt: skip
        with self._using() as connection:
            return tuple(map(_entry, connection.execute(query)))

    def hashes(self, organization: str, *, upto_seq: int) -> list[bytes]:
        query = (
            select(audit_entries.c.hash)
            .where(audit_entries.c.organization == organization, audit_entries.c.seq <= upto_seq)
            .order_by(audit_entries.c.seq)
        )
        with self._using() as connection:
            return [_hash(row.hash) for row in connection.execute(query)]

    def find(
        self, query: AuditQuery, *, before: AuditPosition | None = None, limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        entries = audit_entries.c
        wanted = select(audit_entries).where(*_conditions(query))
        if before is not None:
            wanted = wanted.where(or_(
                entries.time_ns < before.time_ns,
                and_(entries.time_ns == before.time_ns, or_(
                    entries.organization < before.organization,
                    and_(entries.organization == before.organization, entries.seq < before.seq),
                )),
            ))  # fmt: skip
        order = (entries.time_ns.desc(), entries.organization.desc(), entries.seq.desc())
        with self._using() as connection:
            found = connection.execute(wanted.order_by(*order).limit(min(limit, _LIST_LIMIT)))
            return tuple(map(_entry, found))

    def get(self, organization: str, seq: int) -> AuditEntry | None:
        query = select(audit_entries).where(
            audit_entries.c.organization == organization, audit_entries.c.seq == seq
        )
        with self._using() as connection:
            row = connection.execute(query).first()
        return None if row is None else _entry(row)

    def personal(self, organization: str, seqs: Sequence[int]) -> tuple[Personal, ...]:
        query = (
            select(audit_personal)
            .where(
                audit_personal.c.organization == organization,
                audit_personal.c.seq.in_(seqs[:_LIST_LIMIT]),
            )
            .order_by(audit_personal.c.seq, audit_personal.c.field)
        )
        with self._using() as connection:
            return tuple(_read_personal(row) for row in connection.execute(query))

    def erase(self, value: str, *, organization: str = "") -> int:
        written = canonical(value).decode()[1:-1]
        query = select(audit_personal).where(
            audit_personal.c.value.icontains(written, autoescape=True)
        )
        if organization:
            query = query.where(audit_personal.c.organization == organization)
        with self._database.using("Personal values cannot be erased") as connection:
            self._lock(connection)
            found = [
                one for one in map(_read_personal, connection.execute(query))
                if _holds(value_of(one), value.casefold())
            ]  # fmt: skip
            for one in found:
                connection.execute(delete(audit_personal).where(
                    audit_personal.c.organization == one.organization,
                    audit_personal.c.seq == one.seq, audit_personal.c.field == one.field,
                ))  # fmt: skip
            for log in sorted({one.organization for one in found}):
                for event in _erasures(log, [one for one in found if one.organization == log]):
                    self.note(connection, event)
        return len(found)

    def _using(self) -> Any:
        return self._database.using("The audit log cannot be read")

    def _lock(self, connection: Connection) -> None:
        heads = audit_heads.c
        connection.execute(
            update(audit_heads).where(heads.organization == INSTALLATION).values(seq=heads.seq)
        )

    def _complete(self, connection: Connection, event: AuditEvent) -> AuditEvent:
        organization = event.organization
        if not organization:
            organization = _owner(connection, event.project) if event.project else INSTALLATION
        return replace(
            event,
            organization=organization,
            actor=acting.get() if event.actor is None else event.actor,
            time_ns=self._clock.now_ns() if event.time_ns is None else event.time_ns,
            project=_clean(event.project),
            target_id=_clean(event.target_id),
            details=tamed(event.details),
        )

    def _personal(self, event: AuditEvent, seq: int) -> Iterator[Personal]:
        values = dict(event.personal)
        if event.actor is not None:
            values |= {
                f"actor.{field}": text
                for field in ("name", "address")
                if (text := getattr(event.actor, field))
            }
        for field, value in sorted(values.items()):
            yield Personal(
                organization=event.organization, seq=seq, field=field[:200],
                salt=self._chance(SALT_BYTES), value=canonical(tamed(value)).decode(),
            )  # fmt: skip


def _head(connection: Connection, organization: str) -> AuditHead:
    """The head of a log, locked by a write; made where there is none."""
    heads = audit_heads.c
    locked = connection.execute(
        update(audit_heads).where(heads.organization == organization).values(seq=heads.seq)
    )
    if locked.rowcount == 0:
        head = AuditHead(organization=organization, seq=0, hash=GENESIS)
        connection.execute(insert(audit_heads).values(**msgspec.structs.asdict(head)))
        return head
    return _read_head(
        connection.execute(select(audit_heads).where(heads.organization == organization)).one()
    )


def _owner(connection: Connection, project: str) -> str:
    """The organization of a project; what nobody made belongs to the default one."""
    query = select(records.c.body).where(
        records.c.project_id == _SHELF, records.c.kind == "project", records.c.id == project
    )
    body = connection.execute(query).scalar()
    return str(body.get("organization_id") or DEFAULT) if isinstance(body, dict) else DEFAULT


def _known(connection: Connection, sources: Sequence[str]) -> set[str]:
    """Which of the sources are logged already."""
    found: set[str] = set()
    for start in range(0, len(sources), 500):
        some = sources[start : start + 500]
        query = select(audit_entries.c.source).where(audit_entries.c.source.in_(some))
        found |= {row.source for row in connection.execute(query)}
    return found


def _conditions(query: AuditQuery) -> Iterator[Any]:
    entries = audit_entries.c
    if query.organizations:
        yield entries.organization.in_(query.organizations)
    if query.project:
        yield entries.project == query.project
    if query.action:
        yield entries.action.startswith(query.action, autoescape=True)
    if query.outcome:
        yield entries.outcome == query.outcome
    if query.actor:
        yield or_(entries.actor == query.actor, entries.actor.startswith(f"{query.actor}:"))
    if query.target:
        yield entries.target_id == query.target
    if query.from_ns is not None:
        yield entries.time_ns >= query.from_ns
    if query.to_ns is not None:
        yield entries.time_ns < query.to_ns


def _erasures(organization: str, found: Sequence[Personal]) -> Iterator[AuditEvent]:
    """What is said of an erasure: which fields of which entries, and not what stood there."""
    for start in range(0, len(found), _NAMED):
        some = found[start : start + _NAMED]
        yield AuditEvent(
            action="personal.erased", organization=organization,
            details={"erased": [[one.seq, one.field] for one in some]},
        )  # fmt: skip


def _holds(value: Any, text: str) -> bool:
    """Whether one of the texts in the JSON is this one, whatever its case."""
    match value:
        case str():
            return value.casefold() == text
        case list():
            return any(_holds(inner, text) for inner in value)
        case dict():
            return any(_holds(inner, text) for inner in value.values())
    return False


def _clean(text: str) -> str:
    return text.encode(errors="replace").decode()[:256]


def _label(event: AuditEvent) -> str:
    return "system" if event.actor is None else actor_label(event.actor)[:128]


def _entry(row: Row[Any]) -> AuditEntry:
    """As it stands there: whoever verifies must be able to read what somebody put there."""
    texts = (
        "organization", "action", "outcome", "actor", "project", "target_kind", "target_id",
        "body", "hash", "seal", "source",
    )  # fmt: skip
    return AuditEntry(
        seq=_number(row.seq), time_ns=row.time_ns if isinstance(row.time_ns, int) else 0,
        **{name: _text(getattr(row, name)) for name in texts},
    )  # fmt: skip


def _read_head(row: Row[Any]) -> AuditHead:
    return AuditHead(
        organization=_text(row.organization), seq=_number(row.seq), hash=_text(row.hash)
    )


def _read_personal(row: Row[Any]) -> Personal:
    salt = row.salt if isinstance(row.salt, bytes) else _text(row.salt).encode()
    return Personal(
        organization=row.organization, seq=row.seq, field=_text(row.field), salt=salt,
        value=_text(row.value),
    )  # fmt: skip


def _text(value: Any) -> str:
    """SQLite keeps in a column whatever was put there."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def _number(value: Any) -> int:
    if isinstance(value, int):
        return value
    raise StoreError(f"The audit log was tampered with: an entry has the number {value!r:.40}.")


def _hash(value: Any) -> bytes:
    """A hash that is none fits nothing."""
    try:
        return bytes.fromhex(_text(value))
    except ValueError:
        return b""
