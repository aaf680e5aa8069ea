"""A file is the old one or the new one, whatever happens."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.support.served import until
from vedette.access.files import replace_file, version_in, write_snapshot
from vedette.model.tenant import AccessSnapshot, VirtualKey

_WRITER = """
import sys
from pathlib import Path
from vedette.access.files import write_snapshot
from vedette.model.tenant import AccessSnapshot, VirtualKey
keys = tuple(VirtualKey(id=f"{n:012x}", sha256=f"{n:064x}", project_id="p") for n in range(2000))
version = int(sys.argv[2])
while True:
    version += 1
    write_snapshot(Path(sys.argv[1]), AccessSnapshot(version=version, keys=keys))
"""


def test_what_was_written_is_read_and_nobody_else_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "access.keys"
    assert version_in(file) == 0
    write_snapshot(file, AccessSnapshot(version=7))
    assert version_in(file) == 7
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_read_has_no_version(tmp_path: Path) -> None:
    (tmp_path / "access.keys").write_bytes(b"damaged")
    assert version_in(tmp_path / "access.keys") == 0


def test_where_nothing_can_be_written_the_old_one_stays(tmp_path: Path) -> None:
    file = tmp_path / "file"
    replace_file(file, b"old")
    (tmp_path / "file.new").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace_file(file, b"new")
    assert file.read_bytes() == b"old"


def test_a_link_in_the_place_of_the_draft_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "file.new").symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match="symbolic"):
        replace_file(tmp_path / "file", b"new")
    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.slow
def test_kill_9_in_the_middle_of_a_write_leaves_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "access.keys"
    seen = 0
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(file), str(seen)])
        try:
            until(lambda: version_in(file) > seen or None, 20, lambda: "nothing is written")  # noqa: B023
        finally:
            writer.send_signal(signal.SIGKILL)
            writer.wait(10)
        snapshot = msgspec.msgpack.decode(file.read_bytes(), type=AccessSnapshot)
        assert snapshot.version > seen
        assert len(snapshot.keys) == 2000
        assert isinstance(snapshot.keys[-1], VirtualKey)
        seen = snapshot.version
    replace_file(file, b"the next writer is not disturbed by what was left")
    assert os.listdir(tmp_path) == ["access.keys"]
