"""Which fields a template asks for, and whether a replaced template asks for the right ones.

A template that an office has changed must not ask for a field that nobody fills in, and must keep the
head, the signature and every list of the shipped one: nothing that the law wants in it gets lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from data.faults import Fault, Spelling
from data.words import Message

HEAD = (
    "so",
    "dia_danh_ngay",
    "co_quan[]",
    "chu_ky[]",
    "noi_nhan[]",
)  # kept by papers that have them
BUILT_IN = {"loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace"}


@dataclass
class Fields:
    """Paths of what a template prints or tests ("cuoc.don_vi", "danh_sach[].tt"), and of its lists."""

    paths: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


def fields_of(tree: nodes.Template) -> Fields:
    """The fields of a parsed template.

    >>> from data.papers.word import ENVIRONMENT
    >>> found = fields_of(ENVIRONMENT.parse("{{ nam }}{% for d in ds %}{{ d.ten|lower }}{% endfor %}"))
    >>> sorted(found.paths), sorted(found.lists)
    (['ds[].ten', 'nam'], ['ds[]'])
    """
    found = Fields()
    for node in tree.body:
        _walk(node, {}, found)
    return found


def _walk(node: nodes.Node, scope: Mapping[str, str], found: Fields) -> None:
    if isinstance(node, nodes.For):
        whole = _path(node.iter, scope)
        inner = dict(scope)
        if whole is not None:
            found.lists.add(f"{whole}[]")
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = f"{whole}[]"
        else:
            _walk(node.iter, scope, found)
        for child in (*node.body, *node.else_, *([node.test] if node.test else ())):
            _walk(child, inner, found)
        return
    if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
        path = _path(node, scope)
        if path is not None:
            if path not in BUILT_IN and path.split(".")[0] not in BUILT_IN:
                found.paths.add(path)
            return
    for child in node.iter_child_nodes():
        _walk(child, scope, found)


def _path(node: nodes.Node, scope: Mapping[str, str]) -> str | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node, scope)
        return None if inner is None else f"{inner}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inner = _path(node.node, scope)
        return None if inner is None else f"{inner}.{node.arg.value}"
    return None


def template_faults(
    name: str, given: Fields, shipped: Fields, values: Iterable[Mapping[str, Any]]
) -> list[Fault]:
    """What is wrong with the fields of an office's own template.

    Parameters
    ----------
    name : file name for the messages
    shipped : the fields of the template that it replaces
    values : what will be filled in; a field that stands there is known, too
    """
    copies = list(values)[:1]
    known = shipped.paths | shipped.lists | {_bare(path) for path in shipped.lists}
    spelling = Spelling(sorted(known))
    faults = []
    for path in sorted(given.paths | given.lists):
        if path in known or _bare(path) in known or any(_stands(path, copy) for copy in copies):
            continue
        near = spelling.nearest(path)
        hint = Message("Có phải «{near}»?", {"near": near}) if near else TAKE_OUT
        message = Message(
            "Mẫu hỏi trường «{field}» mà văn bản này không có. {hint}",
            {"field": path, "hint": hint},
        )
        faults.append(Fault(name, 0, path, "", message))
    wanted = [p for p in (*HEAD, *sorted(shipped.lists)) if p in shipped.paths | shipped.lists]
    for path in dict.fromkeys(wanted):
        if path not in given.paths | given.lists:
            message = Message(
                "Mẫu thiếu trường bắt buộc «{field}». Thêm lại như trong mẫu gốc "
                "(congvu papers --write-templates THƯ-MỤC).", {"field": _bare(path)},
            )  # fmt: skip
            faults.append(Fault(name, 0, _bare(path), "", message))
    return faults


TAKE_OUT = Message("Bỏ trường này, hoặc xem danh sách trường trong truong-dien.txt.")


def _bare(path: str) -> str:
    return path.removesuffix("[]")


def _stands(path: str, values: Mapping[str, Any]) -> bool:
    """Whether a path leads somewhere in what will be filled in; an empty list may hold anything."""
    here: Any = values
    for step in path.split("."):
        name, listed = _bare(step), step.endswith("[]")
        if not isinstance(here, Mapping) or name not in here:
            return False
        here = here[name]
        if listed:
            if not isinstance(here, list):
                return False
            if not here:
                return False
            here = here[0]
    return True
