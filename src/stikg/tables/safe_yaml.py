"""Reads the YAML of a descriptor without trusting it: no tags, no alias bombs, no key twice.

Plain scalars follow the core schema of YAML 1.2, so `NO` (Norway) and `NA` (Namibia) are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import yaml

MAX_CHARACTERS: Final = 2_000_000
"""Of a descriptor: a hundred times the largest of ours."""
MAX_DEPTH: Final = 32
"""Levels of nesting: a foreign key of a schema stands on the ninth."""
MAX_VALUES: Final = 200_000
"""Values after aliases are expanded: a hundred tables of a hundred columns need half of it."""

_LOADER: Final = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class Block(dict[str, Any]):
    """A YAML mapping that knows the line of each key (1-based)."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class DescriptorError(ValueError):
    """The text is no YAML that a descriptor may use."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(slots=True)
class _Sized:
    """A value and how many values it stands for, so that aliases can be counted without expanding."""

    value: Any
    size: int


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - YAML is anything until the schema is checked
    """Return the one document in `text`: `Block`, list, text, number, boolean or None.

    Raises:
        DescriptorError: not YAML, or YAML that uses tags, too much nesting, too many aliases,
            or one key twice.
    """
    if len(text) > MAX_CHARACTERS:
        raise DescriptorError(f"more than {MAX_CHARACTERS} characters", 1)
    try:
        return _Composer(text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DescriptorError(str(error.problem or error.context), mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise DescriptorError(str(error).splitlines()[0], 1) from error


class _Composer:
    """Builds values from YAML events; recursion is bounded by `MAX_DEPTH`."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self._anchors: dict[str, _Sized] = {}
        self._total = 0

    def document(self) -> Any:  # noqa: ANN401
        event = self._next_inside()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._value(event, 1).value
        for rest in self._events:
            if not isinstance(rest, yaml.DocumentEndEvent | yaml.StreamEndEvent):
                raise DescriptorError("more than one document", rest.start_mark.line + 1)
        return value

    def _next_inside(self) -> Any:  # noqa: ANN401
        event = next(self._events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self._events)
        return event

    def _value(self, event: Any, depth: int) -> _Sized:  # noqa: ANN401
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise DescriptorError(f"nested more than {MAX_DEPTH} levels deep", line)
        sized = (
            self._alias(event, line) if isinstance(event, yaml.AliasEvent) else self._made(event, depth, line)
        )
        self._count(sized.size if isinstance(event, yaml.AliasEvent) else 1, line)
        return sized

    def _count(self, size: int, line: int) -> None:
        self._total += size
        if self._total > MAX_VALUES:
            raise DescriptorError(f"more than {MAX_VALUES} values once aliases are expanded", line)

    def _alias(self, event: Any, line: int) -> _Sized:  # noqa: ANN401
        if event.anchor not in self._anchors:
            raise DescriptorError(f"alias *{event.anchor} to nothing that is complete before it", line)
        return self._anchors[event.anchor]

    def _made(self, event: Any, depth: int, line: int) -> _Sized:  # noqa: ANN401
        if event.tag not in (None, "!"):
            raise DescriptorError(f"tag {event.tag} is not allowed", line)
        if isinstance(event, yaml.ScalarEvent):
            sized = _Sized(_scalar(event), 1)
        elif isinstance(event, yaml.SequenceStartEvent):
            sized = self._sequence(depth)
        else:
            sized = self._block(depth, line)
        if event.anchor:
            self._anchors[event.anchor] = sized
        return sized

    def _sequence(self, depth: int) -> _Sized:
        items: list[Any] = []
        size = 1
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            item = self._value(event, depth + 1)
            items.append(item.value)
            size += item.size
        return _Sized(items, size)

    def _block(self, depth: int, line: int) -> _Sized:
        block = Block(line)
        size = 1
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, block)
            item = self._value(next(self._events), depth + 1)
            block[key] = item.value
            size += item.size
        return _Sized(block, size)

    def _key(self, event: Any, block: Block) -> str:  # noqa: ANN401
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise DescriptorError("a key that is not text", line)
        if event.value == "<<":
            raise DescriptorError("merge keys (<<) are not allowed", line)
        if event.value in block:
            raise DescriptorError(f"key {event.value!r} twice in one block", line)
        self._made(event, 1, line)
        block.lines[event.value] = line
        return str(event.value)


def _scalar(event: Any) -> str | bool | int | float | None:  # noqa: ANN401
    """Resolve a plain scalar by the core schema; whatever is quoted is text."""
    text = str(event.value)
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
