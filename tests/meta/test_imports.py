"""What processes load before they answer: half a second of CPU is soon lost at a start."""

import subprocess
import sys

import pytest

HEAVY = ("alembic", "fastapi", "numpy", "pydantic", "rich", "sqlalchemy", "sqlite3", "starlette")


@pytest.mark.parametrize(
    ("module", "may"),
    [("vedette.app.worker", set()), ("vedette.app.supervisor", {"pydantic", "rich"})],
    ids=["worker", "supervisor"],
)
def test_nothing_heavy_is_loaded_at_a_start(module: str, may: set[str]) -> None:
    code = f"import sys, {module}; print(*set({HEAVY!r}).intersection(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set(found.stdout.split()) <= may
