"""`python -m stikg.handbook [ROOT]`: renew every page that is made."""

from __future__ import annotations

import sys
from pathlib import Path

from stikg.handbook import made_pages


def main(root: Path) -> None:
    """Write the made pages below `root` and name those that changed."""
    for name, text in made_pages(root).items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stderr.write(f"renewed {name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
