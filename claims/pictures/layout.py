"""Where boxes stand and how arrows run between them, from left to right: Graphviz's dot, without its drawing.

Boxes are given by size alone and come back in order, so that graphs of one shape are laid out once, and nothing that a
person wrote ever reaches Graphviz.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from claims.model.errors import BadRequest

POINTS: Final = 72
"""Points of an inch; dot takes sizes in inches and gives places in points, which are our pixels."""
GAP: Final = 10
"""Between boxes one above the other."""
REACH: Final = 40
"""Between a box and what follows it."""
PREFACE: Final = (
    f'digraph{{rankdir=LR;nodesep={GAP / POINTS:.4f};ranksep={REACH / POINTS:.4f};bgcolor="";'
    'node[shape=box fixedsize=true label=""];edge[arrowsize=0.6 tailport=e headport=w];'
)

Spot = tuple[float, float]


class Size(NamedTuple):
    """How large a box is."""

    width: int
    height: int


class Curve(NamedTuple):
    """How an arrow runs: a point, three for every Bézier curve that follows, and where its head ends."""

    points: tuple[Spot, ...]
    tip: Spot


class Layout(NamedTuple):
    """Boxes by the middle of each, in the order given, and arrows likewise. y grows downward; all begins at 0."""

    width: float
    height: float
    middles: tuple[Spot, ...]
    curves: tuple[Curve, ...]


@lru_cache(maxsize=4096)
def laid_out(boxes: tuple[Size, ...], arrows: tuple[tuple[int, int], ...]) -> Layout:
    """A layout of boxes with arrows between them, each from one position to another.

    arrows: no two alike, and none from a box to itself. Boxes without arrows stand below the others, one above the
    other. Raises `BadRequest` where Graphviz is not installed.
    """
    tied = sorted({end for arrow in arrows for end in arrow})
    loose = [n for n in range(len(boxes)) if n not in set(tied)]
    at = {n: place for place, n in enumerate(tied)}
    woven = _woven(tuple(boxes[n] for n in tied), tuple((at[tail], at[head]) for tail, head in arrows))
    middles = dict(zip(tied, woven.middles, strict=True))
    top, width = woven.height, woven.width
    for n in loose:
        top += GAP if middles else 0
        middles[n] = (boxes[n].width / 2, top + boxes[n].height / 2)
        top, width = top + boxes[n].height, max(width, boxes[n].width)
    return Layout(width, top, tuple(middles[n] for n in range(len(boxes))), woven.curves)


def _woven(boxes: tuple[Size, ...], arrows: tuple[tuple[int, int], ...]) -> Layout:
    """The layout of boxes each of which has an arrow."""
    if not boxes:
        return Layout(0, 0, (), ())
    found = _dot(dot_text(boxes, arrows))
    _, _, width, height = map(float, found["bb"].split(","))
    middles = []
    for one in found["objects"]:
        x, y = map(float, one["pos"].split(","))
        middles.append((x, height - y))
    curves = {(edge["tail"], edge["head"]): _curve(edge["pos"], height) for edge in found["edges"]}
    return Layout(width, height, tuple(middles), tuple(curves[arrow] for arrow in arrows))


def can_lay_out() -> bool:
    """Whether Graphviz is here, and can be used: without it no arrow is laid out."""
    try:
        _library()
    except BadRequest:
        return False
    return True


def dot_text(boxes: tuple[Size, ...], arrows: tuple[tuple[int, int], ...]) -> str:
    """The graph in the language of dot: numbers, and nothing else."""
    nodes = "".join(
        f"{n}[width={box.width / POINTS:.4f} height={box.height / POINTS:.4f}];" for n, box in enumerate(boxes)
    )
    edges = "".join(f"{tail}->{head};" for tail, head in arrows)
    return f"{PREFACE}{nodes}{edges}}}"


def _curve(pos: str, height: float) -> Curve:
    """The curve of an arrow as dot writes it: `e,X,Y` for the tip, then points."""
    spots = []
    tip: Spot | None = None
    for part in pos.split():
        pieces = part.split(",")
        spot = float(pieces[-2]), height - float(pieces[-1])
        if pieces[0] == "e":
            tip = spot
        else:
            spots.append(spot)
    return Curve(tuple(spots), tip or spots[-1])


def _dot(text: str) -> Any:
    """What dot makes of a graph, in its JSON."""
    library = _library()
    graph = library["AGraph"](string=text)
    try:
        return json.loads(graph.draw(format="json0", prog="dot"))
    finally:
        graph.close()


@cache
def _library() -> dict[str, Any]:
    """Graphviz, imported when a picture needs it. Raises `BadRequest` where it is not installed."""
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - an extra: only who draws chains needs it
    except ImportError as error:
        raise BadRequest("a picture of chains needs Graphviz: pip install 'claims[pictures]'") from error
    return {"AGraph": AGraph}
