"""Entries as the API shows them."""

import pytest

from vedette.api.audit_shapes import audit_shape, cursor_of, read_cursor
from vedette.audit.desk import Shown, position_of
from vedette.model.audit import AuditEntry

SHOWN = Shown(
    entry=AuditEntry(
        organization="org.a", seq=7, time_ns=1_700_000_000_000_000_000, action="a.b",
        outcome="done", actor="user:usr_1", project="p", target_kind="key", target_id="k",
        body="{}", hash="ab",
    ),
    details={"a": 1}, personal={"actor.name": "Ann", "owner": "o"}, erased=("actor.address",),
)  # fmt: skip


def test_the_actor_is_put_together() -> None:
    shape = audit_shape(SHOWN)
    assert (shape.actor.kind, shape.actor.id, shape.actor.name) == ("user", "usr_1", "Ann")
    assert shape.actor.address is None
    assert shape.personal == {"owner": "o"}
    assert shape.id == "org.a:7"


def test_a_cursor_is_a_position() -> None:
    assert read_cursor(cursor_of(SHOWN)) == position_of(SHOWN.entry)
    with pytest.raises(ValueError, match="next_cursor"):
        read_cursor("1.2.")
