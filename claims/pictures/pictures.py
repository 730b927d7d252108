"""The pictures of a claim by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from claims.pictures.chain import chain_picture
from claims.pictures.development import development_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claims.model.audit import Audit
    from claims.pictures.svg import Picture

PICTURES: Final[Mapping[str, Callable[[Audit], Picture]]] = MappingProxyType(
    {"chain": chain_picture, "development": development_picture}
)
