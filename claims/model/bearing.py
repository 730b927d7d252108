"""What bears on a claim in either of two states of a case: all that its verdict or its attribution can rest on.

And the other way: on which claims the edits between them may bear.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from claims.model.edits import SAID, SHARED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from claims.model.case import Case
    from claims.model.edits import Edits

    Copies = tuple[Mapping[str, str], Mapping[str, str]]


class Bearing:
    """Finds what bears on some claims, in two states at once: what is reached in one is kept in both.

    copies: for each state, its documents whose text is nearly an earlier one's. Links may lead nowhere.
    """

    def __init__(self, states: tuple[Case, Case], copies: Copies, claims: Collection[str]) -> None:
        self._indexes = tuple(_Index(case, found, claims) for case, found in zip(states, copies, strict=True))

    def narrowed(self, claims: Iterable[str]) -> tuple[Case, Case]:
        """Both states with these of the claims alone, and what bears on them. Parties are kept, all of them."""
        wanted = set(claims)
        reached = self._reached(wanted)
        earlier, later = (index.kept(wanted, reached) for index in self._indexes)
        return earlier, later

    def _reached(self, claims: set[str]) -> set[str]:
        reached: set[str] = set()
        waiting = [ref for index in self._indexes for claim in claims for ref in index.of_claim(claim)]
        while waiting:
            at = waiting.pop()
            if at not in reached:
                reached.add(at)
                waiting.extend(ref for index in self._indexes for ref in index.behind(at))
        return reached


class _Index:
    """One state, by id; of findings and statements, those on some claims."""

    def __init__(self, case: Case, copies: Mapping[str, str], claims: Collection[str]) -> None:
        self.case, self.copies = case, copies
        self.by_id: dict[str, dict[str, Any]] = {
            section: {entry.id: entry for entry in getattr(case, section)}
            for section in ("sources", "speakers", "documents", "claims")
        }
        self.by_claim: dict[str, dict[str, list[Any]]] = {}
        for section in ("statements", "findings"):
            found = self.by_claim[section] = defaultdict(list)
            for entry in [entry for entry in getattr(case, section) if entry.claim in claims]:
                found[entry.claim].append(entry)

    def of_claim(self, claim: str) -> Iterator[str]:
        """The documents, sources and speakers that the findings and statements on a claim name."""
        for finding in self.by_claim["findings"].get(claim, ()):
            yield finding.document
            yield from finding.relies_on or ()
        for statement in self.by_claim["statements"].get(claim, ()):
            yield statement.document
            yield statement.speaker

    def behind(self, at: str) -> Iterator[str]:
        """What a document, a source or a speaker leads to."""
        document, source = self.by_id["documents"].get(at), self.by_id["sources"].get(at)
        speaker = self.by_id["speakers"].get(at)
        if document is not None:
            yield from document.relies_on
            yield document.source
            yield from (other for other in (document.same_text_as, self.copies.get(at)) if other)
        if source is not None and source.owner:
            yield source.owner
        if speaker is not None and speaker.voice:
            yield speaker.voice

    def kept(self, claims: set[str], reached: set[str]) -> Case:
        """The case with these claims alone, and those sources, speakers and documents that were reached."""
        names = sorted(reached)
        entries = {
            section: tuple(self.by_id[section][name] for name in names if name in self.by_id[section])
            for section in ("sources", "speakers", "documents")
        }
        known = [claim for claim in sorted(claims) if claim in self.by_id["claims"]]
        by_claim = {
            section: tuple(entry for claim in known for entry in found.get(claim, ()))
            for section, found in self.by_claim.items()
        }
        texts = {name: self.case.texts[name] for name in names if name in self.case.texts}
        own = tuple(self.by_id["claims"][claim] for claim in known)
        return replace(self.case, claims=own, texts=texts, **entries, **by_claim)  # type: ignore[arg-type]


def touched(edits: Edits, copies: Copies) -> set[str]:
    """The claims on which edits may bear: all others stand in the later state as they stand in the earlier one.

    copies: as for `Bearing`.
    """
    states = edits.before, edits.after
    if any(edit.section in ("parties", "policy") for edit in edits.all):
        return {claim.id for state in states for claim in state.claims}
    own = {edit.id for edit in edits.all if edit.section in SHARED}
    own |= {name for found in copies for name in found if copies[0].get(name) != copies[1].get(name)}
    ids = _followers(own, states, copies)
    claims = {edit.id for edit in edits.all if edit.section == "claims"}
    claims |= {one.claim for edit in edits.all if edit.section in SAID for one in (edit.before, edit.after) if one}
    for state in states:
        claims.update(f.claim for f in state.findings if f.document in ids or not ids.isdisjoint(f.relies_on or ()))
        claims.update(said.claim for said in state.statements if said.document in ids or said.speaker in ids)
    return claims


def _followers(ids: set[str], states: tuple[Case, Case], copies: Copies) -> set[str]:
    """These documents, sources and speakers, and all that lead to one of them."""
    behind: dict[str, list[str]] = defaultdict(list)
    for state, found in zip(states, copies, strict=True):
        index = _Index(state, found, ())
        for name in {entry.id for section in SHARED for entry in getattr(state, section)}:
            for ref in index.behind(name):
                behind[ref].append(name)
    reached: set[str] = set()
    waiting = list(ids)
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting.extend(behind.get(at, ()))
    return reached
