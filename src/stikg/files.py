"""Writing: a file or a whole folder is the old one or the new one, whatever stops the program between."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from stikg.errors import Message, OutputFailed, OutputRefused, Where

_HEAD: Final = 4096  # bytes shown to `ours`; a generator mark stands at the beginning
_NO_EXCHANGE: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def write_file(
    path: Path,
    content: bytes | str | Iterable[bytes],
    *,
    force: bool = False,
    ours: Callable[[bytes], bool] | None = None,
) -> None:
    """Write a file beside and rename it into place, so that the old one or the whole new one is there.

    Args:
        content: the bytes, text (written as UTF-8 with its line ends as they are), or pieces.
        force: overwrite a file that STIKG did not make.
        ours: says from its first 4096 bytes whether STIKG made the file that is there.

    Raises:
        OutputRefused: there is a file that STIKG did not make.
        OutputFailed: the place cannot be written; what was there is whole.
    """
    target = _resolved(path)
    if target.exists() and not force and not (target.is_file() and ours and ours(_head(target))):
        raise _refused(path)
    with _failing(path):
        _write_beside(target, content)
        sync_folder(target.parent)


def _head(path: Path) -> bytes:
    """Return the first bytes of a file."""
    with _failing(path), path.open("rb") as stream:
        return stream.read(_HEAD)


def _write_beside(target: Path, content: bytes | str | Iterable[bytes]) -> None:
    """Write to a new file beside `target` and rename it into place.

    Raises:
        OSError: something could not be written; the new file is gone again.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            _write_synced(stream, content)
        beside.chmod(_mode_of(target, 0o666))  # mkstemp makes files for the owner alone
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write_synced(stream: IO[bytes], content: bytes | str | Iterable[bytes]) -> None:
    """Write everything and wait until the disk has it."""
    if isinstance(content, str):
        content = content.encode()
    if isinstance(content, bytes):
        stream.write(content)
    else:
        stream.writelines(content)
    stream.flush()
    os.fsync(stream.fileno())


def _mode_of(target: Path, default: int) -> int:
    """Return the permissions of what is there, else those that the umask leaves."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return default & ~umask


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_EXCHANGE:
            raise
    finally:
        os.close(descriptor)


class NewFolder:
    """A folder in the making, beside the one it will replace; without `commit` it vanishes.

    The old folder and the new one change places in one step of the file system (Linux `renameat2` with
    RENAME_EXCHANGE, macOS `renamex_np` with RENAME_SWAP). Where the file system cannot, two renames do it,
    and a program killed between them leaves the old folder under a hidden name, from which the next run
    takes it back. See docs/decisions/0005-output-folder.md.
    """

    def __init__(self, target: Path, names: Collection[str]) -> None:
        self.target = target
        self._names = frozenset(names)
        self.path = target.parent / f".{target.name}.stikg-new"
        self._old = target.parent / f".{target.name}.stikg-old"

    def write(self, name: str, content: bytes | str | Iterable[bytes]) -> None:
        """Write one file of the new folder.

        Raises:
            OutputFailed: the disk does not take it.
        """
        with _failing(self.target), (self.path / name).open("wb") as stream:
            _write_synced(stream, content)

    def commit(self) -> None:
        """Put the new folder in the place of the old one; files of other names are taken over.

        Raises:
            OutputFailed: the file system refuses; the old folder is still there.
        """
        with _failing(self.target):
            sync_folder(self.path)
            if not self.target.exists():
                self.path.rename(self.target)
            elif not exchange(self.path, self.target):
                self.target.rename(self._old)
                self.path.rename(self.target)
            sync_folder(self.target.parent)
            self.clean()

    def clean(self) -> None:
        """Finish what a former run was stopped in: bring back the old folder, keep what is not ours."""
        if not self.target.exists() and self._old.exists():
            self._old.rename(self.target)
        for leftover in (self.path, self._old):
            if leftover.exists():
                self._take_over(leftover)
                shutil.rmtree(leftover)

    def _take_over(self, leftover: Path) -> None:
        """Move what STIKG did not write from a leftover into the folder, under a free name."""
        for entry in sorted(leftover.iterdir()):
            if entry.name not in self._names and self.target.is_dir():
                entry.rename(_free_name(self.target / entry.name))


def _free_name(path: Path) -> Path:
    """Return the path, with `.before` added as long as it is taken."""
    while path.exists() or path.is_symlink():
        path = path.with_name(path.name + ".before")
    return path


def exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step; False where the system or the file system cannot.

    Raises:
        OSError: it could, but may not.
    """
    import ctypes

    call: tuple[str, tuple[object, ...]]
    here, there = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":  # AT_FDCWD = -100, RENAME_EXCHANGE = 2
        call = ("renameat2", (-100, here, -100, there, 2))
    elif sys.platform == "darwin":  # RENAME_SWAP = 2
        call = ("renamex_np", (here, there, 2))
    else:
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), call[0], None)
    if function is None:
        return False
    if function(*call[1]) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


