"""JSON Schemas of what people write: the files of a case, and a policy. Made from the models, for editors and scripts.

An editor reads YAML 1.2, where `2015` is a number and `NO` is text; the reader of a case takes every scalar as text.
The schema therefore takes a number or a truth value wherever text may stand, one value wherever a list of them may,
and nothing at all where a key may be left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from claims.model.claim import Claim
from claims.model.document import Document
from claims.model.entry import ID_PATTERN
from claims.model.finding import Finding
from claims.model.header import Header
from claims.model.meanings import meanings
from claims.model.party import Party
from claims.model.policy import Policy
from claims.model.source import Source
from claims.model.speaker import Speaker
from claims.model.statement import Statement

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import core_schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SCALARS: Final = ("string", "number", "boolean")
PORTABLE_ID: Final = r"^([a-z0-9]|[^\x00-\x7f])+([-.]([a-z0-9]|[^\x00-\x7f])+)*$"
"""ID_PATTERN for programs that do not know classes of Unicode: it lets some letters pass that the reader refuses."""

SECTIONS: Final[tuple[tuple[str, type[BaseModel], str], ...]] = (
    ("parties", Party, "Sides with interests."),
    ("sources", Source, "Who publishes or originates information."),
    ("speakers", Speaker, "Persons and bodies that make statements."),
    ("documents", Document, "Publications, each by one source."),
    ("claims", Claim, "Checkable propositions."),
    ("statements", Statement, "Who said it, where, in what words."),
    ("findings", Finding, "What each document says about each claim."),
)
"""The sections of a case, in the order in which they refer to each other."""

SHORT_FORMS: Final = {
    ("Document", "retracted"): {"type": "string", "description": "Short: 2015-06-01 wrong figure"},
    ("Claim", "searches"): {"type": "string", "description": "Short: where was looked"},
}
"""Keys of which a short form is text where the long one is a mapping."""


class Explained(GenerateJsonSchema):
    """Schemas in which each key says what it means."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A mapping, with the meaning of each key."""
        result = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, text in meanings(model).items():
            key = model.model_fields[name].alias or name
            written = {name: value for name, value in result["properties"][key].items() if name != "description"}
            result["properties"][key] = {"description": text, **written}
        return result


class Written(Explained):
    """Schemas of values as a person writes them in YAML."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text: any scalar."""
        result = super().str_schema(schema)
        result["type"] = list(SCALARS)
        if result.get("pattern") == ID_PATTERN:
            result["pattern"] = PORTABLE_ID
        return result

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """A list, or the one value that would stand in it."""
        result = super().tuple_schema(schema)
        return {"anyOf": [result, result["items"]]} if "items" in result else result

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """One of a few values; a digit may stand in quotes."""
        result = super().literal_schema(schema)
        digits = [value for value in result.get("enum", ()) if isinstance(value, int)]
        return (
            {"anyOf": [result, {"type": "string", "pattern": f"^[{min(digits)}-{max(digits)}]$"}]} if digits else result
        )

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What may be left out may also be left empty."""
        result = super().default_schema(schema)
        default = result.pop("default", None)
        if default not in (None, (), []):
            result["default"] = default
        return _nullable(result)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be nothing."""
        return _nullable(self.generate_inner(schema["schema"]))


def case_schema() -> dict[str, Any]:
    """The schema of any YAML file of a case."""
    models: tuple[type[BaseModel], ...] = (Header, *(model for _, model, _ in SECTIONS))
    _, made = models_json_schema([(model, "validation") for model in models], schema_generator=Written)
    definitions = made["$defs"]
    _shortened(definitions)
    header = definitions.pop("Header")["properties"]
    header["policy"] = _nullable(_partial(policy_schema())) | {"description": header["policy"]["description"]}
    sections = {
        name: {"description": about, "type": ["array", "null"], "items": {"$ref": f"#/$defs/{model.__name__}"}}
        for name, model, about in SECTIONS
    }
    return {
        "$schema": DIALECT,
        "title": "A file of a case",
        "description": "Any *.yaml of a case; `case`, `title`, `about` and `policy` stand in case.yaml alone.",
        "type": "object",
        "properties": _untitled(header | sections),
        "additionalProperties": False,
        "$defs": _untitled(definitions),
    }


def policy_schema() -> dict[str, Any]:
    """The schema of a whole policy; a file for `--policy` may leave out what it does not change."""
    made = Policy.model_json_schema(by_alias=True, schema_generator=Explained)
    whole: dict[str, Any] = _resolved(made, made.get("$defs", {}))
    whole.pop("$defs", None)
    return {"$schema": DIALECT, "title": "A policy", **_untitled({k: v for k, v in whole.items() if k != "title"})}


def _shortened(definitions: dict[str, Any]) -> None:
    """Add the short forms of mappings."""
    for (model, key), short in SHORT_FORMS.items():
        properties = definitions[model]["properties"]
        written = properties[key]
        options = written.pop("anyOf", None) or [{"$ref": written.pop("$ref")}]
        for option in options:
            if option.get("type") == "array":
                option["items"] = {"anyOf": [option["items"], short]}
        properties[key] = {"anyOf": [*options, short], **written}


def _nullable(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A schema that takes nothing as well; what is said about it is said about both."""
    if "type" in schema:
        kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if "null" in kinds:
            return schema
        values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
        return {**schema, **values, "type": [*kinds, "null"]}
    if any("null" in option.get("type", ()) for option in schema.get("anyOf", ())):
        return schema
    about = {key: value for key, value in schema.items() if key in ("default", "description", "title")}
    options = schema["anyOf"] if "anyOf" in schema else [{k: v for k, v in schema.items() if k not in about}]
    return {"anyOf": [*options, {"type": "null"}], **about}


def _partial(schema: Any) -> Any:
    """A schema of which any part may be left out."""
    if isinstance(schema, dict):
        return {key: _partial(value) for key, value in schema.items() if key not in ("required", "$schema", "title")}
    return [_partial(value) for value in schema] if isinstance(schema, list) else schema


def _resolved(schema: Any, definitions: dict[str, Any]) -> Any:
    """A schema with every definition in its place."""
    if isinstance(schema, list):
        return [_resolved(value, definitions) for value in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _resolved(value, definitions) for key, value in schema.items() if key != "$ref"}
    if "$ref" in schema:
        result = _resolved(definitions[schema["$ref"].rpartition("/")[2]], definitions) | result
    return result


def _untitled(schema: Any) -> Any:
    """A schema without the titles that only repeat the name of a key."""
    if isinstance(schema, list):
        return [_untitled(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _untitled(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
