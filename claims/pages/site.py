"""A site: every page of a case, one after the other, as relative paths and bytes.

Pages are made when they are asked for, and none is kept: a case of any size takes no more memory than its largest page.
The same case gives the same bytes in the same order. To add a kind of pages, write its module (see `ground`) and add
its line to `KINDS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from claims.pages.article import article_files
from claims.pages.claim import claim_pages
from claims.pages.documents import documents_files
from claims.pages.ground import Ground, Way
from claims.pages.matrix import matrix_files
from claims.pages.method import method_files
from claims.pages.people import source_pages, speaker_pages
from claims.pages.summary import summary_page
from claims.pages.timeline import timeline_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.flow import Assessment
    from claims.pages.ground import File


class Kind(NamedTuple):
    """Pages of one kind: how they are reached, and what makes their files."""

    way: Way
    files: Callable[[Ground], Iterator[File]]


KINDS: Final = (
    Kind(Way("Report", "index.html"), summary_page),
    Kind(Way("Claims", "index.html#all-claims", "claims"), claim_pages),
    Kind(Way("Sources", "sources/index.html", "sources"), source_pages),
    Kind(Way("Speakers", "speakers/index.html", "speakers"), speaker_pages),
    Kind(Way("Documents", "documents.html"), documents_files),
    Kind(Way("Matrix", "matrix.html"), matrix_files),
    Kind(Way("Timeline", "timeline.html"), timeline_files),
    Kind(Way("Articles", "articles/index.html", "articles"), article_files),
    Kind(Way("Method", "method.html"), method_files),
)
"""The kinds of pages, in the order of the navigation, which is that of the files."""


def ground_of(assessment: Assessment, kinds: tuple[Kind, ...] = KINDS) -> Ground:
    """What the pages of a judged case stand on."""
    return Ground(assessment, tuple(kind.way for kind in kinds))


def pages_of(assessment: Assessment, kinds: tuple[Kind, ...] = KINDS) -> Iterator[File]:
    """Every file of the site of a judged case: its path from the root, with `/`, and its bytes; each path once."""
    ground = ground_of(assessment, kinds)
    for kind in kinds:
        yield from kind.files(ground)
