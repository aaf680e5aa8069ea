"""What a PATCH changes, and what it leaves."""

from msgspec import UNSET

from vedette.api.key_shapes import KeyBody, KeyChanges, read_changes, read_settings
from vedette.model.tenant import Scopes, VirtualKey

KEY = VirtualKey(id="a", sha256="", project_id="p", scopes=Scopes(models=("m",), ips=("::1",)))


def test_nothing_sent_changes_nothing() -> None:
    assert read_changes(KeyChanges(), KEY, 0) == {}
    assert KeyChanges().limits is UNSET


def test_one_scope_leaves_the_others() -> None:
    changes = read_changes(KeyChanges(models=()), KEY, 0)
    assert changes == {"scopes": Scopes(ips=("::1",))}


def test_null_takes_a_limit_away() -> None:
    assert read_changes(KeyChanges(expires_at=None), KEY, 0) == {"expires_ns": None}
    assert list(read_changes(KeyChanges(limits=None), KEY, 0)) == ["allowance"]


def test_an_expiry_is_a_time() -> None:
    body = KeyBody(project="p", name="n", expires_at="1970-01-01T00:00:01Z")
    assert read_settings(body, 0).expires_ns == 10**9
