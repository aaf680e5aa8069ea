"""Where the records of a program go."""

from pathlib import Path

import pytest

from vedette.errors import ConfigError
from vedette.library.home import Home


async def test_a_home_in_memory_leaves_nothing_behind(tmp_path: Path) -> None:
    home = Home({"storage": {"profile": "memory", "path": str(tmp_path / "data")}})
    await home.open()
    assert home.estimate_nano_usd("sim/chat", 10, 10) == 0
    await home.close()
    assert not (tmp_path / "data").exists()


def test_settings_are_checked_like_a_file() -> None:
    with pytest.raises(ConfigError, match="settings: Unknown key 'gatewy'"):
        Home({"gatewy": {}})
