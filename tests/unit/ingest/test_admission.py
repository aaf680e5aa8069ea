from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from vedette.clock import FakeClock
from vedette.ingest.admission import Admission, NoKey, Sender
from vedette.model.tenant import AccessSnapshot, Project, Scopes, VirtualKey

KEY = "vdt_abc_secret"


def digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def write(path: Path, *keys: VirtualKey, closed: bool = True) -> None:
    path.write_bytes(msgspec.msgpack.encode(AccessSnapshot(keys=keys, closed=closed)))


def virtual(**fields: object) -> VirtualKey:
    given = {"id": "abc", "sha256": digest(KEY), "project_id": "prj_1"}
    return msgspec.convert(given | fields, VirtualKey)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_an_open_installation_takes_any_key_or_none(clock: FakeClock) -> None:
    admission = Admission(clock)
    for headers in ({}, {"authorization": "Bearer x"}):
        assert admission.admit(headers) == Sender("default", "default")


BASIC = b64encode(f"pk-lf:{KEY}".encode()).decode()


@pytest.mark.parametrize(
    "headers",
    [{"authorization": f"Bearer {KEY}"}, {"authorization": f"bearer  {KEY} "},
     {"authorization": f"Basic {BASIC}"}, {"x-api-key": KEY}, {"api_key": KEY},
     {"x-vedette-key": KEY}, {"authorization": KEY}],
    ids=["bearer", "blanks", "basic", "x-api-key", "phoenix", "ours", "alone"],
)  # fmt: skip
def test_a_virtual_key_names_its_project(
    tmp_path: Path, clock: FakeClock, headers: dict[str, str]
) -> None:
    write(tmp_path / "keys", virtual())
    assert Admission(clock, access_file=str(tmp_path / "keys")).admit(headers).project_id == "prj_1"


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Bearer wrong"}, {"authorization": "Basic !!"},
     {"authorization": "Basic"}, {"x-api-key": ""}],
)  # fmt: skip
def test_where_keys_exist_one_is_asked_for(
    tmp_path: Path, clock: FakeClock, headers: dict[str, str]
) -> None:
    write(tmp_path / "keys", virtual())
    with pytest.raises(NoKey):
        Admission(clock, access_file=str(tmp_path / "keys")).admit(headers)


def test_the_last_key_leaves_the_door_shut(tmp_path: Path, clock: FakeClock) -> None:
    write(tmp_path / "keys")
    with pytest.raises(NoKey):
        Admission(clock, access_file=str(tmp_path / "keys")).admit({})


@pytest.mark.parametrize(
    "fields",
    [{"disabled": True}, {"expires_ns": 1}, {"scopes": Scopes(ips=("10.0.0.0/8",))}],
)
def test_a_key_that_is_no_good_is_refused(
    tmp_path: Path, clock: FakeClock, fields: dict[str, object]
) -> None:
    write(tmp_path / "keys", msgspec.structs.replace(virtual(), **fields))
    admission = Admission(clock, access_file=str(tmp_path / "keys"))
    with pytest.raises(NoKey):
        admission.admit({"x-api-key": KEY}, "127.0.0.1")


def test_a_key_for_a_network_is_good_there(tmp_path: Path, clock: FakeClock) -> None:
    write(tmp_path / "keys", msgspec.structs.replace(virtual(), scopes=Scopes(ips=("10.0.0.0/8",))))
    admission = Admission(clock, access_file=str(tmp_path / "keys"))
    assert admission.admit({"x-api-key": KEY}, "10.1.2.3").project_id == "prj_1"


def test_keys_of_the_configuration_stand_for_the_default_project(clock: FakeClock) -> None:
    admission = Admission(clock, digests=frozenset((digest("token"),)))
    assert admission.admit({"authorization": "Bearer token"}).project_id == "default"
    with pytest.raises(NoKey):
        admission.admit({})
    with pytest.raises(NoKey):
        Admission(clock, closed=True).admit({"authorization": "Bearer any"})


def test_a_revoked_key_is_refused_within_a_second(tmp_path: Path, clock: FakeClock) -> None:
    write(tmp_path / "keys", virtual())
    admission = Admission(clock, access_file=str(tmp_path / "keys"))
    assert admission.admit({"x-api-key": KEY}).project_id == "prj_1"
    write(tmp_path / "keys")
    clock.advance(0.5)
    with pytest.raises(NoKey):
        admission.admit({"x-api-key": KEY})


def test_a_broken_file_changes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    write(tmp_path / "keys", virtual())
    admission = Admission(clock, access_file=str(tmp_path / "keys"))
    assert admission.admit({"x-api-key": KEY}).project_id == "prj_1"
    (tmp_path / "keys").write_bytes(b"\xc1")
    clock.advance(0.5)
    assert admission.admit({"x-api-key": KEY}).project_id == "prj_1"


def test_a_sender_has_the_names_of_key_and_project(tmp_path: Path, clock: FakeClock) -> None:
    snapshot = AccessSnapshot(
        keys=(virtual(name="ci", replaces="first"),), projects=(Project(id="prj_1", name="shop"),)
    )
    (tmp_path / "keys").write_bytes(msgspec.msgpack.encode(snapshot))
    admission = Admission(clock, access_file=str(tmp_path / "keys"))
    assert admission.admit({"x-api-key": KEY}) == Sender("prj_1", "shop", "abc", "first", "ci")
