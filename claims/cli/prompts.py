"""One entry, asked for key by key: each answer is checked at once, and asked for again where it will not do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claims.cli.entry_keys import LISTS, TRUTHS
from claims.cli.streams import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic.fields import FieldInfo

    from claims.model.case import Case

    Ask = Callable[[str, Sequence[str]], str]
    """Asks, with words to complete, and gives the answer; raises `EOFError` where there is none."""
    Entry = dict[str, str | list[str]]


class Question(NamedTuple):
    """The key of a section that is asked for, and whether every entry needs it."""

    section: str
    key: str
    is_needed: bool


DUE: Final = ("prediction", "promise")


def asked(section: str, case: Case, ask: Ask) -> Entry | None:
    """The entry that the answers make, as it would be written; None where the answers end before it is whole."""
    from claims.model.meanings import meanings
    from claims.read.ledger import SECTIONS

    model = SECTIONS[section]
    told = meanings(model)
    tell("An empty answer leaves a key out; several values stand with commas between them; Ctrl-D ends.\n")
    entry: Entry = {}
    try:
        for key, field in sorted(model.model_fields.items(), key=lambda one: _is_name_of_its_own(*one)):
            if not _is_fitting(section, key, entry):
                continue
            if key == "sha256":
                entry |= _digest(case, entry)
                continue
            needed = field.is_required()
            tell(f"{told.get(key, '').partition(chr(10))[0]}{' Needed.' if needed else ''}")
            answer = _answered(Question(section, key, needed), entry, case, ask)
            if answer:
                entry[key] = answer
    except EOFError:
        return None
    return entry


def _is_name_of_its_own(key: str, field: FieldInfo) -> bool:
    """Whether it is an id that most entries of the section go without: asked for last."""
    return key == "id" and not field.is_required()


def _is_fitting(section: str, key: str, entry: Entry) -> bool:
    """Whether a key says anything beside what was answered so far."""
    if (section, key) == ("claims", "due"):
        return entry.get("kind") in DUE
    if key == "inferred":
        return "relies_on" in entry or "same_text_as" in entry
    return not (key in ("wording", "where", "prefix", "suffix") and "quote" not in entry)


def _digest(case: Case, entry: Entry) -> Entry:
    """The SHA-256 of the stored text that was named."""
    from claims.read.digest import sha256_of
    from claims.read.files import Refused, contents
    from claims.read.texts import LARGEST_TEXT

    path = entry.get("text")
    if not isinstance(path, str):
        return {}
    try:
        return {"sha256": sha256_of(contents(os.path.realpath(case.folder), path, LARGEST_TEXT))}
    except Refused:
        return {}


def _answered(question: Question, entry: Entry, case: Case, ask: Ask) -> str | list[str] | None:
    """The first answer that will do; what is wrong with the others is told."""
    section, key, is_needed = question
    words = completions(section, key, case)
    while True:
        line = ask(f"{key}: ", words).strip()
        if not line:
            if not is_needed:
                return None
            tell(f"  '{key}' cannot be left out")
            continue
        answer: str | list[str] = line
        if key in LISTS:
            answer = [part.strip() for part in line.split(",") if part.strip()]
        elif key in TRUTHS:
            answer = {"y": "true", "yes": "true", "n": "false", "no": "false"}.get(line.lower(), line)
        wrong = wrong_with(section, key, answer, entry, case)
        if wrong is None:
            return answer
        tell(f"  {wrong}")


def completions(section: str, key: str, case: Case) -> list[str]:
    """What may be meant under a key: ids of the case, or the words that the key takes."""
    from claims.read.ledger import SECTIONS
    from claims.read.mistakes import choices_of

    targets = _targets(section, key)
    if key == "owner":
        return sorted({source.owner for source in case.sources if source.owner} | {s.id for s in case.sources})
    if key == "topic":
        return sorted({claim.topic for claim in case.claims if claim.topic})
    return sorted(entry.id for name in targets for entry in getattr(case, name)) or choices_of(SECTIONS[section], key)


def _targets(section: str, key: str) -> tuple[str, ...]:
    from claims.read.references import REFERENCES

    return next((ref.targets for ref in REFERENCES if (ref.section, ref.key) == (section, key)), ())


def wrong_with(section: str, key: str, answer: str | list[str], entry: Mapping[str, Any], case: Case) -> str | None:
    """What is wrong with an answer, with the way out; None where nothing is."""
    from pydantic import ValidationError

    from claims.read.drafts import Spot
    from claims.read.ledger import SECTIONS, SINGULAR
    from claims.read.mistakes import mistake

    model = SECTIONS[section]
    try:
        model.model_validate({**entry, key: answer})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["loc"][:1] == (key,) and problem["type"] != "missing":
                draft = mistake(problem, model, SINGULAR[section], Spot(""))
                return draft.message + (f": {draft.hint}" if draft.hint else "")
    if key == "id":
        return _taken(section, str(answer), case)
    return _unknown(section, key, [answer] if isinstance(answer, str) else answer, case)


def _taken(section: str, name: str, case: Case) -> str | None:
    from claims.read.ledger import NAME_SPACE, SINGULAR

    for one in NAME_SPACE if section in NAME_SPACE else (section,):
        place = case.places.get((one, name))
        if place is not None:
            return f"there is a {SINGULAR[one]} called '{name}' already, at {place}"
    return None


def _unknown(section: str, key: str, names: Sequence[str], case: Case) -> str | None:
    from claims.read.ledger import SINGULAR
    from claims.read.near import did_you_mean

    targets = _targets(section, key)
    for name in names if targets else ():
        if not any((target, name) in case.places for target in targets):
            what = SINGULAR[targets[0]] if len(targets) == 1 else "source, speaker or document"
            near = did_you_mean(name, (entry.id for target in targets for entry in getattr(case, target)))
            return f"no {what} is called '{name}'" + (f": {near}" if near else "")
    return None


def terminal_ask(prompt: str, words: Sequence[str]) -> str:
    """Ask on the terminal, with completion where the system has readline."""
    try:
        import readline
    except ImportError:
        return input(prompt)

    def complete(start: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(start)]
        return found[state] if state < len(found) else None

    readline.set_completer_delims(" ,")
    readline.set_completer(complete)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        return input(prompt)
    finally:
        readline.set_completer(None)
