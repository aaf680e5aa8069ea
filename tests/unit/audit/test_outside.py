"""Checkpoints outside the database."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from vedette.audit.outside import Exported, Outside, read_exported
from vedette.errors import StoreError

LINE = Exported(organization="default", time="t", note="n\n")


def outside(folder: Path, webhook: str = "") -> Outside:
    return Outside(folder / "out" / "checkpoints.jsonl", folder / "out" / "heads.json", webhook)


@contextmanager
def listening(statuses: int | list[int], bodies: list[bytes]) -> Iterator[str]:
    """An address that takes what is posted; the last of several statuses holds for good."""
    left = [statuses] if isinstance(statuses, int) else statuses

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(left.pop(0) if len(left) > 1 else left[0])
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/witness?a=1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_file_only_grows(tmp_path: Path) -> None:
    place = outside(tmp_path)
    place.export([LINE])
    place.export([LINE, LINE])
    assert list(place.exported()) == [LINE] * 3
    assert (tmp_path / "out" / "checkpoints.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_cut_short_harms_no_other(tmp_path: Path) -> None:
    place, path = outside(tmp_path), tmp_path / "out" / "checkpoints.jsonl"
    place.export([LINE])
    with path.open("ab") as file:
        file.write(b'{"organi')
    assert list(place.exported()) == [LINE]
    place.export([LINE])
    told: list[str] = []
    assert list(read_exported(path, told.append)) == [LINE] * 2
    assert told == []


def test_a_line_that_is_no_checkpoint_is_told(tmp_path: Path) -> None:
    place, path = outside(tmp_path), tmp_path / "out" / "checkpoints.jsonl"
    place.export([LINE])
    with path.open("ab") as file:
        file.write(b"nonsense\n[]\n\xff\n")
    place.export([LINE])
    told: list[str] = []
    assert list(place.exported(told.append)) == [LINE] * 2
    assert told == [f"Line {n} of checkpoints.jsonl is no checkpoint." for n in (2, 3, 4)]


def test_a_disk_that_takes_a_part_has_not_taken_it(tmp_path: Path) -> None:
    import resource

    place = outside(tmp_path)
    place.export([LINE])
    size = (tmp_path / "out" / "checkpoints.jsonl").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, limits[1]))
    try:
        with pytest.raises(StoreError):
            place.export([LINE])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    place.export([LINE])
    assert list(place.exported()) == [LINE] * 2


def test_heads_are_replaced_as_a_whole(tmp_path: Path) -> None:
    place = outside(tmp_path)
    assert place.heads() == {}
    place.replace_heads({"a": "1"})
    place.replace_heads({"a": "2", "b": "1"})
    assert place.heads() == {"a": "2", "b": "1"}
    (tmp_path / "out" / "heads.json").write_text("noise")
    assert place.heads() == {}


def test_a_disk_that_does_not_take_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder should be")
    with pytest.raises(StoreError):
        outside(tmp_path).export([LINE])
    with pytest.raises(StoreError):
        outside(tmp_path).replace_heads({})


def test_a_webhook_gets_each_checkpoint(tmp_path: Path) -> None:
    bodies: list[bytes] = []
    with listening(204, bodies) as url:
        outside(tmp_path, url).export([LINE])
    assert bodies == [b'{"organization":"default","time":"t","note":"n\\n"}']


def test_a_webhook_that_refuses_is_said_and_the_file_has_it_once(tmp_path: Path) -> None:
    bodies: list[bytes] = []
    with listening(500, bodies) as url:
        place = outside(tmp_path, url)
        for _ in range(3):
            with pytest.raises(StoreError, match="status 500"):
                place.export([LINE])
    with pytest.raises(StoreError, match="webhook"):
        place.export([LINE])
    assert list(place.exported()) == [LINE]


def test_what_a_webhook_took_it_does_not_get_again(tmp_path: Path) -> None:
    other = Exported(organization="other", time="t", note="m\n")
    bodies: list[bytes] = []
    statuses = [204, 500]

    with listening(statuses, bodies) as url:
        place = outside(tmp_path, url)
        with pytest.raises(StoreError, match="status 500"):
            place.export([LINE, other])
        statuses[:] = [204]
        place.export([LINE, other])
        place.export([LINE])
    assert [b'"default"' in body for body in bodies] == [True, False, False, True]
    assert list(place.exported()) == [LINE, other, LINE]


def test_in_memory_nothing_is_written() -> None:
    place = Outside(None, None)
    place.export([LINE])
    place.replace_heads({"a": "1"})
    assert list(place.exported()) == []
    assert place.heads() == {}
