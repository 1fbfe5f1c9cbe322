"""What click finds wrong with the flags, in our words and both languages."""

from __future__ import annotations

import click

from stikg.errors import Message, UsageError


def from_click(error: click.ClickException, verb: str | None) -> UsageError:
    """Return our error for one of click's; the remedy points to the help of the verb."""
    path = f"stikg {verb}" if verb else "stikg"
    remedy = Message(f"see `{path} --help`", f"`{path} --help` をご覧ください")
    return UsageError(_what(error), _nearest(error) or remedy)


def _what(error: click.ClickException) -> Message:
    """Say what is wrong."""
    english = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption):
        name = error.option_name
        return Message(f"there is no option {name}", f"{name} というオプションはありません")
    if isinstance(error, click.MissingParameter):
        name = _name(error)
        return Message(f"{name} is missing", f"{name} が必要です")
    if isinstance(error, click.BadParameter):
        name = _name(error)
        return Message(
            f"{name}: {error.message.rstrip('.')}", f"{name} の値が正しくありません: {_bad_value(error)}"
        )
    if isinstance(error, click.BadOptionUsage):
        return Message(english, f"オプション {error.option_name} の使い方が正しくありません({english})")
    return Message(english, f"指定が正しくありません({english})")


def _name(error: click.BadParameter) -> str:
    """Return the option or argument that an error is about."""
    if error.param is not None and isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    if error.param is not None and error.ctx is not None:
        return error.param.make_metavar(error.ctx)
    return str(error.param_hint or "")


def _bad_value(error: click.BadParameter) -> str:
    """Say in Japanese which values there are, where click knows them."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"{'・'.join(map(str, kind.choices))} のいずれかを指定してください"
    return error.message.rstrip(".")


def _nearest(error: click.ClickException) -> Message | None:
    """Suggest the options that are spelt alike."""
    near = list(getattr(error, "possibilities", None) or [])
    if not near:
        return None
    listed = ", ".join(sorted(map(str, near)))
    return Message(f"did you mean {listed}?", f"もしかして: {listed}")
