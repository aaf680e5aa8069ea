"""What the audit log says of a change."""

from vedette.model.audit import AuditEvent
from vedette.stores.records.changes import MOST_BYTES, Fields, change_event


def made(kind: str, before: Fields | None, after: Fields | None) -> AuditEvent:
    event = change_event("_access", kind, "x1", before=before, after=after)
    assert event is not None
    return event


def test_every_field_that_differs_is_told_before_and_after() -> None:
    event = made("key", {"name": "a", "same": 1, "gone": 2}, {"name": "b", "same": 1, "new": 3})
    assert event.action == "key.changed"
    assert event.details == {"changes": {"gone": [2, None], "name": ["a", "b"], "new": [None, 3]}}
    assert (event.target_kind, event.target_id) == ("key", "x1")
    assert made("key", None, {"name": "a"}).action == "key.created"
    assert made("key", {"name": "a"}, None).action == "key.deleted"


def test_secrets_are_told_as_changed_and_never_shown() -> None:
    event = made("key", {"sha256": "ab"}, {"sha256": "cd", "deep": [{"api_token": "s3cret"}]})
    assert event.details == {
        "changes": {"deep": [None, [{"api_token": "(hidden)"}]], "sha256": "(hidden)"}
    }


def test_what_tells_of_people_can_be_erased() -> None:
    event = made("key", None, {"owner": "ann", "metadata": {"mail": "a@b"}})
    assert event.details == {}
    assert event.personal == {"metadata": [None, {"mail": "a@b"}], "owner": [None, "ann"]}
    assert made("user", None, {"name": "Ann"}).personal == {"name": [None, "Ann"]}


def test_it_belongs_to_the_organization_and_project_it_is_about() -> None:
    assert made("organization", None, {}).organization == "x1"
    project = made("project", None, {"organization_id": "org_1"})
    assert (project.organization, project.project) == ("org_1", "x1")
    key = made("key", {"organization_id": "org_1", "project_id": "prj_1"}, None)
    assert (key.organization, key.project) == ("org_1", "prj_1")
    other = change_event("prj_2", "policy", "p", before=None, after={})
    assert other is not None
    assert (other.organization, other.project) == ("", "prj_2")


def test_private_kinds_are_nobodys_business() -> None:
    assert change_event("p", "saved_view", "v", before=None, after={}) is None


def test_what_is_too_large_is_told_by_its_digest() -> None:
    large = {f"f{number}": "x" * 4000 for number in range(MOST_BYTES // 4000 + 1)}
    told = made("policy", None, large).details["changes"]
    assert set(told) == {"all", "fields"}
    assert told["all"]["bytes"] > MOST_BYTES
