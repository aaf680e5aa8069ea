"""The reader of fenced blocks finds what the pages mark."""

from pathlib import Path

from tests.docs.fences import read_fences

PAGE = """# Title

<!-- test -->

```python
print("```")
x = 1
```

Text between a mark and a block takes the mark away.

<!-- test -->
No block here.
```yaml
a: 1
```

- in a list:

  <!-- fragment -->
  ```yaml
  routes:
    - b
  ```

~~~sh
open to the end
"""


def test_blocks_carry_language_mark_and_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    found = [(fence.line, fence.language, fence.mark, fence.code) for fence in read_fences(path)]
    assert found == [
        (6, "python", "test", 'print("```")\nx = 1\n'),
        (15, "yaml", "", "a: 1\n"),
        (22, "yaml", "fragment", "routes:\n  - b\n"),
        (27, "sh", "", "open to the end\n"),
    ]
