"""Help: in both languages, with an example for each verb, and quick."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stikg import __version__
from stikg.cli.root import VERBS
from stikg.terminal import width
from tests.cli.calling import call

ENGINES = {"rdflib", "pyshacl", "networkx", "duckdb", "pandas", "pyoxigraph"}
HEAVY = {"yaml", "http", "urllib.request", "asyncio", "multiprocessing"}
ROOMS = {f"stikg.{room}" for room in ("graph", "build", "query", "validate", "why", "lint", "tables")}


@pytest.mark.parametrize("verb", [None, *VERBS])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_verb_has_help_with_an_example_in_both_languages(verb: str | None, language: str) -> None:
    said = call(*([verb] if verb else []), "--help", "--lang", language)
    assert (said.status, said.err) == (0, "")
    usage, options, examples = (
        ("Usage:", "Options:", "Examples:") if language == "en" else ("使い方:", "オプション:", "例:")
    )
    for heading in (usage, options, examples):
        assert heading in said.out
    assert f"stikg {verb or 'query'}" in said.out.split(examples)[1]
    assert max(map(width, said.out.splitlines())) <= 104
    if language == "en":
        assert not re.search("[ぁ-んァ-ヶ一-龠]", said.out.replace("タイ", ""))


def test_no_words_of_the_help_are_left_in_english() -> None:
    for verb in VERBS:
        said = call(verb, "--help", "--lang", "ja").out
        for word in ("Usage", "Options", "Show this", "default:", "Arguments", "Commands"):
            assert word not in said


def test_the_locale_decides_where_no_language_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert "使い方" in call("--help").out
    assert "Usage" in call("--help", "--lang=en").out
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "Usage" in call("--help").out


def test_without_a_verb_the_help_is_shown() -> None:
    said = call()
    assert said.status == 0
    for verb, summary in VERBS.items():
        assert f"  {verb}" in said.out
        assert summary.en in said.out


def test_the_version_is_said() -> None:
    assert call("--version").out == f"stikg {__version__}\n"


def test_the_help_imports_nothing_heavy() -> None:
    code = "import sys; from stikg.cli import main; main(['--help']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & (ENGINES | HEAVY | ROOMS)
    assert len(loaded) < 220  # measured: about 150; a jump means that something came along unasked


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_imports_no_engine(verb: str) -> None:
    code = f"import sys; from stikg.cli import main; main(['{verb}', '--help']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not ENGINES & set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_verbs_and_questions(shell: str) -> None:
    program = Path(sys.executable).with_name("stikg")
    if not program.exists():
        pytest.skip("stikg is not installed beside this Python")
    environment = {"_STIKG_COMPLETE": f"{shell}_source", "PATH": "/usr/bin:/bin"}
    source = subprocess.run([program], env=environment, capture_output=True, text=True, check=False)
    assert "_STIKG_COMPLETE" in source.stdout
    words = {"COMP_WORDS": "stikg query tier", "COMP_CWORD": "2" if shell != "fish" else "tier"}
    offered = subprocess.run(
        [program],
        env={"_STIKG_COMPLETE": f"{shell}_complete", **words},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "tiers" in offered.stdout
