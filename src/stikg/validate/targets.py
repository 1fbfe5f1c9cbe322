"""Targets: the focus nodes of a shape, and the targets that meet none."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.errors import Message, ShapesError
from stikg.validate.index import Index
from stikg.validate.ntriples import RDF_TYPE, RDFS_SUBCLASS_OF, plain, sh
from stikg.validate.shapes import Target

_CLASS, _NODE = sh("targetClass"), sh("targetNode")
_SUBJECTS, _OBJECTS = sh("targetSubjectsOf"), sh("targetObjectsOf")


def target_predicates(targets: Iterable[Target]) -> set[str]:
    """Return the predicates an index needs to answer these targets."""
    needed = {RDF_TYPE, RDFS_SUBCLASS_OF}
    needed.update(target.value for target in targets if target.predicate in (_SUBJECTS, _OBJECTS))
    return needed


def target_nodes(targets: Iterable[Target]) -> set[str]:
    """Return the nodes that are named as targets."""
    return {target.value for target in targets if target.predicate == _NODE}


def focus_nodes(target: Target, index: Index) -> Iterable[str]:
    """Return the focus nodes of one target.

    Source: SHACL 2.1.3; a node named by sh:targetNode is one whether the data hold it or not.
    """
    if target.predicate == _NODE:
        return (target.value,)
    if target.predicate == _CLASS:
        return index.instances(target.value)
    table = index.table(target.value) if target.predicate == _SUBJECTS else index.inverse(target.value)
    return table.keys()


def unmet_targets(targets: Iterable[Target], index: Index) -> list[str]:
    """Return the targets that meet no node of the data, as `shape targetClass IRI`, sorted."""
    return sorted(_shown(target) for target in targets if not _meets(target, index))


def _meets(target: Target, index: Index) -> bool:
    """Say whether the data hold a node of the target."""
    if target.predicate == _NODE:
        return target.value in index.nodes_met
    return any(True for _ in focus_nodes(target, index))


def _shown(target: Target) -> str:
    """Return a target for people."""
    return f"{plain(target.shape)} {target.predicate[1:-1].rpartition('#')[2]} {plain(target.value)}"


def refuse_unmet(unmet: list[str]) -> None:
    """Refuse shapes whose targets meet nothing: such a shape would be kept by any data.

    Raises:
        ShapesError: there is one; all of them are listed.
    """
    if unmet:
        listed = "".join(f"\n  {target}" for target in unmet)
        raise ShapesError(
            Message(
                f"{len(unmet)} target(s) met no node:{listed}",
                f"どのノードにも当たらないターゲットが{len(unmet)}件：{listed}",
            ),
            Message(
                "correct the class or property named, or validate with unmet targets as warnings",
                "示されたクラスかプロパティを直すか、警告に下げて検証してください",
            ),
        )


def refuse_no_target(targets: list[Target]) -> None:
    """Refuse shapes without any target.

    Raises:
        ShapesError: no shape says which nodes it is about.
    """
    if not targets:
        raise ShapesError(
            Message("no shape has a target", "ターゲットを持つシェイプがありません"),
            Message("add sh:targetClass to a shape", "シェイプに sh:targetClass を加えてください"),
        )
