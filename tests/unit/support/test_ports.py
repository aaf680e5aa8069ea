import socket

from tests.support.ports import free_ports


def test_ports_differ_and_can_be_listened_on() -> None:
    ports = free_ports(5)
    assert len(set(ports)) == 5
    for port in ports:
        socket.create_server(("127.0.0.1", port)).close()


def test_the_kernel_gives_none_of_them_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        lowest = other.getsockname()[1]
    assert max(free_ports(20)) < 32_768 <= lowest