@contextlib.contextmanager
def replace_folder(
    path: Path, names: Collection[str], *, ours: Callable[[Path], bool], force: bool = False
) -> Iterator[NewFolder]:
    """Prepare a folder that will replace the one at `path` when `commit` is called.

    Args:
        names: the files that STIKG writes there; all others are left as they are.
        ours: says whether STIKG made the folder that is there.
        force: take a folder that STIKG did not make; files of `names` in it are replaced.

    Raises:
        OutputRefused: there is a file, or a folder that STIKG did not make, or one that holds the working
            directory.
        OutputFailed: the place cannot be written, or another run is writing there.
    """
    target = _resolved(path)
    if target == Path.cwd() or target in Path.cwd().parents:
        raise _refused_working_directory(path)
    with _failing(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        _check_writable(target)
    with locked(target):
        folder = NewFolder(target, names)
        with _failing(path):
            folder.clean()
            _check_takeable(path, target, ours=ours, force=force)
            folder.path.mkdir()
            folder.path.chmod(_mode_of(target, 0o777))
        try:
            yield folder
        finally:
            with contextlib.suppress(OSError):  # what stays behind is cleaned by the next run
                folder.clean()


def _check_takeable(path: Path, target: Path, *, ours: Callable[[Path], bool], force: bool) -> None:
    """Refuse a file, and a folder that is not ours unless forced; an empty folder is nobody's."""
    if not target.exists():
        return
    if not target.is_dir() or not (force or ours(target) or not any(target.iterdir())):
        raise _refused(path)


def _check_writable(target: Path) -> None:
    """Heed permissions that a rename from outside would step over.

    Raises:
        PermissionError: the folder that is there, or the one around it, may not be written.
    """
    for folder in (target, target.parent):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _resolved(path: Path) -> Path:
    """Return the absolute path behind symbolic links."""
    with _failing(path):
        try:
            return path.resolve()
        except RuntimeError as error:  # a loop of symbolic links, before Python 3.13
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of an output; the system drops it with the process, so that none is ever left behind.

    Raises:
        OutputFailed: another run holds it, or it cannot be made.
    """
    lock = target.parent / f".{target.name}.stikg-lock"
    with _failing(target):
        descriptor = _take_lock(lock)
    if descriptor is None:
        raise OutputFailed(
            Message(f"another run is writing to {target}", f"別の実行が {target} に書き込んでいます"),
            Message(
                "wait until it is done, or name another folder",
                "終わるまで待つか、別のフォルダーを指定してください",
            ),
            Where(str(target)),
        )
    try:
        yield
    finally:
        _drop_lock(lock, descriptor)


def _take_lock(lock: Path) -> int | None:
    """Open and lock the file; None if another process has it."""
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        # The former holder may have removed the file between our opening and our locking it.
        if sys.platform == "win32" or (lock.exists() and os.path.samestat(os.fstat(descriptor), lock.stat())):
            return descriptor
        os.close(descriptor)


def _drop_lock(lock: Path, descriptor: int) -> None:
    """Remove the file while it is still locked, then let go."""
    with contextlib.suppress(OSError):
        lock.unlink()
    os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock an open file without waiting; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


@contextlib.contextmanager
def _failing(path: Path) -> Iterator[None]:
    """Turn what the system says into the error that names the output."""
    try:
        yield
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> OutputFailed:
    """Return the error for a place that cannot be written."""
    reason = error.strerror or str(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        remedy = Message("make room, or write elsewhere", "空き容量を作るか、別の場所に書いてください")
    elif error.errno in {errno.EBUSY, errno.EXDEV}:
        remedy = Message(
            f"{path} is a mount point; name a folder inside it",
            f"{path} はマウントポイントです。その中のフォルダーを指定してください",
        )
    else:
        remedy = Message("name a place that you may write to", "書き込みのできる場所を指定してください")
    return OutputFailed(
        Message(
            f"{path} cannot be written ({reason}); what was there is untouched",
            f"{path} に書けません({reason})。以前の内容はそのままです",
        ),
        remedy,
        Where(str(path)),
    )


def _refused(path: Path) -> OutputRefused:
    """Return the error for an output that STIKG did not make."""
    return OutputRefused(
        Message(
            f"{path} is there, and nothing in it says that STIKG made it; it is left as it is",
            f"{path} は既にあり、STIKGが作ったという印がないため、書き換えません",
        ),
        Message("name another place, or add --force", "別の場所を指定するか、--force を付けてください"),
        Where(str(path)),
    )


def _refused_working_directory(path: Path) -> OutputRefused:
    """Return the error for an output that would be replaced under the reader's feet."""
    return OutputRefused(
        Message(
            f"{path} holds the working directory, which cannot be replaced as a whole",
            f"{path} は作業中のフォルダーを含むため、まるごと置き換えることができません",
        ),
        Message("name a folder below it, such as build", "その下のフォルダー(build など)を指定してください"),
        Where(str(path)),
    )
