"""Commands, flags and arguments of click whose help is in two languages and ends in examples."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import click

from stikg.cli.session import Session
from stikg.errors import Language, Message, UsageError
from stikg.terminal import pad, width, wrap

_USAGE: Final = Message("Usage", "使い方")
_OPTIONS: Final = Message("Options", "オプション")
_ARGUMENTS: Final = Message("Arguments", "引数")
_COMMANDS: Final = Message("Commands", "コマンド")
_EXAMPLES: Final = Message("Examples", "例")
_DEFAULT: Final = Message("default", "既定")
_HELP: Final = Message("Show this help and exit.", "このヘルプを表示して終了する。")
_ANY_OPTIONS: Final = Message("[OPTIONS]", "[オプション]")
_WIDEST: Final = 100  # columns; lines of help longer than that are hard to follow

Examples = Sequence[tuple[str, Message]]


def language_in(context: click.Context) -> Language:
    """Return the language of the call."""
    session = context.find_object(Session)
    return session.language if session else "en"


class Flag(click.Option):
    """An option with help in both languages."""

    def __init__(self, *args: Any, said: Message, **kwargs: Any) -> None:  # noqa: ANN401  # click's own
        super().__init__(*args, **kwargs)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names of the option and what it does."""
        language = language_in(ctx)
        names = super().get_help_record(ctx)
        if names is None:
            return None
        extra = f" [{_DEFAULT.in_language(language)}: {self.default}]" if self.show_default else ""
        return names[0], self.said.in_language(language) + extra


class Given(click.Argument):
    """An argument with help in both languages."""

    def __init__(self, *args: Any, said: Message, **kwargs: Any) -> None:  # noqa: ANN401  # click's own
        super().__init__(*args, **kwargs)
        self.said = said


def flag(*names: str, said: Message, **kwargs: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    """Declare an option."""
    return click.option(*names, cls=Flag, said=said, **kwargs)


def given(*names: str, said: Message, **kwargs: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    """Declare an argument."""
    return click.argument(*names, cls=Given, said=said, **kwargs)


class Spoken(click.Command):
    """A command whose help is in two languages: usage, summary, arguments, options, examples."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        summary: Message,
        more: Message | None = None,
        examples: Examples = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.summary = summary
        self.more = more
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        language = language_in(ctx)
        columns = min(_WIDEST, formatter.width + 2)
        pieces = " ".join([ctx.command_path, _ANY_OPTIONS.in_language(language), *self._metavars(ctx)])
        formatter.write(f"{_USAGE.in_language(language)}: {pieces}\n\n")
        for message in (self.summary, self.more):
            if message is not None:
                text = message.in_language(language)
                formatter.write(
                    "".join(f"  {line}\n" for one in text.split("\n") for line in wrap(one, columns - 2))
                )
                formatter.write("\n")
        for title, rows in self._sections(ctx, language):
            _write_rows(formatter, title.in_language(language), rows, columns)
        self._write_examples(formatter, language)

    def _metavars(self, ctx: click.Context) -> list[str]:
        """Return the arguments as the usage line shows them."""
        return [piece for one in self.get_params(ctx) for piece in one.get_usage_pieces(ctx)]

    def _sections(
        self, ctx: click.Context, language: Language
    ) -> list[tuple[Message, list[tuple[str, str]]]]:
        """Return the lists of the help: arguments and options."""
        arguments = [
            (one.make_metavar(ctx), one.said.in_language(language))
            for one in self.get_params(ctx)
            if isinstance(one, Given)
        ]
        options = [
            record
            for one in self.get_params(ctx)
            if isinstance(one, Flag) and (record := one.get_help_record(ctx)) is not None
        ]
        return [(_ARGUMENTS, arguments), (_OPTIONS, [*options, ("--help", _HELP.in_language(language))])]

    def _write_examples(self, formatter: click.HelpFormatter, language: Language) -> None:
        """Write the examples, each with what it does."""
        if self.examples:
            formatter.write(f"{_EXAMPLES.in_language(language)}:\n")
        for command, said in self.examples:
            formatter.write(f"  {command}\n      {said.in_language(language)}\n")


def _write_rows(
    formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]], columns: int
) -> None:
    """Write a list of terms and their explanations in two columns."""
    if not rows:
        return
    indent = min(30, max(width(term) for term, _ in rows) + 4)
    formatter.write(f"{title}:\n")
    for term, said in rows:
        lines = wrap(said, columns - indent)
        if width(term) + 4 > indent:
            lines.insert(0, "")
        formatter.write(f"  {pad(term, indent - 2)}{lines[0]}".rstrip() + "\n")
        formatter.write("".join(f"{' ' * indent}{line}\n" for line in lines[1:]))
    formatter.write("\n")


class Root(Spoken, click.Group):
    """The group of all verbs; a verb's module is imported when it is asked for."""

    def __init__(self, *args: Any, verbs: Mapping[str, Message], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the work."""
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a verb."""
        del ctx
        if cmd_name not in self.verbs:
            return None
        command = importlib.import_module(f"stikg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  # a verb's module without its verb is our bug
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb; one that is unknown is said with the nearest.

        Raises:
            UsageError: there is no such verb.
        """
        if args[0] not in self.verbs and not ctx.resilient_parsing:
            raise _no_verb(args[0], self.verbs)
        return super().resolve_command(ctx, args)

    def _metavars(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the program."""
        return [*super()._metavars(ctx), self.subcommand_metavar or ""]

    def _sections(
        self, ctx: click.Context, language: Language
    ) -> list[tuple[Message, list[tuple[str, str]]]]:
        """Return the lists of the help: verbs and options."""
        verbs = [(name, said.in_language(language)) for name, said in self.verbs.items()]
        return [(_COMMANDS, verbs), *super()._sections(ctx, language)]


def _no_verb(name: str, verbs: Mapping[str, Message]) -> UsageError:
    """Draw the error for an unknown verb."""
    import difflib

    near = difflib.get_close_matches(name, verbs, n=1)
    if near:
        remedy = Message(f"did you mean `stikg {near[0]}`?", f"もしかして: `stikg {near[0]}`")
    else:
        remedy = Message("see `stikg --help`", "`stikg --help` をご覧ください")
    return UsageError(Message(f"there is no verb “{name}”", f"「{name}」というコマンドはありません"), remedy)
