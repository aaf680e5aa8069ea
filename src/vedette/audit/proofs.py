"""Proofs for somebody who has neither the database nor reason to trust us.

A proof that an entry is in the log: the entry, the path to the root, the signed checkpoint. A
proof that the log only grew: the path from an older checkpoint to the newest.
"""

import base64
import binascii
from collections.abc import Sequence

import msgspec

from vedette.audit.notes import BadNote, VerifierKey, read_checkpoint
from vedette.errors import NotFound
from vedette.model.audit import AuditEntry
from vedette.model.merkle import extends, includes, leaf_hash, prove_consistency, prove_inclusion
from vedette.ports.audit import AuditStore


class EntryProof(msgspec.Struct, frozen=True, kw_only=True, tag="vedette-audit-entry-1"):
    """That an entry is in the log."""

    entry: str
    """Its canonical JSON."""
    index: int
    """Its place among the leaves, from 0."""
    path: tuple[str, ...]
    """Hashes in base64, from the bottom up (RFC 6962)."""
    checkpoint: str
    """The signed note."""


class GrowthProof(msgspec.Struct, frozen=True, kw_only=True, tag="vedette-audit-growth-1"):
    """That a log is the continuation of an older one."""

    path: tuple[str, ...]
    old: str
    checkpoint: str


Proof = EntryProof | GrowthProof


def prove_entry(store: AuditStore, entry: AuditEntry, note: str) -> EntryProof:
    """Raises NotFound where the checkpoint is older than the entry, or fits no longer."""
    size = read_checkpoint(note).size if note else 0
    if entry.seq > size:
        raise NotFound(f"No checkpoint covers the entry {entry.id} yet. Try again in a moment.")
    leaves = _leaves(store, entry.organization, size)
    path = prove_inclusion(leaves, entry.seq - 1)
    checkpoint, leaf = read_checkpoint(note), leaf_hash(entry.body.encode())
    if not includes(checkpoint.root, checkpoint.size, leaf, entry.seq - 1, path):
        raise NotFound(
            f"The log is not what was signed, so {entry.id} cannot be proven. Run "
            "`vedette audit verify`."
        )
    return EntryProof(entry=entry.body, index=entry.seq - 1, path=_written(path), checkpoint=note)


def prove_growth(store: AuditStore, old: str, note: str) -> GrowthProof:
    """Raises NotFound where the log ends before the checkpoints."""
    before, after = read_checkpoint(old), read_checkpoint(note)
    if before.size > after.size:
        raise NotFound(
            f"The checkpoint has {before.size} entries, the newest one {after.size}: the log was "
            "cut, or the checkpoint is of another log."
        )
    leaves = _leaves(store, after.organization, after.size)
    path = prove_consistency(leaves, before.size)
    return GrowthProof(path=_written(path), old=old, checkpoint=note)


def check_proof(proof: Proof, key: VerifierKey) -> str:
    """What the proof shows, in words. Raises BadNote for one that shows nothing."""
    checkpoint = key.open(proof.checkpoint)
    path = _read(proof.path)
    match proof:
        case EntryProof():
            leaf = leaf_hash(proof.entry.encode())
            if not includes(checkpoint.root, checkpoint.size, leaf, proof.index, path):
                raise BadNote("The entry is not in the log that was signed.")
            return f"Entry {proof.index + 1} is in {checkpoint.origin} of {checkpoint.size}."
        case GrowthProof():
            old = key.open(proof.old)
            same = old.origin == checkpoint.origin
            if not same or not extends(old.root, old.size, checkpoint.root, checkpoint.size, path):
                raise BadNote("The log is no continuation of the older one.")
            return f"{checkpoint.origin} grew from {old.size} to {checkpoint.size} entries."


def read_proof(content: bytes) -> Proof:
    """Raises BadNote."""
    try:
        return msgspec.json.decode(content, type=EntryProof | GrowthProof)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadNote("This file is no proof of an audit log.") from None


def _leaves(store: AuditStore, organization: str, size: int) -> list[bytes]:
    leaves = store.hashes(organization, upto_seq=size)
    if len(leaves) != size:
        raise NotFound(f"The log has {len(leaves)} of {size} entries. Run `vedette audit verify`.")
    return leaves


def _written(path: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(base64.b64encode(step).decode() for step in path)


def _read(path: Sequence[str]) -> list[bytes]:
    try:
        return [base64.b64decode(step, validate=True) for step in path]
    except (binascii.Error, ValueError):
        raise BadNote("The proof cannot be read.") from None
