"""A site: every page of a case, one after the other, as relative paths and bytes.

Pages are made when they are asked for, by all processors, a few ahead; none is kept: a case of any size takes no more
memory than its largest pages. The same case gives the same bytes in the same order. To add a kind of pages, write its
module (see `ground`) and add its line to `KINDS`.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.crew import in_order
from claims.pages.article import article_files
from claims.pages.claim import claim_pages
from claims.pages.documents import document_pages
from claims.pages.ground import Ground, Way
from claims.pages.matrix import matrix_files
from claims.pages.method import method_files
from claims.pages.people import source_pages, speaker_pages
from claims.pages.summary import summary_page
from claims.pages.timeline import timeline_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.flow import Assessment
    from claims.pages.ground import File, Piece


class Kind(NamedTuple):
    """Pages of one kind: how they are reached, and what makes their files."""

    way: Way
    pieces: Callable[[Ground], Iterator[Piece]]

    def files(self, ground: Ground) -> Iterator[File]:
        """The files of this kind, in order, each made when it is asked for."""
        return chain.from_iterable(piece() for piece in self.pieces(ground))


def _whole(files: Callable[[Ground], Iterator[File]]) -> Callable[[Ground], Iterator[Piece]]:
    """A kind of few pages as a single piece."""
    return lambda ground: iter((partial(files, ground),))


KINDS: Final = (
    Kind(Way("Report", "index.html"), _whole(summary_page)),
    Kind(Way("Claims", "index.html#all-claims", "claims"), claim_pages),
    Kind(Way("Sources", "sources/index.html", "sources"), source_pages),
    Kind(Way("Speakers", "speakers/index.html", "speakers"), _whole(speaker_pages)),
    Kind(Way("Documents", "documents.html"), document_pages),
    Kind(Way("Matrix", "matrix.html"), _whole(matrix_files)),
    Kind(Way("Timeline", "timeline.html"), _whole(timeline_files)),
    Kind(Way("Articles", "articles/index.html", "articles"), _whole(article_files)),
    Kind(Way("Method", "method.html"), _whole(method_files)),
)
"""The kinds of pages, in the order of the navigation, which is that of the files."""
FEWEST: Final = 30
"""Pieces of a site, of some fifty pages each, that are worth sharing out among processes."""


def ground_of(assessment: Assessment, kinds: tuple[Kind, ...] = KINDS) -> Ground:
    """What the pages of a judged case stand on."""
    return Ground(assessment, tuple(kind.way for kind in kinds))


def pages_of(assessment: Assessment, kinds: tuple[Kind, ...] = KINDS) -> Iterator[File]:
    """Every file of the site of a judged case: its path from the root, with `/`, and its bytes; each path once."""
    ground = ground_of(assessment, kinds)
    pieces = tuple(chain.from_iterable(kind.pieces(ground) for kind in kinds))

    def made(n: int) -> tuple[File, ...]:
        return tuple(pieces[n]())

    for files in in_order(made, range(len(pieces)), FEWEST):
        yield from files
