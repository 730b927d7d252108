"""What all pages of a site stand on: one judged case, with what is made of it once, and the frame round each page.

A kind of pages is a module with one function `Ground -> Iterator[File]`, and a line in `claims.pages.site.KINDS`. It
makes its content as markup and hands it to `Ground.bound`, which gives the files: the page, and its rows beside it. A
kind of many pages gives pieces instead, each of which makes some of them, in whatever process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from claims.auditing.passages import passages_of
from claims.pages.frame import About, Link, Page, page
from claims.pages.languages import language_code, title_languages
from claims.pages.marks import marks_of
from claims.pages.routes import Route
from claims.pages.sheet import Download, csv_text, json_text
from claims.pages.shelf import document_paths
from claims.present.view import Entry
from claims.selection import report
from claims.track.sources import source_tracks
from claims.track.speakers import speaker_tracks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims.auditing.passages import Passage
    from claims.flow import Assessment
    from claims.model.assessment import Report
    from claims.model.track import Tracks
    from claims.pages.marks import Mark
    from claims.pages.routes import Places

File = tuple[str, bytes]
"""A path from the root of the site, with `/`, and what the file holds."""
Piece = Callable[[], Iterable[File]]
"""Makes some files of a kind. What all of its pieces share was made when they were told apart."""


class Way(NamedTuple):
    """One entry of the navigation: the first page of a kind, and the folder of those below it, if any."""

    title: str
    path: str
    folder: str | None = None


class Ground:
    """A judged case, and what its pages share. Whatever is costly is made when it is first asked for."""

    def __init__(self, assessment: Assessment, ways: tuple[Way, ...]) -> None:
        self.assessment = assessment
        self.case = assessment.case
        self.ways = ways
        day = assessment.as_of.isoformat() if assessment.as_of else None
        self.about = About(self.case.id, self.case.title, self.case.digest, self.case.policy.policy, day)

    @cached_property
    def report(self) -> Report:
        """The report of the whole case, in the order of its files."""
        return report(self.assessment)

    @cached_property
    def sources(self) -> Tracks:
        """The record of every source, by name."""
        return source_tracks(self.assessment)

    @cached_property
    def speakers(self) -> Tracks:
        """The record of every speaker, by name."""
        return speaker_tracks(self.assessment)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """How each party, source, speaker and document is called, by id."""
        return self.case.names

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """The language of each document that is in one alone, by id."""
        codes = ((one.id, language_code(one.language)) for one in self.case.documents)
        return {document: code for document, code in codes if code}

    @cached_property
    def title_languages(self) -> Mapping[str, str]:
        """The language of each document's title, by id, where that is the document's own and not a translation."""
        return title_languages(self.case.documents, self.languages)

    @cached_property
    def known(self) -> frozenset[Entry]:
        """Every entry of the case that may have a page."""
        return frozenset(
            Entry(section, one.id)
            for section in ("claims", "sources", "speakers", "documents")
            for one in getattr(self.case, section)
        )

    def wants(self, path: str) -> bool:  # noqa: ARG002 - who makes one page alone says which
        """Whether the page at `path` is asked for: kinds of many pages make no other."""
        return True

    def places(self, path: str) -> Places:
        """Where entries are found, from the page at `path`."""
        route = Route(path)
        with_pages = route.places(self.known)

        def place(entry: Entry) -> str | None:
            if entry.section != "documents":
                return with_pages(entry)
            shelf = self._shelves.get(entry.id)
            return None if shelf is None else route.to(shelf)

        return place

    @cached_property
    def _shelves(self) -> Mapping[str, str]:
        """Where documents stand, each with its anchor: several share a page."""
        return document_paths(self.case)

    @cached_property
    def marks(self) -> Mapping[str, tuple[Mark, ...]]:
        """What each document says about each claim, by claim."""
        return marks_of(self.report, self.case)

    @cached_property
    def passages(self) -> Mapping[str, tuple[Passage, ...]]:
        """What is said in each document, with where it stands in its text, by document."""
        return passages_of(self.case)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        """Sources, speakers and documents by their ids, which no two of them share."""
        return {entry.id: entry for entry in self.known if entry.section != "claims"}

    def reached(self, path: str) -> Callable[[str], str | None]:
        """Where the id of a source, a speaker or a document leads from the page at `path`; None for nowhere."""
        places = self.places(path)
        return lambda id_: places(self._entries[id_]) if id_ in self._entries else None

    def links(self, path: str) -> tuple[Link, ...]:
        """The navigation of the page at `path`, with its own entry marked."""
        route = Route(path)
        return tuple(
            Link(
                way.title,
                route.to(way.path),
                is_here=way.path == path,
                is_within=way.folder is not None and path.startswith(f"{way.folder}/"),
            )
            for way in self.ways
        )

    def bound(self, path: str, made: Page) -> Iterator[File]:
        """The files of a page: itself, with the navigation, and the rows that it shows as CSV and JSON beside it.

        A page whose rows can be filtered carries them itself, so that what is taken away is what is left.
        """
        beside = () if made.sheet is None or made.is_filtered else ("csv", "json")
        files, stem = [], path.removesuffix(".html")
        for ending in beside:
            name = f"{stem.rpartition('/')[2]}.{ending}"
            files.append(Download(f"{made.sheet.name}.{ending}", ending.upper(), name))  # type: ignore[union-attr]
        bound = made._replace(
            about=self.about, links=self.links(path), files=tuple(files), sheet=None if beside else made.sheet
        )
        yield path, page(bound).encode("utf-8", "backslashreplace")
        if beside and made.sheet is not None:
            yield f"{stem}.csv", csv_text(made.sheet).encode("utf-8", "backslashreplace")
            yield f"{stem}.json", f"{json_text(made.sheet)}\n".encode("utf-8", "backslashreplace")
