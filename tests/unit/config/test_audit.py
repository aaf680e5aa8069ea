"""Settings of the audit log."""

import pytest
from pydantic import ValidationError

from vedette.config.audit import AuditConfig


def test_checkpoints_go_into_the_data_directory_once_a_minute() -> None:
    config = AuditConfig()
    assert (config.checkpoints, config.checkpoint_s, config.webhook) == ("", 60.0, "")


@pytest.mark.parametrize("field", ["webhook", "checkpoint_s"])
def test_a_wrong_one_is_refused(field: str) -> None:
    wrong = {"webhook": "ftp://x", "checkpoint_s": 0}[field]
    with pytest.raises(ValidationError):
        AuditConfig.model_validate({field: wrong})
    assert AuditConfig(webhook="https://witness.example.org/log").webhook
