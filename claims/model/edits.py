"""What differs between two states of a case, entry by entry; and the states between them, with some of it applied.

An edit is one entry written, taken out or written anew. Edits need each other: a new finding its new document, the
removal of a source that of its documents. Applied with all they need, any of them lead from the earlier state to one in
which nothing dangles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from claims.model.case import Case

SECTIONS: Final = ("parties", "sources", "speakers", "documents", "claims", "statements", "findings")
SHARED: Final = ("sources", "speakers", "documents")
"""Sections whose ids are of one name space."""
SAID: Final = ("statements", "findings")
"""Sections whose entries each stand in a document."""
REFERENCES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "parties": (("allies", "parties"), ("opponents", "parties")),
    "sources": (("party", "parties"), ("owner", "sources")),
    "speakers": (("party", "parties"), ("voice", "sources")),
    "documents": (("source", "sources"), ("relies_on", "sources"), ("same_text_as", "sources")),
    "claims": (("part_of", "claims"), ("favours", "parties"), ("harms", "parties")),
    "statements": (("claim", "claims"), ("speaker", "sources"), ("document", "sources")),
    "findings": (("claim", "claims"), ("document", "sources"), ("relies_on", "sources")),
}
"""The keys of a section that name other entries, each with the name space: `sources` stands for all of SHARED."""


class Edit(NamedTuple):
    """One entry that differs. before, after: it in either state, None where it is not there; for the policy, a part."""

    section: str
    id: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Edits:
    """The edits that lead from one state to another, in the order of SECTIONS and ids; the policy comes last.

    due: claims that came to be checkable, or ceased to be, though they are written as they were.
    unseen: documents that the earlier state does not have because they appeared later: each comes with what it says.
    """

    before: Case
    after: Case
    due: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> tuple[Edit, ...]:
        """Every edit."""
        return tuple(self._found())

    def _found(self) -> Iterator[Edit]:
        for section in SECTIONS:
            old, new = by_key(getattr(self.before, section)), by_key(getattr(self.after, section))
            for key in sorted(old.keys() | new.keys()):
                was, now = old.get(key), new.get(key)
                if self._differs(section, key, was, now):
                    yield Edit(section, key, was, now)
        for part in type(self.after.policy).model_fields:
            was, now = getattr(self.before.policy, part), getattr(self.after.policy, part)
            if was != now:
                yield Edit("policy", part, was, now)

    def _differs(self, section: str, id: str, was: object, now: object) -> bool:  # noqa: A002 - the word of the field
        if was is not now and was != now:
            return True
        if section == "documents":
            return self.before.texts.get(id) != self.after.texts.get(id)
        return section == "claims" and id in self.due

    @cached_property
    def _needs(self) -> tuple[frozenset[int], ...]:
        """For each edit, those that it cannot be applied without, at first hand."""
        added, removed = self._by_name("before"), self._by_name("after")
        needs: list[set[int]] = [set() for _ in self.all]
        for n, edit in enumerate(self.all):
            for ref in references(edit.section, edit.after):
                needs[n].update(added.get(ref, ()))
            for ref in references(edit.section, edit.before):
                for one in removed.get(ref, ()):
                    needs[one].add(n)
            if edit.before is None or edit.after is None:
                other = removed if edit.before is None else added
                needs[n].update(other.get(_space(edit), ()))
            if edit.before is None and edit.section in SAID and edit.after.document in self.unseen:
                for document in added.get(("sources", edit.after.document), ()):
                    needs[document].add(n)
        return tuple(map(frozenset, needs))

    def _by_name(self, lacking: str) -> dict[tuple[str, str], list[int]]:
        """Edits of entries that one state lacks, by name space and name."""
        found: dict[tuple[str, str], list[int]] = {}
        for n, edit in enumerate(self.all):
            if getattr(edit, lacking) is None:
                found.setdefault(_space(edit), []).append(n)
        return found

    def with_needs(self, chosen: Iterable[int]) -> frozenset[int]:
        """The edits at these positions, and at those of all that they need."""
        found: set[int] = set()
        waiting = list(chosen)
        while waiting:
            n = waiting.pop()
            if n not in found:
                found.add(n)
                waiting.extend(self._needs[n] - found)
        return frozenset(found)

    def applied(self, chosen: Collection[int]) -> Case:
        """The earlier state with the edits at these positions, which hold all that they need.

        Links to documents that are not there are left out, as they are in a report of an earlier day.
        """
        made: dict[str, dict[str, Any]] = {name: by_key(getattr(self.before, name)) for name in SECTIONS}
        texts, parts = dict(self.before.texts), {}
        for n in chosen:
            section, id_, _, now = self.all[n]
            if section == "policy":
                parts[id_] = now
                continue
            if now is None:
                made[section].pop(id_, None)
            else:
                made[section][id_] = now
            if section == "documents":
                texts.pop(id_, None)
                texts |= {id_: self.after.texts[id_]} if id_ in self.after.texts else {}
        entries: dict[str, Any] = {name: tuple(made[name][key] for key in sorted(made[name])) for name in SECTIONS}
        policy = self.before.policy.model_copy(update=parts) if parts else self.before.policy
        return without_loose_links(replace(self.before, **entries, texts=texts, policy=policy))


def key_of(entry: Any) -> str:
    """What an entry is called: its id, or its key where it has none."""
    key: str = entry.key if hasattr(type(entry), "key") else entry.id
    return key


def by_key(entries: Iterable[Any]) -> dict[str, Any]:
    """The entries of a section, each under its name."""
    return {key_of(entry): entry for entry in entries}


def _space(edit: Edit) -> tuple[str, str]:
    """The name space of an edit's entry, and its name in it."""
    return ("sources" if edit.section in SHARED else edit.section, edit.id)


def references(section: str, entry: Any) -> Iterator[tuple[str, str]]:
    """What an entry names, each with its name space; nothing for no entry, or for a part of the policy."""
    if entry is None:
        return
    for key, space in REFERENCES.get(section, ()):
        value = getattr(entry, key)
        for name in (value,) if isinstance(value, str) else value or ():
            yield space, name


def without_loose_links(case: Case) -> Case:
    """The case without what stands in, or leads to, documents that it does not have."""
    known = {entry.id for name in SHARED for entry in getattr(case, name)}
    documents = {document.id for document in case.documents}
    kept = {name: tuple(entry for entry in getattr(case, name) if entry.document in documents) for name in SAID}
    return replace(
        case,
        documents=tuple(_tied(document, known) for document in case.documents),
        statements=kept["statements"],
        findings=tuple(_tied(finding, known) for finding in kept["findings"]),
    )


def _tied(entry: Any, known: set[str]) -> Any:
    """The entry with those of its links that lead somewhere."""
    changes: dict[str, object] = {}
    if not known.issuperset(entry.relies_on or ()):
        changes["relies_on"] = tuple(ref for ref in entry.relies_on if ref in known)
    if getattr(entry, "same_text_as", None) and entry.same_text_as not in known:
        changes["same_text_as"] = None
    return entry.model_copy(update=changes) if changes else entry
