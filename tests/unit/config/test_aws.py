"""AWS credentials and region, where AWS's own tools look for them."""

from pathlib import Path

import pytest

from vedette.config.aws import FoundBedrock, find_bedrock
from vedette.config.discovery import discover
from vedette.config.load import Notice, load
from vedette.config.tree import Plain
from vedette.providers.catalogue import load_kinds

KEYS = {"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "hunter2"}
REGION = {"AWS_REGION": "eu-west-1"}


def aws(env: dict[str, str]) -> tuple[str, Plain, Plain]:
    """Source, `api_key` and `aws` of what is found."""
    found = find_bedrock(env)
    assert isinstance(found, FoundBedrock)
    assert (found.settings["name"], found.settings["kind"]) == ("bedrock", "bedrock")
    return found.source, found.settings.get("api_key", ""), found.settings["aws"]


def missing(env: dict[str, str]) -> str:
    found = find_bedrock(env)
    assert isinstance(found, Notice)
    assert found.kind == "missing"
    assert "hunter2" not in found.text
    return found.text


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home directory with AWS's two files."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        "[default]\naws_access_key_id = AKIA0\naws_secret_access_key = s%0\n"
        "[work]\naws_access_key_id=AKIA1\naws_secret_access_key=s1\naws_session_token=t1\n"
    )
    (tmp_path / ".aws" / "config").write_text(
        "[default]\nregion = eu-central-1\n[profile work]\nregion = us-west-2\n"
        "[profile sso]\nsso_session = corp\nregion = us-east-1\n[profile empty]\n"
    )
    return {"HOME": str(tmp_path)}


def test_nobody_who_has_nothing_is_told_anything() -> None:
    assert find_bedrock({}) is None
    assert find_bedrock(REGION) is None
    assert find_bedrock({"AWS_ACCESS_KEY_ID": " ", "HOME": "/nowhere"}) is None


def test_an_api_key_wins() -> None:
    token = {"AWS_BEARER_TOKEN_BEDROCK": "k"}
    assert aws(token | KEYS | REGION) == (
        "AWS_BEARER_TOKEN_BEDROCK", "k", {"region": "eu-west-1"},
    )  # fmt: skip
    assert "AWS_REGION is not" in missing(token)


def test_keys_in_the_environment() -> None:
    settings = {"region": "eu-west-1", "access_key_id": "AKIA", "secret_access_key": "hunter2"}
    assert aws(KEYS | REGION) == ("AWS_ACCESS_KEY_ID", "", settings)
    assert aws(KEYS | {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_SESSION_TOKEN": "t"}) == (
        "AWS_ACCESS_KEY_ID", "", settings | {"session_token": "t"},
    )  # fmt: skip
    assert "AWS_REGION is not" in missing(KEYS)
    assert "AWS_SECRET_ACCESS_KEY is not" in missing({"AWS_ACCESS_KEY_ID": "AKIA"} | REGION)


def test_keys_in_the_credentials_file(home: dict[str, str]) -> None:
    path = Path(home["HOME"], ".aws", "credentials")
    assert aws(home) == (
        f"profile 'default' in {path}",
        "",
        {"region": "eu-central-1", "access_key_id": "AKIA0", "secret_access_key": "s%0"},
    )
    assert aws(home | {"AWS_PROFILE": "work"}) == (
        f"profile 'work' in {path}",
        "",
        {
            "region": "us-west-2",
            "access_key_id": "AKIA1",
            "secret_access_key": "s1",
            "session_token": "t1",
        },
    )
    assert aws(home | REGION)[2] == {
        "region": "eu-west-1", "access_key_id": "AKIA0", "secret_access_key": "s%0",
    }  # fmt: skip
    # Keys of the environment with the region of the profile.
    assert aws(home | KEYS)[0] == "AWS_ACCESS_KEY_ID"


def test_files_may_lie_elsewhere(home: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("[default]\naws_access_key_id=A\naws_secret_access_key=s\nregion=ap-east-1\n")
    env = {"AWS_SHARED_CREDENTIALS_FILE": str(other), "AWS_CONFIG_FILE": str(tmp_path / "none")}
    assert aws(home | env) == (
        f"profile 'default' in {other}",
        "",
        {"region": "ap-east-1", "access_key_id": "A", "secret_access_key": "s"},
    )


def test_a_profile_that_gets_its_keys_elsewhere_is_named(home: dict[str, str]) -> None:
    assert "gets its keys elsewhere" in missing(home | {"AWS_PROFILE": "sso"})
    assert "'empty' has no keys" in missing(home | {"AWS_PROFILE": "empty"})
    assert "'none' has no keys" in missing(home | {"AWS_PROFILE": "none"})


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no section = 1\n", b"[default\n", b""])
def test_a_file_that_cannot_be_read_is_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "credentials"
    path.write_bytes(content)
    assert find_bedrock({"AWS_SHARED_CREDENTIALS_FILE": str(path)} | REGION) is None


def test_a_default_profile_without_a_region_is_nobodys_wish(home: dict[str, str]) -> None:
    Path(home["HOME"], ".aws", "config").unlink()
    assert find_bedrock(home) is None
    assert "AWS_REGION is not" in missing(home | {"AWS_PROFILE": "work"})


def test_what_is_found_is_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kinds = {"bedrock": load_kinds()["bedrock"]}
    loaded = load(
        None, KEYS | REGION, kinds=kinds, discover=lambda env, config: discover(env, config, kinds)
    )
    (provider,) = loaded.config.providers
    assert provider.aws is not None
    assert provider.aws.region == "eu-west-1"
    assert "hunter2" not in repr(loaded.config)
