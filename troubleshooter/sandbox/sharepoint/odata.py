"""Renders REST responses in the form that the Accept header requests: three kinds of JSON, or else Atom XML."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"

_SPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" '
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"'
)


def represent(request: Request, value: Value, *, name: str, type_: str) -> Response:
    """Return the value as nometadata, minimal or verbose JSON, or as XML.

    Args:
        name: the name of the call, which wraps a single value.
        type_: the type of the entity, or of the elements of a list.
    """
    accept = request.headers.get("accept", "").lower()
    if "application/json" not in accept:
        return Response(_xml(value, name, type_), media_type="application/atom+xml;type=entry;charset=utf-8")
    if "verbose" in accept:
        inner = _verbose(value, type_) if isinstance(value, Mapping | list) else {name: value}
        return JSONResponse({"d": inner}, media_type="application/json;odata=verbose;charset=utf-8")
    body = dict(value) if isinstance(value, Mapping) else {"value": value}
    if "nometadata" in accept or "odata.metadata=none" in accept:
        return JSONResponse(body, media_type="application/json;odata=nometadata;streaming=true;charset=utf-8")
    address = f"https://{request.headers['host']}/_api/$metadata#{type_}"
    return JSONResponse({"odata.metadata": address} | body, media_type="application/json;odata=minimalmetadata")


def _verbose(value: Value, type_: str) -> Value:
    if isinstance(value, Mapping):
        inner = {key: _verbose(part, f"{type_}.{key}") for key, part in value.items()}
        return {"__metadata": {"type": type_}} | inner
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {"results": [_verbose(part, type_) for part in value]}
    return value


def _xml(value: Value, name: str, type_: str) -> str:
    head = '<?xml version="1.0" encoding="utf-8"?>'
    if isinstance(value, Mapping):
        return head + _entry(value, type_, _SPACES)
    if isinstance(value, Sequence) and not isinstance(value, str):
        entries = "".join(_entry(part, type_, "") for part in value if isinstance(part, Mapping))
        return f"{head}<feed {_SPACES}>{entries}</feed>"
    return head + _property(name, value, _SPACES)


def _entry(value: Mapping[str, Value], type_: str, spaces: str) -> str:
    inner = "".join(_property(key, part) for key, part in value.items())
    return (
        f'<entry {spaces}><category term="{type_}"/><title/><author><name/></author>'
        f'<content type="application/xml"><m:properties>{inner}</m:properties></content></entry>'
    )


def _property(name: str, value: Value, spaces: str = "") -> str:
    gap = f" {spaces}" if spaces else ""
    if value is None:
        return f'<d:{name}{gap} m:null="true"/>'
    if isinstance(value, bool):
        return f'<d:{name}{gap} m:type="Edm.Boolean">{str(value).lower()}</d:{name}>'
    if isinstance(value, int):
        return f'<d:{name}{gap} m:type="Edm.Int32">{value}</d:{name}>'
    if isinstance(value, str):
        return f"<d:{name}{gap}>{escape(value)}</d:{name}>"
    if isinstance(value, Mapping):
        inner = "".join(_property(key, part) for key, part in value.items())
    else:
        inner = "".join(_property("element", part) for part in value)
    return f"<d:{name}{gap}>{inner}</d:{name}>"
