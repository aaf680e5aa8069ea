"""Deployments share providers."""

from typing import Any

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_models import Deployment, Models
from vedette.migrate.source import read_source
from vedette.providers.catalogue import load_kinds

KINDS = load_kinds()


def read(
    *entries: Any, common: dict[str, Any] | None = None, reserved: tuple[str, ...] = ()
) -> tuple[list[Deployment], list[dict[str, Any]]]:
    findings = Findings(read_source(b"a: 1", "f.yaml"))
    models = Models(KINDS, findings, reserved=frozenset(reserved))
    credentials = {"mine": {"api_key": "os.environ/MINE", "model": "never"}}
    return list(models.read(list(entries), common=common or {}, credentials=credentials)), (
        models.providers
    )


def entry(model: str, name: str = "m", **params: Any) -> dict[str, Any]:
    return {"model_name": name, "litellm_params": {"model": model, **params}}


def test_those_called_alike_share_a_provider() -> None:
    deployments, providers = read(
        entry("groq/a"), entry("groq/b"), entry("groq/c", api_key="os.environ/OTHER")
    )
    assert [(each.provider, each.model) for each in deployments] == [
        ("groq", "a"), ("groq", "b"), ("groq-2", "c"),
    ]  # fmt: skip
    assert [provider["name"] for provider in providers] == ["groq", "groq-2"]


def test_no_provider_has_a_name_that_would_hide_a_route() -> None:
    deployments, _ = read(entry("groq/a", "groq/a"), reserved=("groq", "groq-2"))
    assert deployments[0].provider == "groq-3"


def test_a_whole_provider_has_the_name_of_its_models() -> None:
    deployments, providers = read(
        entry("groq/a"), entry("groq/*", "fast/*"), entry("groq/*", "groq/*")
    )
    assert [each.provider for each in deployments] == ["groq", "fast", "groq"]
    assert len(providers) == 2


def test_settings_of_every_provider_stand_behind_its_own() -> None:
    common = {"timeouts": {"idle_s": 1, "first_byte_s": 1}, "max_concurrency": 9}
    _, providers = read(entry("groq/a", timeout=20), entry("xai/a"), common=common)
    assert providers[0]["timeouts"] == {"first_byte_s": 20, "first_token_s": 20, "idle_s": 20}
    assert providers[1]["timeouts"] == common["timeouts"]
    assert providers[1]["max_concurrency"] == 9


def test_a_credential_stands_where_it_is_named() -> None:
    deployments, providers = read(
        entry("groq/a", litellm_credential_name="mine"),
        entry("groq/b", litellm_credential_name="mine", api_key="own"),
    )
    assert [each.model for each in deployments] == ["a", "b"]
    assert [provider["api_key"] for provider in providers] == ["${MINE}", "own"]


def test_a_region_before_the_model_is_the_providers() -> None:
    deployments, providers = read(entry("bedrock/us-gov-west-1/amazon.nova:0"))
    assert deployments[0].model == "amazon.nova:0"
    assert providers[0]["aws"] == {
        "region": "us-gov-west-1",
        "access_key_id": "${AWS_ACCESS_KEY_ID}",
        "secret_access_key": "${AWS_SECRET_ACCESS_KEY}",
    }


def test_figures_to_choose_by() -> None:
    deployments, _ = read(entry("groq/a", rpm=10, tpm="many", weight=-1, order=2, tags=["x", 1]))
    (deployment,) = deployments
    assert deployment.shares == {"rpm": 10}
    assert (deployment.order, deployment.tags) == (2, ("x", "1"))
    assert {"rpm", "tpm", "weight"} <= deployment.written


def test_what_is_no_deployment_is_left_out() -> None:
    deployments, providers = read(None, "m", {"model_name": "m"}, entry("nobody/m"), entry(""))
    assert deployments == []
    assert providers == []
