"""Small cases for tests, written as data: the reader is not in the way of a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claims.model.case import Case
from claims.model.claim import Claim
from claims.model.document import Document
from claims.model.finding import Finding
from claims.model.party import Party
from claims.model.policy import Policy, merged
from claims.model.source import Source
from claims.model.speaker import Speaker
from claims.model.statement import Statement
from claims.read.policy import default_policy

MODELS: dict[str, Any] = {
    "parties": Party,
    "sources": Source,
    "speakers": Speaker,
    "documents": Document,
    "claims": Claim,
    "statements": Statement,
    "findings": Finding,
}

Sections = dict[str, list[dict[str, Any]]]


def case_of(sections: Sections, policy: dict[str, Any] | None = None, texts: dict[str, str] | None = None) -> Case:
    """The case with these entries; every section sorted by id, as the reader sorts it."""
    entries = {name: [MODELS[name].model_validate(entry) for entry in sections.get(name, [])] for name in MODELS}
    for name, models in entries.items():
        if name == "findings":
            models.sort(key=lambda finding: finding.key)
        elif name == "statements":
            models.sort(key=lambda s: (s.id or "", s.claim, s.document, s.speaker, s.stance, str(s.value)))
        else:
            models.sort(key=lambda entry: entry.id)
    base = default_policy()
    used = Policy.model_validate(merged(base.as_data(), policy)) if policy else base
    made: dict[str, Any] = {name: tuple(models) for name, models in entries.items()}
    return Case(id="test", title="A test", about=None, folder=Path(), policy=used, texts=texts or {}, **made)


def sketch(*findings: str, **more: Any) -> Sections:
    """Sections from findings in a notation small enough to see the case whole.

    `blog<-bbc<-sohr: supports B2 own-sources` is a finding of blog's document, which relies on bbc's document, which
    relies on the source sohr. A name with a capital letter stands for its source and ends the chain: `blog<-Bbc`.
    After the colon: stance, credibility as a digit, basis, reliability as a letter, in any order. All on claim `c`.
    """
    sections: Sections = {name: [] for name in MODELS}
    sections["claims"] = [{"id": "c", "text": "It happened."}]
    known: dict[str, dict[str, Any]] = {}
    for line in findings:
        chain, _, words = line.partition(":")
        names = [name.strip() for name in chain.split("<-")]
        for name, following in zip(names, [*names[1:], None], strict=True):
            source = name.lower()
            known.setdefault(source, {"id": source, "name": source, "reliability": "B"})
            if name != source:
                continue
            document = _document(sections, source)
            if following:
                ref = following.lower() if following != following.lower() else f"{following}-doc"
                document["relies_on"] = tuple(dict.fromkeys((*document.get("relies_on", ()), ref)))
        sections["findings"].append(_finding(names[0], words.split(), known))
    sections["sources"] = list(known.values())
    for name, entries in more.items():
        _laid_over(sections[name], entries)
    return sections


def _document(sections: Sections, source: str) -> dict[str, Any]:
    for document in sections["documents"]:
        if document["id"] == f"{source}-doc":
            return document
    sections["documents"].append({"id": f"{source}-doc", "source": source})
    return sections["documents"][-1]


def _finding(name: str, words: list[str], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    finding: dict[str, Any] = {"claim": "c", "document": f"{name}-doc", "stance": "supports"}
    for word in words:
        if len(word) == 1 and word.isdigit():
            finding["credibility"] = int(word)
        elif len(word) == 1:
            known[name]["reliability"] = word
        elif word in {"supports", "partly-supports", "contradicts", "repeats", "mentions"}:
            finding["stance"] = word
        else:
            finding["basis"] = word
    return finding


def _laid_over(entries: list[dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    """Entries with an id that is there are changed, others added."""
    for change in changes:
        same = [entry for entry in entries if entry.get("id") is not None and entry.get("id") == change.get("id")]
        same[0].update(change) if same else entries.append(change)
