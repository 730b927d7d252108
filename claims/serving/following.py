"""A case that is followed: each state of it as pages, made one by one when somebody asks for them.

A state is judged once. One that has errors shows them, above the pages of the last state that could be judged.
"""

from __future__ import annotations

import re
import threading
from hashlib import sha256
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from claims.flow import assess
from claims.model.errors import ClaimsError
from claims.pages.frame import Link, page
from claims.pages.ground import Ground
from claims.pages.live import Now, live, nothing_there, nothing_yet
from claims.pages.site import KINDS
from claims.read.case import read_case
from claims.read.characters import shown
from claims.serving.answers import Answer, kind_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from claims.flow import Assessment
    from claims.model.case import Case
    from claims.model.problem import Problem
    from claims.pages.frame import Page
    from claims.pages.ground import File, Way

POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
"""Where a page says what it may do; as a header it holds before anything of the page is read."""
FIRST: Final = "index.html"
MOST_KEPT: Final = 32
"""Answers of a state that are kept, for a page that is looked at from several windows."""


class Shot(NamedTuple):
    """What was found at one look: the state, and what there is to say of it in a line."""

    state: CaseState
    line: str


class Followed(Ground):
    """What the pages of a judged case stand on, each page following the case."""

    def __init__(self, assessment: Assessment, now: Now) -> None:
        super().__init__(assessment, tuple(kind.way for kind in KINDS))
        self.now = now
        self.sought = ""

    def wants(self, path: str) -> bool:
        """Whether the page at that path is the one that is made."""
        return _stem(path) == _stem(self.sought)

    def bound(self, path: str, made: Page) -> Iterator[File]:
        """The files of the page, where it is the one that is made."""
        return super().bound(path, live(made, self.now)) if self.wants(path) else iter(())

    def file(self, path: str) -> bytes | None:
        """The file at that path; None where the site has none. One at a time: nobody else may ask meanwhile."""
        self.sought = path
        files = (file for kind in KINDS if _holds(kind.way, path) for file in kind.files(self))
        return next((data for found, data in files if found == path), None)


def _holds(way: Way, path: str) -> bool:
    """Whether a file of that path would be of the kind that is reached so: its first page, one more, or one below."""
    stem, first = _stem(path), _stem(way.path.partition("#")[0])
    is_below = way.folder is not None and path.startswith(f"{way.folder}/")
    return stem == first or stem.startswith(f"{first}-") or is_below


def _stem(path: str) -> str:
    return path.rpartition(".")[0]


class CaseState:
    """A state of a case that is followed: what each address answers.

    assessment: the case, judged, or the last state of it that could be; None where none could so far. making: held
    while a page is made, as what draws pictures does one at a time.
    """

    def __init__(self, name: str, now: Now, assessment: Assessment | None, making: threading.Lock) -> None:
        self.name, self.now = name, now
        self.ground = Followed(assessment, now) if assessment else None
        self.making = making
        self.made: dict[str, Answer] = {}

    @property
    def key(self) -> str:
        """The word that is the same for the same state only."""
        return self.now.key

    def answer(self, path: str) -> Answer:
        """What is there by that path; a page that says so where nothing is."""
        with self.making:
            answer = self.made.get(path) or self._answer(path)
            if answer.status is HTTPStatus.OK:
                if len(self.made) >= MOST_KEPT:
                    self.made.clear()
                self.made[path] = answer
        return answer

    def _answer(self, path: str) -> Answer:
        if self.ground is None:
            status = HTTPStatus.OK if path == FIRST else HTTPStatus.NOT_FOUND
            return _as_answer(status, page(live(nothing_yet(self.name), self.now)).encode("utf-8", "backslashreplace"))
        data = self.ground.file(path)
        if data is not None:
            return _as_answer(HTTPStatus.OK, data, kind_of(path))
        links = tuple(Link(way.title, f"/{way.path}") for way in self.ground.ways)
        gone = page(live(nothing_there(self.ground.about, links), self.now))
        return _as_answer(HTTPStatus.NOT_FOUND, gone.encode("utf-8", "backslashreplace"))


def _as_answer(status: HTTPStatus, data: bytes, kind: str = kind_of(FIRST)) -> Answer:
    """A file as an answer; a page with its own policy, any other file with one that allows nothing."""
    if kind != kind_of(FIRST):
        return Answer(status, data, kind)
    found = POLICY.search(data[:4000].decode("utf-8", "replace"))
    return Answer(status, data, kind, unescape(found[1])) if found else Answer(status, data, kind)


class Follower:
    """Looks at a case again and again, and keeps the last state of it that could be judged."""

    def __init__(self, folder: Path, *, policy: Path | None = None, as_of: dt.date | None = None) -> None:
        self.folder, self.policy, self.as_of = folder, policy, as_of
        self.seen = ""
        self.last: Assessment | None = None
        self.making = threading.Lock()

    def looked_at(self, saved: Iterable[str] = ()) -> Shot | None:
        """What there is now, saved by these paths; None where it is what was there at the last look.

        Raises `ClaimsError` at the first look where there is no case, or no such policy, and `OSError` where it cannot
        be read; later that is shown, as what is wrong.
        """
        try:
            case, problems = read_case(self.folder, policy=self.policy, cache=False)
        except (ClaimsError, OSError) as error:
            if not self.seen:
                raise
            return self._broken((), shown(str(error)))
        return self._broken(problems, None) if case is None else self._judged(case, tuple(saved))

    def _judged(self, case: Case, saved: tuple[str, ...]) -> Shot | None:
        key = _key("judged", case.digest, case.policy.model_dump_json())
        if key == self.seen:
            return None
        before, self.last, self.seen = self.last, assess(case, self.as_of), key
        state = CaseState(case.id, Now(key, case.warnings), self.last, self.making)
        return Shot(state, _what_changed(before, self.last, saved))

    def _broken(self, problems: tuple[Problem, ...], refusal: str | None) -> Shot | None:
        digest = self.last.case.digest if self.last else ""
        key = _key("broken", digest, refusal or "", *map(repr, problems))
        if key == self.seen:
            return None
        self.seen = key
        now = Now(key, problems, refusal, is_earlier=self.last is not None)
        state = CaseState(shown(self.folder.resolve().name), now, self.last, self.making)
        errors = [problem for problem in problems if problem.severity == "error"]
        number = f"{len(errors)} error{'' if len(errors) == 1 else 's'}, the first: " if errors else ""
        return Shot(state, f"{number}{refusal or shown(str(errors[0]))}")


def _key(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _what_changed(before: Assessment | None, after: Assessment, saved: tuple[str, ...]) -> str:
    """`saved claims.yaml: 1 verdict changed, 2 new claims`; what there is, where nothing was there before."""
    now = _verdicts(after)
    if before is None:
        return f"{len(now)} claim{'' if len(now) == 1 else 's'}"
    then = _verdicts(before)
    changed = sum(then[id_] != now[id_] for id_ in now.keys() & then.keys())
    new, gone = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    counts = (
        (changed, "verdict changed", "verdicts changed"),
        (new, "new claim", "new claims"),
        (gone, "claim gone", "claims gone"),
    )
    told = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts if number)
    files = f"saved {', '.join(map(shown, saved))}: " if saved else ""
    return f"{files}{told or 'no verdict changed'}"


def _verdicts(assessment: Assessment) -> Mapping[str, str]:
    return {claim.id: assessment.verdict(n) for n, claim in enumerate(assessment.case.claims)}
