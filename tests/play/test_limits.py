"""cleanmedia play under attack: every request has an end, and none costs much."""

import json
import socket
import time

import pytest

pytest.importorskip("starlette", reason="no starlette: pip install 'cleanmedia[play]'")
pytest.importorskip("uvicorn", reason="no uvicorn: pip install 'cleanmedia[play]'")

from cleanmedia.play import protocol
from cleanmedia.play.app import _pipeline
from cleanmedia.play.suggest import phrase
from tests.play.test_play import ask, port

pytestmark = pytest.mark.xdist_group("play")

__all__ = ["port"]


def test_json_that_is_nested_too_deeply(port):
    status, answer = ask(port, "POST", "/clean", b"[" * 1_000_000)
    assert (status, answer["error"]) == (400, "the JSON is nested too deeply")
    status, answer = ask(port, "POST", "/clean", b'{"text":' * 100_000)
    assert status == 400


def test_a_long_line_is_no_phrase(port):
    status, answer = ask(port, "POST", "/phrase", {"line": "12 May 2020 " * 160_000})
    assert (status, answer["text"]) == (200, "")
    assert "400 at most" in answer["fault"]
    assert len(json.dumps(answer)) < 1_000
    assert phrase(" ".join(["word"] * 80)).fault == ""


def closed_after(port, sent, seconds):
    """Whether the server closes a connection on which this is sent, a byte a moment."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.settimeout(0.2)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                connection.sendall(sent[:1])
                sent = sent[1:]
                if connection.recv(1_000) == b"":
                    return True
            except TimeoutError:
                continue
            except OSError:
                return True
    return False


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 10_000], ids=["nothing", "half a head"]
)
def test_connections_on_which_no_request_comes_are_closed(monkeypatch, sent):
    import threading

    import uvicorn

    monkeypatch.setattr(protocol, "SECONDS", 1)

    async def app(scope, receive, send): ...

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, http=protocol.Protocol, lifespan="off", log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert closed_after(listening.getsockname()[1], sent, 120)
        finally:
            server.should_exit = True
            thread.join(120)


def test_a_body_that_does_not_come_is_not_waited_for(port, monkeypatch):
    import asyncio

    from cleanmedia.play import app

    monkeypatch.setattr(app, "SECONDS", 0.2)

    class Request:
        headers = {"content-type": "application/json"}  # noqa: RUF012

        async def stream(self):
            yield b"{"
            await asyncio.sleep(60)

    with pytest.raises(app._Refused, match="did not arrive"):
        asyncio.run(app._body(Request(), "application/json"))


def test_the_headline_is_repaired_as_on_the_command_line(tmp_path):
    text = "Bridge stays open, council says\n\nIt was a long night in the town hall of the city.\n\nBridge stays open, council says\n"
    made = _pipeline({"preset": "news", "title": "Bridge stays&nbsp;open, council says"}, tmp_path)
    assert made(text).count("Bridge") == 1
