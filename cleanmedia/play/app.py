"""The application behind the page. It cleans the texts it receives, and reads no files but its own."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cleanmedia import filters
from cleanmedia.core.context import given
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.decoding.decode import decode
from cleanmedia.phrases.files import KINDS
from cleanmedia.play import suggest
from cleanmedia.play.protocol import SECONDS
from cleanmedia.presets import PRESETS
from cleanmedia.report.document import Document
from cleanmedia.report.page import assemble, tables

__all__ = ["MOST_BYTES", "application"]

MOST_BYTES = 4 << 20  # of a request

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class _Refused(Exception):
    """A refused request. The message says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def application(hosts: frozenset[str], folder: Path) -> "Guard":
    """Return the application. It answers requests to ``hosts`` (each ``name:port``) that come from its own page.

    ``folder`` is an empty folder, for phrases to try.
    """

    async def page(request: Request) -> Response:
        return HTMLResponse(_page(), headers=_HEADERS)

    def posts(work: Callable[[Any], Any], raw: bool = False) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                body = await _body(request, "application/octet-stream" if raw else "application/json")
                result = await run_in_threadpool(lambda: work(body if raw else _object(body)))
            except _Refused as error:
                return _json({"error": str(error)}, error.status)
            except (ValueError, LookupError) as error:
                return _json({"error": str(error)}, 400)
            return _json(result)

        return answer

    return Guard(
        Starlette(
            routes=[
                Route("/", page),
                Route("/clean", posts(lambda sent: _clean(sent, folder)), methods=["POST"]),
                Route("/decode", posts(_decode, raw=True), methods=["POST"]),
                Route("/phrase", posts(_phrase), methods=["POST"]),
                Route("/case", posts(lambda sent: _case(sent, folder)), methods=["POST"]),
            ]
        ),
        hosts,
    )


class Guard:
    """Passes requests from the application's own page on, and refuses those from other pages.

    Another page can send requests here, but not with this origin. One whose own host name resolves to this address
    (DNS rebinding) sends another host.
    """

    def __init__(self, app: Starlette, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await _json({"error": refusal}, 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str | None:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        if len(headers.get("host", ())) != 1 or headers["host"][0] not in self._hosts:
            return "asked for another host"
        own = [f"http://{headers['host'][0]}"]
        if headers.get("origin", own if scope["method"] in ("GET", "HEAD") else None) != own:
            return "sent from another origin"
        if headers.get("sec-fetch-site", ["same-origin"])[0] not in ("same-origin", "none"):
            return "sent from another site"
        return None


async def _body(request: Request, content_type: str) -> bytes:
    """Return the body of a request, unless it is too long. A form on another page cannot send these content types."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != content_type:
        raise _Refused(415, f"the content must be {content_type}")
    body = bytearray()
    chunks = request.stream()
    end = asyncio.get_running_loop().time() + SECONDS
    while (rest := end - asyncio.get_running_loop().time()) > 0:
        try:
            chunk = await asyncio.wait_for(anext(chunks, None), rest)
        except TimeoutError:
            break
        if chunk is None:
            return bytes(body)
        body += chunk
        if len(body) > MOST_BYTES:
            raise _Refused(413, f"too long: this page takes up to {MOST_BYTES >> 20} MB; the command line takes more")
    raise _Refused(408, f"the request did not arrive in {SECONDS} seconds")


def _object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    if not isinstance(sent, dict):
        raise ValueError("the content must be an object")
    return sent


def _text(sent: dict[str, Any], name: str) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text")
    return value


def _json(values: Any, status: int = 200) -> Response:
    content = json.dumps(values)  # ASCII, so that lone surrogates pass
    return Response(content, status, _HEADERS, "application/json")


def _page() -> str:
    values = {
        **tables([]),
        "presets": {name: [found.name for found in preset.filters] for name, preset in PRESETS.items()},
        "kinds": sorted(KINDS),
    }
    styles, scripts = ([f"report/base.{kind}", f"report/marks.{kind}", f"play/play.{kind}"] for kind in ("css", "js"))
    return assemble("cleanmedia play", values, styles, [name for name in scripts if name != "report/base.js"], "'self'")


def _pipeline(sent: dict[str, Any], folder: Path) -> Pipeline:
    """Return the pipeline that the request asks for. Raises ValueError if a part of it is unknown."""
    preset, without = _text(sent, "preset"), sent.get("without", [])
    if preset not in PRESETS:
        raise ValueError(f"no preset {preset!r}; there are {', '.join(PRESETS)}")
    if not isinstance(without, list):
        raise ValueError("without must be a list of filters")
    made = PRESETS[preset]
    known = [found.name for found in made.filters]
    phrases, title = _text(sent, "phrases"), _text(sent, "title")
    if phrases.strip() and "widgets" in known:
        made = made.replace(filters.widgets(catalogues=[_phrase_file(phrases, folder)]))
    made = made.without(*[name for name in map(str, without) if name in known])
    return given(made, title=title) if title.strip() else made


def _phrase_file(phrases: str, folder: Path) -> str:
    """Write phrases to a file, named after its content, and return its path."""
    fault = suggest.check(phrases)
    if fault:
        raise ValueError(fault)
    data = phrases.encode("utf-8")
    path = folder / f"{sha256(data).hexdigest()[:32]}.txt"
    if not path.exists():
        path.write_bytes(data)
    return str(path)


def _clean(sent: dict[str, Any], folder: Path) -> dict[str, Any]:
    return tables([Document.of("text", _pipeline(sent, folder).trace(_text(sent, "text")))])


def _decode(data: bytes) -> dict[str, Any]:
    return decode(data)._asdict()


def _phrase(sent: dict[str, Any]) -> dict[str, Any]:
    return suggest.phrase(_text(sent, "line"))._asdict()


def _case(sent: dict[str, Any], folder: Path) -> dict[str, Any]:
    pipeline, at = _pipeline(sent, folder), sent.get("at")
    if not isinstance(at, int):
        raise ValueError("at must be an offset in the text")
    trace = pipeline.trace(_text(sent, "text"))
    return suggest.case(pipeline, trace, _text(sent, "filter"), at)._asdict()
