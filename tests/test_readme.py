"""The READMEs print what the commands print, name what exists, and show the same commands twice."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from stikg import resources
from stikg.query import catalogue

ROOT = Path(__file__).parents[1]
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}


def consoles(path: Path) -> list[tuple[str, str]]:
    """Return the commands of the console blocks with the output shown below each."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append((command, output))
    return found


def run(command: str, language: str, folder: Path) -> str:
    """Run a `stikg` command in an empty folder as a terminal of 100 columns would, and return its stdout."""
    words = shlex.split(command)
    assert words[0] == "stikg"
    environment = {**os.environ, "COLUMNS": "100", "LANG": f"{language}.UTF-8", "LC_ALL": f"{language}.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "stikg", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("language", READMES)
def test_each_console_block_shows_the_real_output(language: str, tmp_path: Path) -> None:
    shown = consoles(READMES[language])
    assert len(shown) >= 2
    for command, output in shown:
        real = run(command, language, tmp_path)
        beginning, ellipsis, rest = output.partition("…\n")
        if ellipsis:
            assert rest == ""
            assert real.startswith(beginning)
        else:
            assert real == output


def test_both_readmes_show_the_same_set_up_commands() -> None:
    blocks = [
        re.findall(r"```(?:sh|python)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
        for path in READMES.values()
    ]
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) == 3


@pytest.mark.parametrize("path", [*READMES.values(), ROOT / "CONTRIBUTING.md"])
def test_every_file_that_a_page_links_to_exists(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@pytest.mark.parametrize("path", READMES.values())
def test_the_number_of_questions_is_the_true_one(path: Path) -> None:
    number = len(catalogue(resources.queries_dir()))
    assert re.search(rf"\b{number}\b|{number}の質問", path.read_text(encoding="utf-8"))
