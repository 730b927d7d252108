"""Report pages to look into: of the shipped case, and of a small one with hostile text in every field."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from claims.cases import open_case
from claims.flow import assess
from claims.pages.report import render
from claims.selection import report
from tests.cases import case_of
from tests.present.reports import hostile_report, plural


@cache
def shipped_page() -> str:
    """The page of the case that ships."""
    case = open_case(cache=False)
    return render(report(assess(case)), case)


def page_with(text: str) -> str:
    """A page with a claim of every verdict, and that text wherever a person writes freely."""
    case = replace(case_of(plural()), about=f"{text}\n\n{text}")
    found = hostile_report(text)
    named = found._replace(case=text, policy=text, digest=text, as_of=text)
    return render(named, case)
