"""The wheel stands alone: it holds all that runs and needs nothing of the server."""

import ast
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import vedette_sdk

PACKAGE = Path(vedette_sdk.__file__).parent
PROJECT = PACKAGE.parents[1]


def test_nothing_of_the_server_is_imported() -> None:
    foreign = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            foreign += [f"{path.name}: {n}" for n in names if n.partition(".")[0] == "vedette"]
    assert not foreign


def test_the_shared_sources_are_links_to_the_servers() -> None:
    server = PROJECT.parents[1] / "src" / "vedette"
    assert (PACKAGE / "features").resolve() == server / "features"
    assert (PACKAGE / "redaction.py").resolve() == server / "ingest" / "redaction.py"


@pytest.mark.slow
def test_the_wheel_works_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)], cwd=PROJECT, check=True,
        capture_output=True,
    )  # fmt: skip
    [wheel] = tmp_path.glob("*.whl")
    [source] = tmp_path.glob("*.tar.gz")
    listed = subprocess.run(["tar", "-tzf", source], capture_output=True, text=True, check=True)
    assert "vedette_sdk/features/fingerprint.py" in listed.stdout
    inside = tmp_path / "inside"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(inside)
    wanted = {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
    wanted |= {Path("features") / path.name for path in (PACKAGE / "features").glob("*.py")}
    built = inside / "vedette_sdk"
    missing = {path for path in wanted if not (built / path).is_file()}
    assert not missing
    assert not any(path.is_symlink() for path in built.rglob("*"))
    assert (built / "py.typed").is_file()
    code = (
        "import sys, vedette_sdk; vedette_sdk.init(endpoint='http://127.0.0.1:9', quiet=True)\n"
        "assert not any(name.split('.')[0] == 'vedette' for name in sys.modules)\n"
        "print(vedette_sdk.guard('pii', on_fail='redact').check('mail anna@example.com'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(inside)}, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "mail [email]\n", done.stderr


def test_the_import_is_light() -> None:
    code = "import vedette_sdk, sys; print(sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = {"openai", "anthropic", "google.genai", "boto3", "httpx", "httpx2", "pydantic",
             "requests", "grpc", "numpy", "langchain_core"}  # fmt: skip
    assert not heavy & set(ast.literal_eval(done.stdout))
