"""An id, or the beginning of one."""

from __future__ import annotations

import pytest

from claims.auditing.choice import MOST, choices, chosen
from claims.flow import assess
from claims.model.errors import BadRequest, NotFound
from tests.present.audits import plural_case

KNOWN = ("camp", "camp-fell", "visit-one", "visit-two")


@pytest.mark.parametrize(
    ("given", "found"), [("camp", "camp"), ("camp-", "camp-fell"), ("camp-fell", "camp-fell"), ("visit-o", "visit-one")]
)
def test_an_id_or_a_beginning_that_no_other_shares_is_enough(given: str, found: str) -> None:
    assert chosen("claim", given, KNOWN) == found


def test_a_beginning_that_several_share_names_them() -> None:
    with pytest.raises(BadRequest, match="several ids of a claim begin with 'v': visit-one, visit-two; write more"):
        chosen("claim", "v", KNOWN)


def test_of_many_the_first_are_named_and_the_rest_counted() -> None:
    with pytest.raises(BadRequest, match=r"x09 and 5 more"):
        chosen("claim", "x", [f"x{n:02}" for n in range(MOST + 5)])


@pytest.mark.parametrize("given", ["cmap", "", "camp-fall"])
def test_what_is_none_is_said_with_what_is_near(given: str) -> None:
    with pytest.raises(NotFound, match=f"no claim is called '{given}'") as raised:
        chosen("claim", given, KNOWN)
    assert not given or "camp" in " ".join(raised.value.near)


def test_the_claims_come_in_the_order_of_the_files() -> None:
    assert [one.id for one in choices(assess(plural_case()))] == ["area", "field", "north", "visit", "war"]
