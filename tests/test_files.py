"""Writing: the old state or the whole new one, and nothing that STIKG did not make is overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stikg import files
from stikg.errors import OutputFailed, OutputRefused
from stikg.files import NewFolder, locked, replace_folder, write_file

NAMES = ("a.txt", "mark")


def made_by_us(folder: Path) -> bool:
    return (folder / "mark").exists()


def put(path: Path, text: str, *, force: bool = False) -> None:
    with replace_folder(path, NAMES, ours=made_by_us, force=force) as folder:
        folder.write("a.txt", text)
        folder.write("mark", b"")
        folder.commit()


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_file_is_written_with_its_bytes_as_they_are(tmp_path: Path) -> None:
    write_file(tmp_path / "x.csv", "甲,1\r\n乙,2\n")
    assert (tmp_path / "x.csv").read_bytes() == "甲,1\r\n乙,2\n".encode()


def test_a_file_that_is_there_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(OutputRefused, match="says that STIKG made it"):
        write_file(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    write_file(path, "new", force=True)
    assert path.read_text(encoding="utf-8") == "new"


def test_a_file_that_bears_our_mark_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    path.write_bytes(b"<!-- stikg -->" + b"x" * 10_000)
    seen: list[int] = []

    def ours(head: bytes) -> bool:
        seen.append(len(head))
        return head.startswith(b"<!-- stikg -->")

    write_file(path, [b"<!-- stikg -->", b"new"], ours=ours)
    assert (path.read_bytes(), seen) == (b"<!-- stikg -->new", [4096])


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_file(path, b"new", force=True)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "x.txt", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "x.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_file(tmp_path / "link.txt", "new", force=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("place", ["missing/x.txt", "file/x.txt"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputFailed, match="cannot be written") as caught:
        write_file(tmp_path / place, "new")
    assert str(tmp_path / place) in caught.value.text("ja")


def test_a_folder_is_no_file_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(OutputFailed):
        write_file(tmp_path / "x", "new", force=True)
    assert hidden(tmp_path) == []


def test_a_writer_that_breaks_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"old")

    def breaking() -> object:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(path, breaking(), force=True)  # type: ignore[arg-type]
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.txt"]
    assert path.read_bytes() == b"old"


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, "one")
    (out / "a.txt").chmod(0o600)
    put(out, "two")
    assert sorted(path.name for path in out.iterdir()) == ["a.txt", "mark"]
    assert (out / "a.txt").read_text(encoding="utf-8") == "two"
    assert hidden(tmp_path) == []


def test_missing_parents_are_made(tmp_path: Path) -> None:
    put(tmp_path / "x" / "y" / "out", "one")
    assert (tmp_path / "x" / "y" / "out" / "a.txt").exists()


def test_without_commit_the_old_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, "one")
    with replace_folder(out, NAMES, ours=made_by_us) as folder:
        folder.write("a.txt", "two")
    assert (out / "a.txt").read_text(encoding="utf-8") == "one"
    assert hidden(tmp_path) == []


def test_an_empty_folder_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    put(tmp_path / "out", "one")
    assert made_by_us(tmp_path / "out")


def test_a_folder_that_we_did_not_make_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.tex").write_bytes(b"years of work")
    with pytest.raises(OutputRefused, match="--force"):
        put(out, "one")
    assert [path.name for path in out.iterdir()] == ["thesis.tex"]


def test_force_takes_the_folder_and_keeps_what_is_not_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "chapters").mkdir(parents=True)
    (out / "chapters" / "1.tex").write_bytes(b"one")
    (out / "thesis.tex").write_bytes(b"years of work")
    (out / "a.txt").write_bytes(b"of our name")
    put(out, "one", force=True)
    assert sorted(path.name for path in out.iterdir()) == ["a.txt", "chapters", "mark", "thesis.tex"]
    assert (out / "chapters" / "1.tex").read_bytes() == b"one"
    assert (out / "a.txt").read_bytes() == b"one"


def test_files_of_other_names_in_our_folder_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(out, "one")
    (out / "net.html").write_bytes(b"drawn since")
    (out / "dangling").symlink_to("nowhere")
    put(out, "two")
    assert (out / "net.html").read_bytes() == b"drawn since"
    assert (out / "dangling").is_symlink()


def test_a_file_at_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    with pytest.raises(OutputRefused):
        put(tmp_path / "out", "one", force=False)


def test_the_working_directory_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    for place in (".", ".."):
        with pytest.raises(OutputRefused, match="working directory"):
            put(Path(place), "one", force=True)


def test_a_link_to_a_folder_leads_to_the_folder(tmp_path: Path) -> None:
    put(tmp_path / "real", "one")
    (tmp_path / "out").symlink_to("real")
    put(tmp_path / "out", "two")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "a.txt").read_bytes() == b"two"


def test_a_loop_of_links_is_an_error_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("out")
    with pytest.raises(OutputFailed):
        put(tmp_path / "out", "one")


def test_a_place_below_a_file_is_an_error_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputFailed, match="cannot be written"):
        put(tmp_path / "file" / "out", "one")


def test_a_folder_of_the_system_is_an_error_of_the_output() -> None:
    with pytest.raises(OutputFailed, match="cannot be written"):
        put(Path("/proc/stikg/out"), "one")


@pytest.mark.skipif(os.getuid() == 0, reason="permissions do not bind the superuser")
@pytest.mark.parametrize("locked_folder", ["out", "."])
def test_a_read_only_folder_is_heeded(tmp_path: Path, locked_folder: str) -> None:
    put(tmp_path / "out", "one")
    (tmp_path / locked_folder).chmod(0o555)
    try:
        with pytest.raises(OutputFailed):
            put(tmp_path / "out", "two")
    finally:
        (tmp_path / locked_folder).chmod(0o755)
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"


def test_a_read_only_folder_is_heeded_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "out", "one")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "out")
    with pytest.raises(OutputFailed, match="Permission denied"):
        put(tmp_path / "out", "two")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"


def test_a_full_disk_leaves_the_old_folder(tmp_path: Path) -> None:
    put(tmp_path / "out", "one")
    code = (
        "import resource, sys; from pathlib import Path; from stikg.errors import OutputFailed\n"
        "from stikg.files import replace_folder\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    with replace_folder(Path(sys.argv[1]), ['a.txt', 'mark'], ours=lambda f: True) as folder:\n"
        "        folder.write('a.txt', b'x' * 5000)\n"
        "        folder.commit()\n"
        "except OutputFailed as error:\n"
        "    print(error.text())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "out"], capture_output=True, text=True, check=True
    )
    assert "make room" in done.stdout
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"
    assert hidden(tmp_path) == []


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stikg.files import locked\n"
        "with locked(Path(sys.argv[1])):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-c", code, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OutputFailed, match="another run is writing"):
            put(out, "one")
        other.kill()
        other.wait()
    put(out, "one")
    assert (out / "a.txt").exists()


def test_the_lock_is_taken_again_after_it_is_dropped(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "out"):
            assert hidden(tmp_path) == [".out.stikg-lock"]
    assert hidden(tmp_path) == []


def without_exchange(one: Path, other: Path) -> bool:
    del one, other
    return False


@pytest.mark.parametrize("exchange", [files.exchange, without_exchange])
def test_a_folder_is_replaced_with_or_without_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: Callable[[Path, Path], bool]
) -> None:
    monkeypatch.setattr(files, "exchange", exchange)
    put(tmp_path / "out", "one")
    (tmp_path / "out" / "note").write_bytes(b"kept")
    put(tmp_path / "out", "two")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"two"
    assert (tmp_path / "out" / "note").read_bytes() == b"kept"
    assert hidden(tmp_path) == []


def test_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"")
    if not files.exchange(tmp_path / "one", tmp_path / "two"):
        pytest.skip("this file system cannot exchange")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["two"]


def test_an_old_folder_left_aside_is_brought_back(tmp_path: Path) -> None:
    put(tmp_path / "out", "one")
    (tmp_path / "out").rename(tmp_path / ".out.stikg-old")
    (tmp_path / ".out.stikg-new").mkdir()
    with replace_folder(tmp_path / "out", NAMES, ours=made_by_us):
        pass
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"
    assert hidden(tmp_path) == []


def test_what_is_not_ours_is_rescued_from_a_leftover(tmp_path: Path) -> None:
    put(tmp_path / "out", "two")
    leftover = tmp_path / ".out.stikg-new"
    leftover.mkdir()
    for name in ("a.txt", "note"):
        (leftover / name).write_bytes(b"from the old folder")
    (tmp_path / "out" / "note").write_bytes(b"written since")
    with replace_folder(tmp_path / "out", NAMES, ours=made_by_us):
        pass
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"two"
    assert (tmp_path / "out" / "note").read_bytes() == b"written since"
    assert (tmp_path / "out" / "note.before").read_bytes() == b"from the old folder"
    assert hidden(tmp_path) == []


def test_a_failing_commit_keeps_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "out", "one")
    (tmp_path / "out" / "note").write_bytes(b"kept")

    def failing(self: NewFolder) -> None:
        raise OSError(5, "Input/output error")

    clean = NewFolder.clean
    with replace_folder(tmp_path / "out", NAMES, ours=made_by_us) as folder:
        folder.write("a.txt", "two")
        folder.write("mark", b"")
        monkeypatch.setattr(NewFolder, "clean", failing)
        with pytest.raises(OutputFailed, match="Input/output"):
            folder.commit()
        monkeypatch.setattr(NewFolder, "clean", clean)
    assert (tmp_path / "out" / "note").read_bytes() == b"kept"
    assert hidden(tmp_path) == []
