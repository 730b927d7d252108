"""Where boxes stand."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.pictures.layout import GAP, Size, dot_text, laid_out

BOX = Size(150, 30)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[tuple[Size, ...], tuple[tuple[int, int], ...]]:
    sizes = st.builds(Size, st.integers(40, 180), st.integers(20, 60))
    boxes = tuple(draw(st.lists(sizes, min_size=1, max_size=9)))
    place = st.integers(0, len(boxes) - 1)
    arrows = st.tuples(place, place).filter(lambda arrow: arrow[0] != arrow[1])
    return boxes, tuple(draw(st.lists(arrows, max_size=14, unique=True)))


@given(graphs())
def test_boxes_lie_within_the_picture_and_none_over_another(
    graph: tuple[tuple[Size, ...], tuple[tuple[int, int], ...]],
) -> None:
    boxes, arrows = graph
    layout = laid_out(boxes, arrows)
    assert (len(layout.middles), len(layout.curves)) == (len(boxes), len(arrows))
    for n, ((x, y), box) in enumerate(zip(layout.middles, boxes, strict=True)):
        assert box.width / 2 - 1 <= x <= layout.width - box.width / 2 + 1
        assert box.height / 2 - 1 <= y <= layout.height - box.height / 2 + 1
        for (u, v), other in list(zip(layout.middles, boxes, strict=True))[n + 1 :]:
            is_beside = abs(x - u) >= (box.width + other.width) / 2 - 1
            is_below = abs(y - v) >= (box.height + other.height) / 2 - 1
            assert is_beside or is_below


def test_an_arrow_runs_from_left_to_right() -> None:
    layout = laid_out((BOX, BOX), ((1, 0),))
    assert layout.middles[1][0] < layout.middles[0][0]
    assert layout.curves[0].tip[0] == pytest.approx(layout.middles[0][0] - BOX.width / 2, abs=2)


def test_boxes_without_arrows_stand_below_one_another() -> None:
    assert laid_out((BOX, BOX), ()).middles == ((75, 15), (75, 45 + GAP))


def test_nothing_is_nothing() -> None:
    assert laid_out((), ()) == (0, 0, (), ())


def test_graphviz_is_given_numbers_only() -> None:
    assert "subgraph" not in dot_text((BOX,), ())
    assert "0[width=2.0833 height=0.4167];1[width=2.0833 height=0.4167];0->1;}" in dot_text((BOX, BOX), ((0, 1),))


def test_without_graphviz_the_way_out_is_said() -> None:
    program = (
        "import sys; sys.modules['pygraphviz'] = None\n"
        "from claims.pictures.layout import Size, laid_out\n"
        "from claims.model.errors import BadRequest\n"
        "try: laid_out((Size(1, 1), Size(1, 1)), ((0, 1),))\n"
        "except BadRequest as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert "pip install 'claims[pictures]'" in done.stdout
