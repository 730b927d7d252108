"""The picture of how a claim developed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from claims.auditing.audit import audit
from claims.flow import assess
from claims.pictures.development import development_picture, stops
from tests.cases import Sections, case_of
from tests.hostile import HOSTILE
from tests.pictures.drawing import NAME, is_plain, root_of, texts_of
from tests.present.audits import hostile_audit, plural_audit
from tests.strategies import sections

if TYPE_CHECKING:
    from collections.abc import Callable


@given(sections())
def test_any_claim_can_be_drawn(entries: Sections) -> None:
    assessment = assess(case_of(entries))
    for claim in entries["claims"]:
        found = audit(assessment, claim["id"])
        picture = development_picture(found)
        assert is_plain(picture)
        assert len(picture.words) == 1 + len(stops(found))


def test_every_change_is_a_stop_and_days_without_one_are_folded() -> None:
    found = plural_audit()
    changes = [moment.day for moment in found.timeline if moment.is_change]
    assert [stop.day for stop in stops(found) if stop.moment.is_change] == changes
    assert sum(len(stop.events) for stop in stops(found)) == sum(len(one.events) for one in found.timeline)


def test_each_new_verdict_is_named_or_has_its_sign() -> None:
    found = plural_audit()
    tips = [one.text for one in root_of(development_picture(found)).iter(f"{NAME}title")][1:]
    verdicts = [moment.verdict for moment in found.timeline]
    expected = [v for n, v in enumerate(verdicts) if n == 0 or v != verdicts[n - 1]]
    assert [(tip or "").split(" ")[1] for tip in tips] == expected


def test_the_last_probability_is_written() -> None:
    assert f"{plural_audit().claim.probability:.2f}" in texts_of(development_picture(plural_audit()))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    assert is_plain(development_picture(hostile_audit(text)))


def test_the_development_of_the_plural_claim(golden: Callable[[str, str], None]) -> None:
    golden("development.svg", development_picture(plural_audit()).svg.replace("><", ">\n<"))
