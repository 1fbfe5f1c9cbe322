"""What one call of the command line knows: its language, how much it says, and where it says it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stikg.errors import Language, Message, OutputFailed, StikgError
from stikg.terminal import printable

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX, XBD 8.2


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language of `--lang`, else of the locale; needed before options are parsed, for help."""
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if argument == "--":
            break
        if name == "--lang":
            given = value if equals else "".join(arguments[position + 1 : position + 2])
            return "ja" if given == "ja" else "en"
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "ja" if locale.lower().startswith("ja") else "en"


@dataclass
class Session:
    """One call: flags that every verb has, and the two streams."""

    language: Language = "en"
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    debug: bool = False

    def text(self, message: Message) -> str:
        """Return a message in the language of the call."""
        return message.in_language(self.language)

    def write(self, data: str, *, safe: bool = False) -> None:
        """Write data to stdout; on a terminal without control characters, unless `safe` says there are none.

        Raises:
            OutputFailed: stdout cannot take it (a full disk behind `>`).
            BrokenPipeError: who reads has gone.
        """
        try:
            sys.stdout.write(data if safe or not is_terminal(sys.stdout) else printable(data, layout=True))
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputFailed(
                Message(f"the output cannot be written ({reason})", f"出力を書けません({reason})"),
                Message("make room, or write elsewhere", "空き容量を作るか、別の場所に書いてください"),
            ) from error

    def say(self, message: Message) -> None:
        """Write words to stderr, unless quiet."""
        if not self.quiet:
            self._words(self.text(message))

    def note(self, message: Message) -> None:
        """Write words to stderr if `-v` is given."""
        if self.verbose:
            self.say(message)

    def suggest(self, message: Message) -> None:
        """Suggest the next step, in the last line, to a person at a terminal."""
        if is_terminal(sys.stderr) and not self.json:
            self.say(Message(f"→ {message.en}", f"→ {message.ja}"))

    def complain(self, error: StikgError) -> None:
        """Write an error to stderr, whether quiet or not."""
        head, newline, rest = printable(error.text(self.language), layout=True).partition("\n")
        bold = f"\x1b[1;31m{head}\x1b[0m" if has_colour(sys.stderr) else head
        code = self.text(Message("code", "コード"))
        sys.stderr.write(f"stikg: {bold}{newline}{rest}\n  {code}: {error.code}\n")

    def _words(self, text: str) -> None:
        """Write one text to stderr."""
        sys.stderr.write(printable(text, layout=True) + "\n")

    @property
    def on_terminal(self) -> bool:
        """Say whether a person reads stdout."""
        return is_terminal(sys.stdout)

    @property
    def colour(self) -> bool:
        """Say whether stdout takes colour."""
        return has_colour(sys.stdout)

    @property
    def columns(self) -> int:
        """Return the width of the terminal, 100 where there is none."""
        return shutil.get_terminal_size((100, 24)).columns


def is_terminal(stream: object) -> bool:
    """Say whether a stream is a terminal; a closed or missing one is none."""
    with contextlib.suppress(ValueError, AttributeError):
        return bool(stream.isatty())  # type: ignore[attr-defined]
    return False


def has_colour(stream: object) -> bool:
    """Say whether a stream takes colour.

    Source: https://no-color.org (set and not empty).
    """
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return is_terminal(stream) and not plain


@contextlib.contextmanager
def utf8_streams() -> Iterator[None]:
    """Write UTF-8 without touching line ends, whatever the locale says."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors=errors, newline="")
    yield
