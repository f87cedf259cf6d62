"""To and from JSON, checked: the store and the HTTP interface speak through here."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Value = TypeVar("Value")
Json = dict[str, Any]


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(value: object) -> Json:
    """Turn a value of `messages` into plain JSON data; decimals and dates become strings."""
    data = _adapter(type(value)).dump_python(value, mode="json")
    assert isinstance(data, dict)
    return data


def from_json(kind: type[Value], data: object) -> Value:
    """Build a value from JSON data.

    Raises:
        pydantic.ValidationError: The data does not have that shape.
    """
    return cast("Value", _adapter(kind).validate_python(data))
