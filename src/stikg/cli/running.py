"""One call from arguments to exit status: every way it can end, each with its own number and words."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from stikg._version import __version__
from stikg.cli.failures import from_click
from stikg.cli.root import VERBS, root
from stikg.cli.session import Session, language_of, utf8_streams
from stikg.errors import Message, OutputFailed, StikgError, UsageError

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells report it
OUR_BUG: Final = 1
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class _Bug(StikgError):
    """Something that went wrong in STIKG itself; nobody else can put it right."""

    code = "bug"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    session = Session(language_of(given, os.environ))
    try:
        with utf8_streams():
            return _run([_as_utf8(argument) for argument in given], session)
    except UnicodeDecodeError:
        return _failed(session, _not_utf8())
    except BrokenPipeError:
        _forget_stdout()
        return 0  # who reads has had enough, as in `stikg query | head`
    except KeyboardInterrupt:
        return _interrupted(session)
    except OSError as error:
        return _failed(session, _not_written(error)) if error.errno in _FULL else _bug(session, error)
    except Exception as error:  # the one place where a bug may end
        return _bug(session, error)


def _not_written(error: OSError) -> OutputFailed:
    """Draw the error for a standard output that takes no more."""
    return OutputFailed(
        Message(f"the output cannot be written ({error.strerror})", f"出力できません({error.strerror})"),
        Message("make room, or send the output elsewhere", "空きを作るか、別の場所に出力してください"),
    )


def _as_utf8(argument: str) -> str:
    """Return an argument as the UTF-8 it was typed in, whatever the locale took it for.

    Raises:
        UnicodeDecodeError: its bytes are no UTF-8.
    """
    return argument if argument.isascii() else argument.encode(errors="surrogateescape").decode()


def _not_utf8() -> UsageError:
    """Draw the error for an argument in another encoding."""
    return UsageError(
        Message("an argument is not UTF-8", "引数がUTF-8ではありません"),
        Message("set the terminal to UTF-8", "端末の文字コードをUTF-8にしてください"),
    )


def _run(arguments: Sequence[str], session: Session) -> int:
    """Run the verb; errors of ours and of click end here, with their words."""
    try:
        status = root.main(args=list(arguments), prog_name="stikg", standalone_mode=False, obj=session)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.Abort:
        return _interrupted(session)
    except click.ClickException as error:
        return _failed(session, from_click(error, next((one for one in arguments if one in VERBS), None)))
    except StikgError as error:
        if isinstance(error, OutputFailed):
            _forget_stdout()
        return _failed(session, error)
    return status if isinstance(status, int) else 0


def _failed(session: Session, error: StikgError) -> int:
    """Say an error of the family and return its status."""
    if session.debug:
        _traceback()
    session.complain(error)
    return error.exit_status


def _interrupted(session: Session) -> int:
    """Say that the work was stopped."""
    session.say(
        Message(
            "interrupted; what was there before is whole", "中断しました。以前の出力はそのまま残っています"
        )
    )
    return INTERRUPTED


def _bug(session: Session, error: Exception) -> int:
    """Ask to report what cannot be the fault of anyone but us."""
    if session.debug:
        _traceback()
    said = f"{type(error).__name__}: {error}"
    session.complain(
        _Bug(
            Message(
                f"this is a bug of STIKG {__version__} ({said})", f"STIKG {__version__} の不具合です({said})"
            ),
            Message(
                "please report it where you got STIKG from, with the output of the same command and --debug",
                "同じコマンドに --debug を付けた出力を添えて、STIKGの入手元にお知らせください",
            ),
        )
    )
    return OUR_BUG


def _traceback() -> None:
    """Print the traceback of the error at hand."""
    import traceback

    traceback.print_exc()


def _forget_stdout() -> None:
    """Let the interpreter's last flush go nowhere, so that it cannot complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return
