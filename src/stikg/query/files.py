"""Writing an answer: beside and renamed, and never over a file that is not asked to go."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from stikg.errors import Message, OutputFailed, OutputRefused, Where


def write_text(path: Path, text: str, *, force: bool = False) -> Path:
    """Write UTF-8 text, line ends as they are, so that the old file or the whole new one is there.

    Raises:
        OutputRefused: the file exists, and `force` is not given.
        OutputFailed: the folder is missing or cannot be written, or the disk is full.
    """
    if path.exists() and not force:
        raise OutputRefused(
            Message(f"{path} exists and is left as it is", f"{path} は既にあるため、書き換えません"),
            Message("name another file, or add --force", "別の名前にするか、--force を付けてください"),
            Where(str(path)),
        )
    try:
        _replace(path, text.encode())
    except OSError as error:
        raise OutputFailed(
            Message(f"{path} cannot be written ({error.strerror})", f"{path} に書けません({error.strerror})"),
            Message(
                "name a folder that exists and that you may write to",
                "書き込みのできる、実在するフォルダーを指定してください",
            ),
            Where(str(path)),
        ) from error
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write the bytes to a new file beside `path`, and rename it into place.

    Raises:
        OSError: something could not be written; the new file is gone again.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder")
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(beside, 0o666 & ~_umask())  # noqa: PTH101  # mkstemp makes files for the owner alone
        os.replace(beside, path)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise


def _umask() -> int:
    """Return the mask of the process; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
