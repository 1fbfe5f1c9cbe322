"""The data as dictionaries: one table per predicate the shapes speak of, subject → objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from stikg.validate.data import Triple
from stikg.validate.ntriples import RDF_TYPE, RDFS_SUBCLASS_OF

Values = Sequence[str]
Table = dict[str, Values]

_NONE: Final[Table] = {}
# Objects remembered while reading; as many as stay in the processor's cache.
_REMEMBERED: Final = 10_000


class Index:
    """Triples by predicate, both ways; terms are N-Triples text.

    Args:
        predicates: the predicates to keep, or None to keep all.
        nodes: terms to look out for wherever they stand.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        predicates: Collection[str] | None,
        nodes: Collection[str] = (),
        *,
        is_set: bool,
    ) -> None:
        self._tables: dict[str, dict[str, Values]] = {predicate: {} for predicate in predicates or ()}
        self._inverse: dict[str, Table] = {}
        self._superclasses: dict[str, frozenset[str]] = {}
        self._instances: dict[str, frozenset[str]] = {}
        self.nodes_met: set[str] = set()
        self._fill(triples, open_ended=predicates is None, watched=frozenset(nodes))
        if not is_set:
            self._drop_repeats()

    def _fill(self, triples: Iterable[Triple], *, open_ended: bool, watched: frozenset[str]) -> None:
        """Read the triples; one object stays a tuple, several become a list.

        Equal terms that come close together share one string: the same subject follows itself, and a small
        dictionary knows the objects met lately. One of all terms takes a tenth longer and saves nothing.
        """
        tables = self._tables
        lately: dict[str, str] = {}
        last = ""
        for subject, predicate, value in triples:
            if watched:
                self.nodes_met.update(watched.intersection((subject, value)))
            table = tables.get(predicate)
            if table is None:
                if not open_ended:
                    continue
                table = tables[predicate] = {}
            if subject != last:
                last = subject
                if len(lately) > _REMEMBERED:
                    lately.clear()
            value = lately.setdefault(value, value)
            known = table.get(last)
            if known is None:
                table[last] = (value,)
            elif type(known) is list:
                known.append(value)
            else:
                table[last] = [*known, value]

    def _drop_repeats(self) -> None:
        """Make every list of objects a set in the order of the data."""
        for table in self._tables.values():
            for subject, values in table.items():
                if len(values) > 1:
                    table[subject] = tuple(dict.fromkeys(values))

    def table(self, predicate: str) -> Table:
        """Return subject → objects of a predicate."""
        return self._tables.get(predicate, _NONE)

    def inverse(self, predicate: str) -> Table:
        """Return object → subjects of a predicate."""
        table = self._inverse.get(predicate)
        if table is None:
            turned: dict[str, list[str]] = {}
            for subject, values in self.table(predicate).items():
                for value in values:
                    turned.setdefault(value, []).append(subject)
            table = self._inverse[predicate] = dict(turned.items())
        return table

    def triples(self, predicates: Collection[str] | None) -> Iterator[Triple]:
        """Yield the triples of some predicates, or of all that are kept."""
        for predicate in sorted(self._tables if predicates is None else predicates):
            for subject, values in self.table(predicate).items():
                for value in values:
                    yield subject, predicate, value

    def predicates(self) -> Iterator[tuple[str, Table]]:
        """Yield every predicate that is kept, with its table."""
        yield from self._tables.items()

    def instances(self, class_: str) -> frozenset[str]:
        """Return the nodes whose type is the class or one below it.

        Source: SHACL 1.1, "SHACL instance"; the subclass triples are those of the data graph.
        """
        found = self._instances.get(class_)
        if found is None:
            typed = self.inverse(RDF_TYPE)
            below = closure(class_, self.inverse(RDFS_SUBCLASS_OF))
            found = frozenset(node for sub in below for node in typed.get(sub, ()))
            self._instances[class_] = found
        return found


def closure(start: str, table: Table) -> set[str]:
    """Return `start` and whatever can be reached from it."""
    reached, waiting = {start}, [start]
    while waiting:
        for value in table.get(waiting.pop(), ()):
            if value not in reached:
                reached.add(value)
                waiting.append(value)
    return reached
