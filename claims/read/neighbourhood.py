"""What the check of a whole case would say of a few new entries, found without checking the whole case.

Every check runs as it always does, over a ledger that holds the new entries and those of the case that can stand in one
problem with them: what they refer to and what that leads to, what is called alike, what has the same address or text.
Ids are known of the whole case. What was true of the case before is left out.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from claims.model.problem import Place
from claims.read import addresses, consistency, figures, lookalikes, quotes, references
from claims.read.drafts import Mark, Spot
from claims.read.ledger import KEYED, NAME_SPACE, SECTIONS, Ledger, Row, key_of
from claims.read.lookalikes import folded
from claims.read.texts import Texts, texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claims.model.case import Case
    from claims.read.drafts import Draft

WHOLE: Final = ("parties", "sources", "speakers")
"""Sections that are small, and taken as they are: names and owners are compared with all others."""


@dataclass(slots=True)
class Known(Row[Any]):
    """An entry that stands in the case. Where its values stand is not looked up: they have the place of the entry."""

    place: Place = field(default_factory=lambda: Place("", 1))

    @property
    def spot(self) -> Spot:
        """Where the entry stands."""
        return Spot(self.file, mark=Mark(self.place.line, self.place.column))

    def at(self, *path: str | int) -> Spot:
        """Where the entry stands that the value is of."""
        del path
        return Spot(self.file, mark=Mark(self.place.line, self.place.column))

    def key(self, name: str) -> Spot:
        """Where the entry stands that the key is of."""
        del name
        return Spot(self.file, mark=Mark(self.place.line, self.place.column))


def found_beside(case: Case, added: Ledger) -> list[Draft]:
    """What the check of the case with `added` says of the added entries, and of others because of them.

    added: entries that are new, or that stand in place of the one of the case with the same key. Their files must not
    be called like files of the case.
    """
    near = _Neighbourhood(case, added)
    texts, drafts = texts_of(os.path.realpath(case.folder), added.documents)
    drafts.extend(near.told(is_before=False, read=texts))
    before = set(near.told(is_before=True, read=Texts())) if near.replaced else set()
    files = {row.file for section in SECTIONS for row in added.rows(section)} | {raw.file for raw in added.unfit}
    return [
        draft
        for draft in drafts
        if any(spot.file in files for spot in (draft.spot, *draft.also)) or (near.replaced and draft not in before)
    ]


class _Neighbourhood:
    """The entries of a case that can stand in one problem with some new ones."""

    def __init__(self, case: Case, added: Ledger) -> None:
        self.case, self.added = case, added
        self.new = {section: {key_of(row.entry) for row in added.rows(section)} for section in SECTIONS}
        self.replaced = {
            section: frozenset(key for key in keys if (section, key) in case.places)
            for section, keys in self.new.items()
            if any((section, key) in case.places for key in keys)
        }
        documents = self._documents()
        self.kept = {
            **{section: tuple(getattr(case, section)) for section in WHOLE},
            "documents": tuple(document for document in case.documents if document.id in documents),
            "claims": self._claims(),
            "statements": self._of_changed("statements"),
            "findings": self._of_changed("findings"),
        }

    def told(self, *, is_before: bool, read: Texts) -> list[Draft]:
        """What the checks say, with the new entries or as it was before them. read: the texts of the new ones."""
        ledger = Ledger(
            broken=self.added.broken,
            unread=self.added.unread,
            unfit=[] if is_before else self.added.unfit,
            told=self.added.told,
        )
        for section in SECTIONS:
            rows = [] if is_before else self.added.rows(section)
            out = frozenset[str]() if is_before else self.replaced.get(section, frozenset())
            known = [self._known(section, entry) for entry in self.kept[section] if key_of(entry) not in out]
            setattr(ledger, section, [*known, *rows])
        ledger.__dict__["ids"] = {
            section: frozenset(entry.id for entry in getattr(self.case, section)) | self.new[section]
            for section in SECTIONS
            if section not in KEYED
        }
        return list(self._checked(ledger, self._texts(ledger, read)))

    def _checked(self, ledger: Ledger, texts: Texts) -> Iterator[Draft]:
        for check in (*references.CHECKS, *consistency.CHECKS, *lookalikes.CHECKS):
            yield from check(ledger)
        yield from figures.figures(ledger, self.case.policy.tolerance)
        yield from addresses.odd_addresses(ledger)
        yield from addresses.same_documents(ledger, texts)
        yield from quotes.quotes(ledger, texts)

    def _known(self, section: str, entry: Any) -> Known:
        place = self.case.places[section, key_of(entry)]
        return Known(entry, place.file, section, 0, place)

    def _texts(self, ledger: Ledger, read: Texts) -> Texts:
        """The texts of the new documents, and of those of the case that are checked along with them."""
        known = [row for row in ledger.documents if isinstance(row, Known) and row.entry.id in self.case.texts]
        stored, _ = texts_of(os.path.realpath(self.case.folder), known)
        return Texts({**self.case.texts, **read.by_document}, stored.digests | read.digests, stored.paths | read.paths)

    def _documents(self) -> Collection[str]:
        """Documents that the new entries lead to, and those that look like a new one."""
        by_id = {document.id: document for document in self.case.documents}
        ahead: list[str | None] = [row.entry.document for section in KEYED for row in self.added.rows(section)]
        ahead += [name for section in NAME_SPACE for name in self.new[section]]
        for row in self.added.documents:
            ahead += [*map(str, row.entry.relies_on), row.entry.same_text_as]
        ahead += self._same_documents()
        ahead += self._alike("documents")
        reached: set[str] = set()
        while ahead:
            document = by_id.get(ahead.pop() or "")
            if document is not None and document.id not in reached:
                reached.add(document.id)
                ahead += [*map(str, document.relies_on), document.same_text_as]
        return reached

    def _same_documents(self) -> Iterator[str]:
        """Documents with the address or the stored text of a new one. Looked at closely where the site is named."""
        mine = {
            addresses.plain(url) for row in self.added.documents for url in (row.entry.url, row.entry.archive) if url
        }
        sites = {_site(address) for address in mine}
        texts, _ = texts_of(os.path.realpath(self.case.folder), self.added.documents)
        stored = set(texts.by_document.values())
        for document in self.case.documents if sites or stored else ():
            if stored and self.case.texts.get(document.id) in stored:
                yield document.id
            for url in (document.url, document.archive):
                if url and any(site in url.lower() for site in sites) and addresses.plain(url) in mine:
                    yield document.id

    def _alike(self, section: str) -> Iterator[str]:
        """Ids of a section that look like a new one; ids of plain letters look like themselves alone."""
        mine = {folded(name) for names in self.new.values() for name in names}
        is_plain = all(name.isascii() for names in self.new.values() for name in names)
        for entry in getattr(self.case, section):
            if (not is_plain or not entry.id.isascii()) and folded(entry.id) in mine:
                yield entry.id

    def _claims(self) -> tuple[Any, ...]:
        """Claims that the new entries speak of, those that look like one, and the wider ones that they are part of."""
        by_id = {claim.id: claim for claim in self.case.claims}
        ahead: list[str | None] = [row.entry.claim for section in KEYED for row in self.added.rows(section)]
        ahead += [*self.new["claims"], *(row.entry.part_of for row in self.added.claims), *self._alike("claims")]
        if "documents" in self.replaced:
            changed = self.replaced["documents"]
            ahead += [finding.claim for finding in self.case.findings if finding.document in changed]
        reached: dict[str, Any] = {}
        while ahead:
            claim = by_id.get(ahead.pop() or "")
            if claim is not None and claim.id not in reached:
                reached[claim.id] = claim
                ahead.append(claim.part_of)
        return tuple(reached[name] for name in sorted(reached))

    def _of_changed(self, section: str) -> tuple[Any, ...]:
        """Findings or statements that are replaced, or that are of a document or on a claim which is."""
        if not self.replaced:
            return ()
        documents = self.replaced.get("documents", frozenset())
        claims = self.replaced.get("claims", frozenset())
        own = self.replaced.get(section, frozenset())
        return tuple(
            entry
            for entry in getattr(self.case, section)
            if entry.document in documents or entry.claim in claims or entry.key in own
        )


def _site(address: str) -> str:
    """What every form of a plain address has in it: the name of the site."""
    return address.partition("/")[0].partition("?")[0].partition(":")[0].lower()
