"""The parts that need no running product; tests/e2e/test_serve_*.py run it whole."""

import socket

import pytest

from vedette.app.supervisor import address_of, bind
from vedette.errors import ConfigError


def test_port_0_takes_a_free_one_and_tells_which() -> None:
    with bind("127.0.0.1:0", "gateway.listen") as listener:
        host, _, port = address_of(listener).rpartition(":")
        assert host == "127.0.0.1"
        assert int(port) > 0
        with socket.create_connection((host, int(port)), timeout=1):
            pass


def test_an_address_in_use_is_said_with_its_setting_and_a_way_out() -> None:
    with bind("127.0.0.1:0", "gateway.listen") as listener:
        with pytest.raises(ConfigError, match=r"gateway\.listen.*[Aa]ddress already in use"):
            bind(address_of(listener), "gateway.listen")


def test_ipv6_addresses_stand_in_brackets() -> None:
    try:
        listener = bind("[::1]:0", "console.listen")
    except ConfigError:
        pytest.skip("this machine has no IPv6 loopback")
    with listener:
        assert address_of(listener).startswith("[::1]:")
