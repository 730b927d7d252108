"""A page that follows the case: it says what is wrong with it, and shows itself anew when it is saved.

Such a page asks its own server one thing, whether the case has changed, and may do nothing else that another may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from claims.pages.frame import About, Link, Page
from claims.pages.templating import asset, rendered
from claims.present.problems import excerpt

if TYPE_CHECKING:
    from claims.model.problem import Problem, Severity
    from claims.present.problems import Excerpt

MOST: Final = 50
"""Problems of a kind that are shown; the number of the others is told."""
ALLOWED: Final = ("connect-src 'self'",)


class Now(NamedTuple):
    """How things are at the moment, told above what a page shows."""

    key: str
    """The state that the page is of: it shows itself anew when that is another."""
    problems: tuple[Problem, ...] = ()
    refusal: str | None = None
    """Why there is no case at all to read."""
    is_earlier: bool = False
    """Whether what the page shows is of an earlier state, as none can be made of this one."""


class Told(NamedTuple):
    """A problem, in the words of the page."""

    place: str
    line: int
    code: str
    message: str
    hint: str | None
    excerpt: Excerpt | None
    also: tuple[str, ...]


class Some(NamedTuple):
    """Problems of one kind, and how many more there are than are shown."""

    told: tuple[Told, ...]
    more: int


def live(made: Page, now: Now) -> Page:
    """The page, following the case. Nothing of it is left out."""
    return made._replace(
        body=rendered(
            "live.html",
            key=now.key,
            errors=_some(now.problems, "error"),
            warnings=_some(now.problems, "warning"),
            refusal=now.refusal,
            is_earlier=now.is_earlier,
            digest=made.about.digest[:19],
            body=made.body,
        ),
        scripts=(*made.scripts, f"\n{asset('live.js')}"),
        styles=(*made.styles, f"\n{asset('live.css')}"),
        allows=(*made.allows, *ALLOWED),
    )


def _some(problems: tuple[Problem, ...], severity: Severity) -> Some:
    ours = [problem for problem in problems if problem.severity == severity]
    return Some(tuple(map(_told, ours[:MOST])), len(ours[MOST:]))


def _told(problem: Problem) -> Told:
    return Told(
        place=f"{problem.file}:{problem.line}:{problem.key or problem.column}",
        line=problem.line,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        excerpt=excerpt(problem),
        also=tuple(map(str, problem.also)),
    )


def nothing_there(about: About, links: tuple[Link, ...] = ()) -> Page:
    """The page for an address that no page of this state has: an entry that is gone, or was renamed."""
    return Page("No such page", about, rendered("nothing.html"), links)


def nothing_yet(case: str) -> Page:
    """The page of a case of which no state could be judged so far. case: how its folder is called."""
    return Page(None, About(case, case, "", "none yet", None), Markup())
