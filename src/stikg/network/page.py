"""The page: one self-contained file with picture, filters and each link's passages; no outside request."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg._version import __version__
from stikg.errors import Message
from stikg.network.edges import LINKS, MODES, Edge, Name, Passage, key
from stikg.network.picture import picture

if TYPE_CHECKING:
    from stikg.network.network import Network

_TEMPLATES: Final = Path(__file__).parent / "templates"
_HEADINGS: Final = (
    Message("from", "一方"),
    Message("to", "他方"),
    Message("weight", "重み"),
    Message("passages", "根拠"),
)


def page(net: Network) -> str:
    """Return the page as HTML."""
    style, script = _read("network.css"), _read("network.js")
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'"
    pieces = {
        "policy": escape(policy),
        "version": escape(__version__),
        "lang": net.language,
        "title": escape(net.title.in_language(net.language)),
        "heading": spoken(net.title),
        "weight": spoken(net.counted),
        "most": str(max((edge.weight(net.weight) for edge in net.edges), default=1)),
        "style": style,
        "script": script,
        "picture": picture(net, standalone=False),
        "table": _table(net),
        "data": _data(net),
    }
    first, *rest = _read("network.html").split("{{")
    # One pass over the template: what is put in is never read for marks again.
    return first + "".join(pieces[mark] + text for mark, text in (one.split("}}", 1) for one in rest))


def spoken(said: Message) -> str:
    """Return a text in both languages, of which the style shows one."""
    texts = (("ja", said.ja), ("en", said.en))
    return "".join(f'<span class="{tag}" lang="{tag}">{escape(text)}</span>' for tag, text in texts)


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the hash by which the policy of the page knows its own style and script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(net: Network) -> str:
    """Return the links as JSON that cannot end its script element."""
    data = {
        "weight": net.weight,
        "links": {name: [said.ja, said.en] for name, said in sorted(LINKS.items())},
        "modes": {name: [said.ja, said.en] for name, said in sorted(MODES.items())},
        "edges": [
            {"s": edge.source, "t": edge.target, "w": edge.weight(net.weight),
             "p": [_passage(one) for one in edge.passages]}
            for edge in net.edges
        ],
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _passage(passage: Passage) -> dict[str, object]:
    """Return a passage for the script."""
    return {
        "link": passage.link,
        "via": _names(passage.via),
        "programme": _names(passage.programme),
        "project": passage.project,
        "status": _names(passage.status),
        "statusKey": key(passage.status.iri) if passage.status else "",
        "year": passage.year,
        "mode": passage.mode,
        "id": passage.evidence,
        "document": _names(passage.document),
        "at": passage.locator,
    }


def _names(name: Name | None) -> list[str] | None:
    """Return the names of a thing in Japanese and English."""
    return [name.ja, name.en, name.iri] if name else None


def _table(net: Network) -> str:
    """Return the links as a table, for those who do not see the picture or have no script."""
    head = "".join(f'<th scope="col">{spoken(said)}</th>' for said in _HEADINGS)
    rows = "".join(_row(net, one) for one in net.edges)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(net: Network, edge: Edge) -> str:
    """Return a link as a row."""
    places = dict.fromkeys((one.document, one.locator) for one in edge.passages)
    said = "<br>".join(
        f"{spoken(Message(document.en, document.ja))} {escape(locator)}" for document, locator in places
    )
    ends = "".join(f"<td>{spoken(Message(name.en, name.ja))}</td>" for name in (edge.source, edge.target))
    return f"<tr>{ends}<td>{edge.weight(net.weight)}</td><td>{said}</td></tr>"
