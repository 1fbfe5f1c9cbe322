"""The radial picture: the larger side on a circle, the smaller inside, each label on a ray of its own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.errors import Message
from stikg.network.edges import Edge, Name

if TYPE_CHECKING:
    from stikg.network.network import Network

# Okabe and Ito (2008), without yellow, which vanishes on white.
PALETTE: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
_RING: Final = "#555555"
_STEP: Final = 19.0  # units between neighbours on the circle: the height of a label and some air
_SMALLEST: Final = 250.0  # radius of the circle when there are few things on it
_MARGIN: Final = 30.0  # units around the longest label outside the circle
_ROOMY: Final = 40  # links that are drawn in full width without covering each other
_INNER: Final = 0.5  # radius of the inner circle as a share of the outer
_LONGEST: Final = Message("30", "15")  # characters of a label in the picture; the full name is in its title
_FONT: Final = (
    'system-ui, "Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans JP", "Noto Sans CJK JP", sans-serif'
)


class Place(NamedTuple):
    """Where a thing stands, the direction from the centre in radians, and whether on the circle."""

    x: float
    y: float
    angle: float
    outside: bool


def layout(net: Network) -> dict[str, Place]:
    """Return the place of every thing by IRI; neighbours on the circle share their partners."""
    ring, core = _ring_and_core(net)
    partners = _partners(net.edges)
    radius = _radius(len(ring))
    ordered = sorted(
        ring, key=lambda one: (sorted(partners[one.iri] | ({one.iri} if not core else set())), one.iri)
    )
    places = {
        one.iri: _polar(radius, 2 * math.pi * number / len(ordered), outside=True)
        for number, one in enumerate(ordered)
    }
    inner = sorted(core, key=lambda one: (_direction([places[iri] for iri in partners[one.iri]]), one.iri))
    start = _direction([places[iri] for iri in partners[inner[0].iri]]) if inner else 0.0
    for number, one in enumerate(inner):
        share = radius * _INNER if len(inner) > 1 else 0.0
        places[one.iri] = _polar(share, start + 2 * math.pi * number / len(inner), outside=False)
    return places


def _ring_and_core(net: Network) -> tuple[list[Name], list[Name]]:
    """Return the larger side and the smaller one."""
    sources, targets = net.nodes()
    return (sources, targets) if len(sources) > len(targets) else (targets, sources)


def _partners(edges: Sequence[Edge]) -> dict[str, set[str]]:
    """Return the things that each thing is linked with."""
    found: dict[str, set[str]] = {}
    for edge in edges:
        found.setdefault(edge.source.iri, set()).add(edge.target.iri)
        found.setdefault(edge.target.iri, set()).add(edge.source.iri)
    return found


def _radius(count: int) -> float:
    return max(_SMALLEST, count * _STEP / (2 * math.pi))


def _polar(radius: float, angle: float, *, outside: bool) -> Place:
    """Return a place by its direction, clockwise from the top."""
    return Place(radius * math.sin(angle), -radius * math.cos(angle), angle % (2 * math.pi), outside)


def _direction(places: Sequence[Place]) -> float:
    """Return the mean direction of some places, from 0 to below 2π."""
    x, y = sum(math.sin(one.angle) for one in places), sum(math.cos(one.angle) for one in places)
    return round(math.atan2(x, y) % (2 * math.pi), 9)


def coloured(net: Network) -> dict[str, str]:
    """Return the colour of every thing: one each in the middle, grey on the circle."""
    ring, core = _ring_and_core(net)
    colours = {one.iri: _RING for one in ring}
    return {**colours, **{one.iri: PALETTE[number % len(PALETTE)] for number, one in enumerate(core)}}


def picture(net: Network, *, standalone: bool) -> str:
    """Return the picture as an SVG element.

    Args:
        standalone: with style, title, legend of widths and source line, in the language of the network;
            without, labels come in both languages and the page around it has the rest.
    """
    places, colours = layout(net), coloured(net)
    reach = _reach(net, places)
    box = f"{-reach:.0f} {-reach:.0f} {2 * reach:.0f} {2 * reach + (70 if standalone else 0):.0f}"
    most = max((edge.weight(net.weight) for edge in net.edges), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" id="net" viewBox="{box}" '
        f'font-family="{escape(_FONT)}" font-size="12">',
        f"<title>{escape(net.title.in_language(net.language))}</title>",
        *(_line(net, number, edge, places, colours, most) for number, edge in enumerate(net.edges)),
        *(_node(net, name, places[name.iri], colours[name.iri], standalone)
          for side in net.nodes() for name in side),
    ]  # fmt: skip
    if standalone:
        parts += _legend(net, reach, most)
    return "\n".join([*parts, "</svg>"])


def _reach(net: Network, places: dict[str, Place]) -> float:
    """Return how far from the centre the picture goes: to the end of the longest label."""
    radius = max((math.hypot(one.x, one.y) for one in places.values()), default=_SMALLEST)
    names = [name for side in net.nodes() for name in side if places[name.iri].outside]
    labels = [12.5 * len(_shortened(net, name, "ja", outside=True)) for name in names]
    labels += [7.0 * len(_shortened(net, name, "en", outside=True)) for name in names]
    return radius + max(labels, default=0) + _MARGIN


def _shortened(net: Network, name: Name, language: str, *, outside: bool) -> str:
    """Return the label of a thing: its acronym in the middle or for a long name, cut where it is too long."""
    short, full = net.short.get(name.iri, ""), name.ja if language == "ja" else name.en
    longest = int(_LONGEST.in_language(language))
    text = short if short and (not outside or len(full) > longest) else full
    return text if len(text) <= longest else text[: longest - 1] + "…"


def width(net: Network, weight: int, most: int) -> float:
    """Return the width of a link: it grows with the root of the weight, less where links are many."""
    return (1 + 4 * math.sqrt(weight / most)) * min(1.0, math.sqrt(_ROOMY / max(1, len(net.edges))))


def _line(
    net: Network, number: int, edge: Edge, places: dict[str, Place], colours: dict[str, str], most: int
) -> str:
    """Return one link, bent towards the centre."""
    one, other = places[edge.source.iri], places[edge.target.iri]
    bend = 0.35 if one.outside != other.outside else 0.15
    x, y = (one.x + other.x) * bend, (one.y + other.y) * bend
    ends = {colours[edge.source.iri], colours[edge.target.iri]} - {_RING}
    weight = edge.weight(net.weight)
    return (
        f'<path class="e" data-n="{number}" d="M{one.x:.1f} {one.y:.1f}Q{x:.1f} {y:.1f} '
        f'{other.x:.1f} {other.y:.1f}" fill="none" stroke="{min(ends, default=PALETTE[0])}" '
        f'stroke-opacity="0.6" stroke-width="{width(net, weight, most):.2f}"/>'
    )


def _node(net: Network, name: Name, place: Place, colour: str, standalone: bool) -> str:
    """Return a thing as a dot (on the circle) or square (inside), with its label and full name."""
    label = f"{escape(name.ja)} / {escape(name.en)}"
    shape = (
        '<circle r="4.5"' if place.outside else '<rect x="-7" y="-7" width="14" height="14" rx="2"'
    ) + f' fill="{colour}"/>'
    if standalone:
        labels = _label(net, name, place, net.language, "")
    else:
        labels = "".join(_label(net, name, place, one, f' class="{one}"') for one in ("ja", "en"))
    focus = "" if standalone else f' tabindex="0" role="button" aria-label="{label}"'
    return (
        f'<g class="n" data-i="{escape(name.iri)}"{focus} transform="translate({place.x:.1f} {place.y:.1f})">'
        f"<title>{label}</title>{shape}{labels}</g>"
    )


def _label(net: Network, name: Name, place: Place, language: str, attributes: str) -> str:
    """Return the label: on the circle along its ray and readable from the left, inside below its square."""
    text = escape(_shortened(net, name, language, outside=place.outside))
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="4" stroke-linejoin="round"'
    if not place.outside:
        bold = f'font-size="14" font-weight="700" text-anchor="middle" y="23" {halo}'
        return f'<text lang="{language}"{attributes} {bold}>{text}</text>'
    turn = math.degrees(place.angle) - 90
    if place.angle <= math.pi:
        where = f'transform="rotate({turn:.1f})" x="9"'
    else:
        where = f'transform="rotate({turn + 180:.1f})" x="-9" text-anchor="end"'
    return f'<text lang="{language}"{attributes} {where} dy="0.35em" {halo}>{text}</text>'


def _cited(net: Network) -> Counter[Name]:
    """Return how many passages of each document stand behind the links."""
    passages = {(one.document, one.evidence) for edge in net.edges for one in edge.passages}
    return Counter(document for document, _ in passages)


def _legend(net: Network, reach: float, most: int) -> list[str]:
    """Return title, what widths mean, and the source line of a picture that stands alone."""
    left, bottom = -reach + 20, reach + 10
    said = net.counted.in_language(net.language)
    source = Message("Source: STIKG, from", "出典: STIKG、原資料は").in_language(net.language)
    documents = [name for name, _ in sorted(_cited(net).items(), key=lambda pair: (-pair[1], pair[0]))]
    titles = [one.ja if net.language == "ja" else one.en for one in documents]
    others = Message(f" and {len(titles) - 1} more", f" ほか{len(titles) - 1}件").in_language(net.language)
    rest = others if len(titles) > 1 else ""
    parts = [
        f'<text x="{left:.0f}" y="{-reach + 32:.0f}" font-size="18" font-weight="700">'
        f"{escape(net.title.in_language(net.language))}</text>"
    ]
    steps = sorted({1, (most + 1) // 2, most})
    for number, weight in enumerate(steps):
        x = left + number * 90
        wide = width(net, weight, most)
        parts.append(
            f'<path d="M{x:.0f} {bottom:.0f}h40" stroke="{_RING}" stroke-width="{wide:.2f}"/>'
            f'<text x="{x + 48:.0f}" y="{bottom + 4:.0f}">{weight}</text>'
        )
    x = left + len(steps) * 90
    parts.append(f'<text x="{x:.0f}" y="{bottom + 4:.0f}">{escape(said)}</text>')
    parts.append(
        f'<text x="{left:.0f}" y="{bottom + 32:.0f}" fill="{_RING}">'
        f"{escape(source)} {escape((titles or [''])[0])}{escape(rest)}</text>"
    )
    return parts
