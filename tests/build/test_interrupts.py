"""Killed at any moment, a build leaves the old folder or the new one, and the next build cleans up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stikg.build import build
from stikg.errors import OutputFailed
from tests.build.small import contents, country, is_whole, write_dataset

KILLS = int(os.environ.get("STIKG_KILLS", "8"))
RUN = (
    "import sys; from pathlib import Path; from stikg.build import build\n"
    "print('ready', flush=True)\n"
    "build(Path(sys.argv[1]), Path(sys.argv[2]), validate=False,\n"
    "      progress=lambda step, done, steps: print(done, flush=True))\n"
)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two datasets and an output that holds the graph of the first."""
    one = write_dataset(tmp_path / "one", [country(f"{n:03}") for n in range(200)])
    two = write_dataset(tmp_path / "two", [country(f"{n:03}") for n in range(100, 300)])
    build(one, tmp_path / "work" / "out", validate=False)
    return one, two, tmp_path / "work" / "out"


def start(data: Path, out: Path, code: str = RUN) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, data, out], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(line: str, running: subprocess.Popen[str]) -> None:
    assert running.stdout is not None
    while (read := running.stdout.readline()) and read != line + "\n":
        pass
    assert read, running.stderr and running.stderr.read()


def test_kill_at_a_random_moment_leaves_the_old_or_the_new(places: tuple[Path, Path, Path]) -> None:
    one, two, out = places
    chance = random.Random(7)
    states = [contents(out)]
    build(two, out, validate=False)
    states.append(contents(out))
    began = time.monotonic()
    with start(one, out) as running:
        wait_for("ready", running)
        began = time.monotonic()
    whole = time.monotonic() - began
    for number in range(KILLS):
        with start((one, two)[number % 2], out) as running:
            wait_for("ready", running)
            time.sleep(chance.uniform(0, 1.1) * whole)
            running.kill()
        assert contents(out) in states
        assert is_whole(out)
    build(one, out, validate=False)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("call", "nth"),
    [("exchange", 1), ("rename", 1), ("rename", 2), ("rename", 3), ("rmtree", 1), ("unlink", 2)],
)
def test_kill_around_each_call_that_changes_names_leaves_the_old_or_the_new(
    places: tuple[Path, Path, Path], call: str, nth: int, moment: str
) -> None:
    one, two, out = places
    (out / "note").write_bytes(b"of the user")
    states = [contents(out)]
    build(two, out, validate=False)
    states.append(contents(out))
    with start(one, out, KILLED_INSIDE.format(call=call, moment=moment, nth=nth)) as running:
        running.wait()
    assert running.returncode == -signal.SIGKILL
    aside = out.with_name(".out.stikg-old")  # only where the file system cannot exchange
    found = contents(out if out.exists() else aside)
    found.setdefault("note", states[0]["note"])  # right after the exchange it is in the leftover
    assert found in states
    build(two, out, validate=False)
    assert contents(out) == states[1]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


KILLED_INSIDE = """
import os, shutil, signal, sys
from pathlib import Path
from stikg import files
from stikg.build import build

left = [{nth}]

def deadly(function):
    def wrapped(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0 and "{moment}" == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return wrapped

if "{call}" == "exchange":
    files.exchange = deadly(files.exchange)
elif "{call}" == "rename":
    files.exchange = lambda one, other: False
    Path.rename = deadly(Path.rename)
elif "{call}" == "rmtree":
    shutil.rmtree = deadly(shutil.rmtree)
else:
    os.unlink = deadly(os.unlink)
build(Path(sys.argv[1]), Path(sys.argv[2]), validate=False)
"""


@pytest.mark.parametrize("step", ["0", "2", "5"])
def test_an_interrupt_leaves_the_old_and_no_traces(places: tuple[Path, Path, Path], step: str) -> None:
    _, two, out = places
    before = contents(out)
    with start(two, out) as running:
        wait_for(step, running)
        running.send_signal(signal.SIGINT)
        running.wait()
        assert running.stderr is not None
        said = running.stderr.read()
    if running.returncode != 0:  # the last step may be done before the signal comes
        assert "KeyboardInterrupt" in said
        assert contents(out) == before
    assert is_whole(out)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_two_builds_into_one_folder_are_told_apart(places: tuple[Path, Path, Path]) -> None:
    one, two, out = places
    with start(two, out) as running:
        wait_for("0", running)
        running.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(OutputFailed, match="another run is writing"):
                build(one, out, validate=False)
        finally:
            running.send_signal(signal.SIGCONT)
            running.wait()
    assert running.returncode == 0
    assert is_whole(out)


def test_a_full_disk_leaves_the_old(places: tuple[Path, Path, Path]) -> None:
    _, two, out = places
    before = contents(out)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n{RUN}"
    with start(two, out, limited) as running:
        _, said = running.communicate()
    assert "make room" in said
    assert contents(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]
