"""The folder stands alone: other distributions copy it."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import vedette.features

FOLDER = Path(vedette.features.__file__).parent


def test_modules_import_the_standard_library_msgspec_and_each_other() -> None:
    allowed = sys.stdlib_module_names | {"msgspec"}
    foreign = []
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                foreign += [name.name for name in node.names if name.name not in allowed]
            elif isinstance(node, ast.ImportFrom):
                root = (node.module or "").split(".")[0]
                if not (node.level == 1 or (node.level == 0 and root in allowed)):
                    foreign.append(f"{path.name}: {node.module}")
    assert not foreign


def test_a_copy_of_the_folder_works_under_another_name(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "elsewhere" / "features")
    (tmp_path / "elsewhere" / "__init__.py").touch()
    code = (
        "from elsewhere.features.fingerprint import read_fingerprint\n"
        "from elsewhere.features.hashing import TextHasher\n"
        "import sys\n"
        "print(read_fingerprint(hasher=TextHasher(b'k'), answer='[Yes]').answer.verdict)\n"
        "assert not any(name.startswith('vedette') for name in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "yes\n", done.stderr
