"""One configuration snapshot, ready to use."""

import pytest

from vedette.gateway.directory import Directory
from vedette.gateway.identify import Gatekeeper
from vedette.gateway.runtime import Runtime
from vedette.model.settings import GatewaySettings


def test_a_call_keeps_what_it_began_with() -> None:
    settings = GatewaySettings(version=1)
    runtime = Runtime(settings, Gatekeeper(settings), Directory(settings, {}))
    assert runtime.guardian is None
    with pytest.raises(AttributeError):
        runtime.settings = GatewaySettings(version=2)  # type: ignore[misc]
