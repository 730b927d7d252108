"""The policy of a case: the default one, with what the case or an option changes laid over it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from claims.model.errors import BadRequest
from claims.model.policy import AssignedCredibility, Policy, merged
from claims.read.characters import shown
from claims.read.drafts import Draft, Spot
from claims.read.hidden import hidden_character
from claims.read.mistakes import mistake, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DEFAULT: Final = "default-1"
LARGEST_POLICY: Final = 2**20


def default_bytes() -> bytes:
    """The default policy, as it ships."""
    return files("claims").joinpath("policies", f"{DEFAULT}.yaml").read_bytes()


@cache
def default_policy() -> Policy:
    """The default policy."""
    return Policy.model_validate(default_tree())


@cache
def default_tree() -> dict[str, Any]:
    """The default policy as text, mapping by mapping."""
    from claims.read.yaml import tree_of  # noqa: PLC0415 - a case from the cache needs no parser

    tree: dict[str, Any] = tree_of(default_bytes(), f"{DEFAULT}.yaml").value
    return tree


def laid_over(changes: Mapping[str, Any], spot: Spot, name: str) -> tuple[Policy | None, list[Draft]]:
    """The default policy with `changes`; it is called `name` where they change something and give no name.

    `spot` is where the changes stand. None where they have errors.
    """
    drafts = list(_underscores(changes, spot))
    if drafts:
        return None, drafts
    tree = merged(default_tree(), changes)
    try:
        policy = Policy.model_validate(tree)
        if "policy" not in changes and policy != default_policy():
            policy = policy.model_copy(update={"policy": name})
    except ValidationError as error:
        return None, [_mistake(problem, spot) for problem in error.errors(include_url=False)]
    return policy, []


def read_policy(path: Path) -> tuple[Policy | None, tuple[Draft, ...]]:
    """The policy in a file, laid over the default one, or what is wrong with the file.

    Raises `BadRequest` where it cannot be read at all.
    """
    return policy_from(policy_bytes(path), path)


def policy_bytes(path: Path) -> bytes:
    """The bytes of a policy file. Raises `BadRequest`."""
    try:
        if not path.is_file():
            raise BadRequest(f"there is no policy file {shown(str(path))}")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_POLICY + 1)
    except (OSError, ValueError) as error:
        raise BadRequest(f"the policy file {shown(str(path))} cannot be read") from error
    if len(data) > LARGEST_POLICY:
        raise BadRequest(f"the policy file {shown(str(path))} is larger than 1 MB")
    return data


def policy_from(data: bytes, path: Path) -> tuple[Policy | None, tuple[Draft, ...]]:
    """The policy that the bytes of a file hold, or what is wrong with them."""
    from claims.read.yaml import tree_of  # noqa: PLC0415 - a case from the cache needs no parser

    file = shown(str(path))
    tree = tree_of(data, file)
    drafts, value = list(tree.drafts), tree.value
    if value is None and not drafts:
        drafts.append(Draft("empty-file", "the policy file says nothing", Spot(file), "`claims policy` prints one"))
    elif value is not None and not isinstance(value, dict):
        drafts.append(Draft("not-a-mapping", "a policy is made of keys and values", Spot(file)))
    drafts.extend(
        hidden_character(str(where[-1]), Spot(file, where), character, is_text=False)
        for where, character in tree.hidden.items()
        if where
    )
    if any(draft.severity == "error" for draft in drafts):
        return None, tuple(drafts)
    policy, problems = laid_over(value, Spot(file), f"{DEFAULT}+{shown(path.stem)}")
    return policy, (*drafts, *problems)


def _underscores(changes: Mapping[str, Any], spot: Spot) -> Iterator[Draft]:
    """Keys with '_' that are written with '-': pydantic would take either, and the default's would win."""
    table = changes.get("credibility")
    for name, field in AssignedCredibility.model_fields.items():
        if field.alias and isinstance(table, dict) and name in table:
            where = spot.at("credibility", name)
            yield Draft(
                "unknown-key",
                f"a policy has no key '{name}'",
                Spot(where.file, where.path, "key"),
                f"did you mean '{field.alias}'?",
            )


def _mistake(error: Any, spot: Spot) -> Draft:
    if error["type"] == "value_error" and not error["loc"]:
        return Draft("bad-policy", str(error["ctx"]["error"]), spot, "`claims policy` prints the default one")
    if error["loc"] and error["loc"][-1] == "[key]":
        where = spot.at(*error["loc"][:-1])
        return Draft(
            "unknown-key",
            f"'{short(str(error['input']))}' is no grade",
            Spot(where.file, where.path, "key"),
            "letters are A to E, digits 2 to 5: F, 6 and 1 have no probability of their own",
        )
    return mistake(error, Policy, "policy", spot)
