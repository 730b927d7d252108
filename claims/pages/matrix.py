"""The matrix: which source says what about which claim, at one glance.

Rows are sources, those that say most first; columns are claims, by verdict and then by date. Of a case with very many
of either, those are shown on which most is said; how much is left out is told, and where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pages.frame import Page
from claims.pages.marks import DOES, drawn_signs
from claims.pages.sheet import Sheet
from claims.pages.templating import asset, rendered
from claims.present.view import Entry
from claims.present.wording import ORDER, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claims.model.assessment import ClaimAssessment
    from claims.pages.ground import File, Ground
    from claims.pages.marks import Mark
    from claims.pages.sheet import Cell

PATH: Final = "matrix.html"
MOST_CLAIMS: Final = 150
MOST_SOURCES: Final = 200
"""More is no picture any more, and slow to draw: at most thirty thousand cells."""
SHOWN: Final = 3
"""Marks of one cell that are drawn; of more, how many there are."""
SHORT: Final = 56
"""Letters of a claim that have room at the head of a column."""
PAPER: Final = ((70, "matrix-a2.css"), (30, "matrix-a3.css"))
"""On what a matrix of more claims than so many is printed, so that its signs can be read; any other on A4."""
COLUMNS: Final = ("finding", "source", "claim", "document", "says", "grade", "counts", "why_not", "verdict")

Cells = dict[tuple[str, str], list["Mark"]]


class Column(NamedTuple):
    """A claim at the head of its column; `begins`: whether it is the first with its verdict."""

    id: str
    text: str
    short: str
    verdict: str
    symbol: str
    begins: bool


class Verdict(NamedTuple):
    """A verdict over the columns of its claims."""

    name: str
    symbol: str
    claims: int


class Line(NamedTuple):
    """A source with its marks, claim by claim in the order of the columns."""

    id: str
    name: str
    letter: str
    claims: int
    """On how many of the claims shown it says anything."""
    cells: tuple[tuple[Mark, ...], ...]


class LeftOut(NamedTuple):
    """How much a matrix does not show."""

    claims: int
    sources: int
    marks: int


def matrix_files(ground: Ground) -> Iterator[File]:
    """The page of the matrix, and its marks as rows."""
    return ground.bound(PATH, matrix_page(ground))


def matrix_page(ground: Ground) -> Page:
    """The matrix of a whole case."""
    report, case = ground.report, ground.case
    cells = _cells(ground.marks, report.publishers)
    claims = _columns(report.claims, cells)
    sources = _first({source for source, _ in cells}, ground.names, [key[0] for key in _within(cells, claims)])
    columns = tuple(
        Column(one.id, one.text, _short(one.text), one.verdict, SYMBOLS[one.verdict], begins)
        for one, begins in _with_beginnings(claims)
    )
    letters = {one.id: one.reliability for one in case.sources}
    lines = tuple(_line(source, columns, cells, ground.names, letters) for source in sources)
    shown = [mark for line in lines for cell in line.cells for mark in cell]
    kinds = {mark.kind for mark in shown} | {"hollow" for mark in shown if mark.why}
    every = {source for source, _ in cells}
    return Page(
        title="Who says what",
        about=ground.about,
        body=rendered(
            "matrix.html",
            verdicts=[
                Verdict(name, SYMBOLS[name], len(list(run))) for name, run in groupby(one.verdict for one in columns)
            ],
            columns=columns,
            lines=lines,
            number=len(shown),
            left=LeftOut(
                len(report.claims) - len(columns),
                len(every) - len(lines),
                sum(map(len, cells.values())) - len(shown),
            ),
            silent=len(case.sources) - len(every),
            most=SHOWN,
            does=DOES,
            drawn=drawn_signs(),
            kinds=kinds,
            entry=Entry,
            names=ground.names,
            places=cache(ground.places(PATH)),
        ),
        sheet=Sheet(f"{case.id}-matrix", COLUMNS, tuple(_rows(lines, {one.id: one.verdict for one in claims}))),
        styles=(asset("marks.css"), asset("matrix.css"), *_paper(len(claims))),
        scripts=(asset("matrix.js"),),
    )


def _paper(claims: int) -> tuple[str, ...]:
    """The style sheet that sets the paper, where it is larger than A4."""
    return tuple(asset(name) for more, name in PAPER if claims > more)[:1]


def _cells(marks: Mapping[str, tuple[Mark, ...]], publishers: Mapping[str, str]) -> Cells:
    """The marks by source and claim."""
    cells: Cells = defaultdict(list)
    for claim, found in marks.items():
        for mark in found:
            cells[publishers[mark.document], claim].append(mark)
    return dict(cells)


def _columns(claims: Iterable[ClaimAssessment], cells: Cells) -> list[ClaimAssessment]:
    """The claims of most sources, by verdict, then by date; what has no date comes last."""
    number: dict[str, int] = defaultdict(int)
    for _, claim in cells:
        number[claim] += 1
    kept = sorted(claims, key=lambda one: (-number[one.id], one.id))[:MOST_CLAIMS]
    return sorted(kept, key=lambda one: (ORDER.index(one.verdict), one.date is None, one.date or "", one.id))


def _within(cells: Cells, claims: Iterable[ClaimAssessment]) -> list[tuple[str, str]]:
    shown = {one.id for one in claims}
    return [key for key in cells if key[1] in shown]


def _first(sources: Iterable[str], names: Mapping[str, str], said: Iterable[str]) -> list[str]:
    """The sources that say something on most claims, by that number, then by name."""
    number: dict[str, int] = defaultdict(int)
    for source in said:
        number[source] += 1
    ranked = sorted(sources, key=lambda one: (-number[one], names[one].casefold(), one))
    return [one for one in ranked if number[one]][:MOST_SOURCES]


def _with_beginnings(claims: Iterable[ClaimAssessment]) -> Iterator[tuple[ClaimAssessment, bool]]:
    before = None
    for one in claims:
        yield one, one.verdict != before
        before = one.verdict


def _line(
    source: str, columns: Iterable[Column], cells: Cells, names: Mapping[str, str], letters: Mapping[str, str]
) -> Line:
    found = tuple(tuple(cells.get((source, column.id), ())) for column in columns)
    return Line(source, names[source], letters[source], sum(map(bool, found)), found)


def _short(text: str) -> str:
    """The beginning of a claim, broken between words."""
    if len(text) <= SHORT:
        return text
    cut = text[:SHORT].rpartition(" ")[0]
    return f"{cut or text[:SHORT]}…"


def _rows(lines: Iterable[Line], verdicts: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        for mark in (mark for cell in line.cells for mark in cell):
            counts = "yes" if mark.counts else "no"
            yield (
                mark.entry, line.id, mark.claim, mark.document, mark.kind, mark.grade, counts, mark.why,
                verdicts[mark.claim],
            )  # fmt: skip
