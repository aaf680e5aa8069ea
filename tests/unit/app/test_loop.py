import asyncio
import importlib.util

from vedette.app.loop import run


def test_the_exit_code_comes_back() -> None:
    async def main() -> int:
        return 7

    assert run(main()) == 7


def test_uvloop_runs_where_it_is_installed() -> None:
    async def main() -> int:
        return type(asyncio.get_running_loop()).__module__.startswith("uvloop")

    assert run(main()) == (importlib.util.find_spec("uvloop") is not None)
