"""What is shown of secrets."""

from decimal import Decimal

from vedette.cli.masking import MASK, masked
from vedette.config.schema import Config


def test_secrets_are_masked_and_the_rest_is_plain() -> None:
    found = masked(Config.model_validate({
        "console": {"token": "hunter2"}, "gateway": {"api_keys": ["hunter2"]},
        "prices": [{
            "provider": "p", "model": "m", "input_usd_per_mtok": Decimal("1.5"),
            "output_usd_per_mtok": 2, "from": "2026-01-01",
        }],
    }))  # fmt: skip
    assert isinstance(found, dict)
    assert "hunter2" not in repr(found)
    assert found["console"]["token"] == MASK
    assert found["prices"][0]["input_usd_per_mtok"] == 1.5
    assert found["prices"][0]["from"] == "2026-01-01"


def test_addresses_are_shown_without_what_may_be_a_secret() -> None:
    assert masked("https://me:hunter2@a.example/x?token=hunter2&a=b#part") == (
        f"https://{MASK}@a.example/x?{MASK}#part"
    )
    assert masked("https://a.example/x") == "https://a.example/x"
    assert masked(["what is 3@4?"]) == ["what is 3@4?"]
