import asyncio
import gc
import importlib.util

from vedette.app.loop import run, spare_collector


def test_the_exit_code_comes_back() -> None:
    async def main() -> int:
        return 7

    assert run(main()) == 7


def test_uvloop_runs_where_it_is_installed() -> None:
    async def main() -> int:
        return type(asyncio.get_running_loop()).__module__.startswith("uvloop")

    assert run(main()) == (importlib.util.find_spec("uvloop") is not None)


def test_the_collector_looks_seldom_and_not_at_what_was_there_before() -> None:
    before = gc.get_threshold()
    try:
        spare_collector()
        assert gc.get_freeze_count() > 1000
        assert gc.get_threshold()[0] >= 10 * before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
