"""What an audit shows, on every face; and that nothing in it comes alive, whatever stands in the case."""

from __future__ import annotations

import json as parser
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from rich.cells import cell_len

from claims.auditing.audit import audit
from claims.auditing.choice import choices
from claims.flow import assess
from claims.model import audit as values
from claims.model.assessment import WHYS
from claims.present import audit_json, evidence_view, markdown, terminal, timeline_view, what_if_view
from claims.present import audit_view as faces
from claims.present.audit_schema import audit_schema
from claims.present.audit_view import audit_view, choices_view
from claims.present.escape import BIDI
from claims.present.wording import WHY
from claims.read.policy import default_policy
from tests.cases import case_of, sketch
from tests.hostile import HOSTILE
from tests.present.audits import hostile_audit, plural_audit, plural_case
from tests.present.test_hostile import AUTOLINK, COLOUR, CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.model.audit import Audit
    from claims.present.view import View

SCREENS = [
    ("audit-wide.txt", 120, False, True),
    ("audit-middle.txt", 80, False, True),
    ("audit-narrow.txt", 40, False, True),
    ("audit-colour.txt", 100, True, True),
    ("audit-ascii.txt", 80, False, False),
]
ASKED: list[tuple[str | None, tuple[str, ...]]] = [
    (None, ()), ("bbc-two", ("sohr", "wire")), ("court-doc", ("blog",)), ("ring-a", ("manar",)),
]  # fmt: skip
TEXTS = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def shown(view: View, width: int = 80) -> str:
    return terminal.render(view, width=width, colour=False, unicode=True)


@pytest.mark.parametrize(("name", "width", "colour", "unicode"), SCREENS)
def test_an_audit_on_a_terminal(
    golden: Callable[[str, str], None], name: str, width: int, colour: bool, unicode: bool
) -> None:
    golden(name, terminal.render(audit_view(plural_audit()), width=width, colour=colour, unicode=unicode))


def test_an_audit_in_the_other_formats(golden: Callable[[str, str], None]) -> None:
    golden("audit.md", markdown.render(audit_view(plural_audit())))
    golden("audit.json", audit_json.render(plural_audit("bbc-two", ("sohr", "wire")), default_policy()))


def test_the_short_answers(golden: Callable[[str, str], None]) -> None:
    golden("audit-why.txt", "\n".join(shown(audit_view(plural_audit(*asked))) for asked in ASKED[1:]))


def test_the_claims_to_choose_from(golden: Callable[[str, str], None]) -> None:
    golden("audit-choices.txt", shown(choices_view(choices(assess(plural_case())), "A test")))


def test_every_word_is_said() -> None:
    assert set(faces.RELATED) == set(values.RELATIONS)
    assert set(faces.QUOTES) | {"ambiguous"} == set(values.QUOTE_STATUSES)
    assert set(faces.TEXTS) == set(values.TEXT_STATUSES)
    assert set(what_if_view.HOWS) == set(values.HOWS)
    assert set(what_if_view.ENDS) == set(values.ENDS)
    assert set(what_if_view.LEFT_OUT) | {"named"} == set(values.LEFT_WHYS)
    assert set(timeline_view.TOLD) == set(values.WHATS)
    assert set(WHY) == set(WHYS) >= evidence_view.LISTED


def test_the_verdict_stands_first_and_every_finding_is_told() -> None:
    found = plural_audit()
    text = shown(audit_view(found), 400)
    assert text.index("disputed") < text.index("Who said it") < text.index("The sum") < text.index("What stands")
    for finding in found.findings:
        assert f"{finding.place.file}:{finding.place.line}" in text if finding.place else False
        assert evidence_view.short_id(finding) in text or finding.stance == "repeats"


ROW = re.compile(r"^\u200e?([+−]) .*?([\d.]+|\([\d.]+\)) +\S+ +\S+$", re.MULTILINE)


