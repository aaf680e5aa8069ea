"""TLS in front of a server that speaks none, under a certificate of one's own."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SUBJECTS = "subjectAltName=DNS:localhost,IP:127.0.0.1"


def certificate(folder: Path, name: str = "server") -> tuple[Path, Path]:
    """A self-signed certificate for this machine, and its key."""
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", f"/CN={name}", "-addext", _SUBJECTS,
            "-keyout", str(key), "-out", str(cert),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@contextmanager
def terminating(port: int, cert: Path, key: Path) -> Iterator[int]:
    """A port that speaks TLS and hands on what is said to another one of this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, context, port), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _accept(listener: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_serve, args=(client, context, port), daemon=True).start()


def _serve(client: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as server:
        client.settimeout(20)
        with context.wrap_socket(client, server_side=True) as secure:
            _relay(secure, server)


def _relay(secure: ssl.SSLSocket, server: socket.socket) -> None:
    """Redis speaks in turns, so one thread is enough: whoever has something to say is heard."""
    secure.settimeout(0.02)
    server.settimeout(0.02)
    while True:
        for source, target in ((secure, server), (server, secure)):
            with suppress(TimeoutError):
                content = source.recv(65_536)
                if not content:
                    return
                target.sendall(content)