def test_the_printed_sum_can_be_done_again() -> None:
    rows = ROW.findall(shown(audit_view(plural_audit()), 120))
    total = sum(float(weight) * (1 if sign == "+" else -1) for sign, weight in rows if not weight.startswith("("))
    assert len(rows) == 6
    assert total == pytest.approx(plural_audit().arithmetic.log_odds.given, abs=0.002)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_json_is_as_its_schema_says(asked: tuple[str | None, tuple[str, ...]]) -> None:
    data = parser.loads(audit_json.render(plural_audit(*asked), default_policy()))
    assert not list(Draft202012Validator(audit_schema()).iter_errors(data))
    assert data["claim"]["id"] == "area"
    assert {finding["id"] for finding in data["findings"]} == {one.id for one in plural_audit().findings}


def test_the_hash_seed_of_python_never_reaches_the_output() -> None:
    code = (
        "from claims.present import audit_json, terminal\n"
        "from claims.present.audit_view import audit_view\n"
        "from claims.read.policy import default_policy\n"
        "from tests.present.audits import plural_audit\n"
        "print(audit_json.render(plural_audit('bbc-two', ('sohr', 'wire')), default_policy()))\n"
        "print(terminal.render(audit_view(plural_audit()), width=100, colour=True, unicode=False))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_chain_of_any_length_is_drawn_and_written() -> None:
    names = [f"n{n}" for n in range(1500)]
    entries = sketch("<-".join([*names, "Wire"]))
    found = audit(assess(case_of(entries)), "c", why="n0")
    views = audit_view(found), audit_view(found._replace(why=None))
    assert max(cell_len(line) for view in views for line in shown(view, 60).split("\n")) <= 60
    assert "and further than is followed" in shown(views[0], 120)
    assert "… 1493 documents, each from the one above" in shown(views[1], 120)
    assert parser.loads(audit_json.render(found, default_policy()))["findings"][0]["chain"]


def hostile(text: str) -> list[Audit]:
    return [hostile_audit(text, why=why, without=without) for why, without in ASKED]


@TEXTS
@pytest.mark.parametrize("width", [120, 40])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_reaches_the_terminal_that_it_would_obey(text: str, width: int, unicode: bool) -> None:
    for found in hostile(text):
        drawn = terminal.render(audit_view(found), width=width, colour=False, unicode=unicode)
        assert not CONTROLS.search(drawn)
        assert not BIDI & set(drawn)
        assert max(cell_len(line) for line in drawn.split("\n")) <= width
        assert drawn.isascii() or unicode


@TEXTS
def test_the_only_escape_sequences_are_our_colours(text: str) -> None:
    for found in hostile(text):
        coloured = terminal.render(audit_view(found), width=80, colour=True, unicode=True)
        plain = shown(audit_view(found)).split("\n")
        assert [line.rstrip() for line in COLOUR.sub("", coloured).split("\n")] == plain


@TEXTS
def test_nothing_of_markdown_or_html_comes_alive(text: str) -> None:
    for found in hostile(text):
        drawn = markdown.render(audit_view(found))
        tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(drawn)
        inline = [child for token in tokens for child in token.children or []]
        kinds = {token.type for token in tokens} | {child.type for child in inline}
        assert not kinds & {"link_open", "image", "code_inline", "fence", "code_block", "html_block", "hr", "em_open"}
        assert not [child for child in inline if child.type == "html_inline" and child.content != "<br>"]
        assert not CONTROLS.search(drawn)
        assert not AUTOLINK.search(drawn)
        assert not BIDI & set(drawn)
        assert "$" not in drawn


@TEXTS
def test_the_json_is_valid_and_safe(text: str) -> None:
    for found in hostile(text):
        drawn = audit_json.render(found, default_policy())
        assert not CONTROLS.search(drawn)
        assert not BIDI & set(drawn)
        assert not list(Draft202012Validator(audit_schema()).iter_errors(parser.loads(drawn)))
