"""cleanmedia play: its suggestions, and its server as others may talk to it. tests/test_browser.py uses the page itself."""

import json
import signal
import socket
import subprocess
import sys
import tomllib
from http.client import HTTPConnection

import pytest

from cleanmedia import NEWS, filters
from cleanmedia.phrases.catalogue import Catalogue
from tests.support.commands import run
from tests.support.folders import SAMPLES

pytest.importorskip("starlette", reason="no starlette: pip install 'cleanmedia[play]'")
pytest.importorskip("uvicorn", reason="no uvicorn: pip install 'cleanmedia[play]'")

from cleanmedia.play.app import MOST_BYTES
from cleanmedia.play.suggest import case, check, phrase

pytestmark = pytest.mark.xdist_group("play")

PROSE = "The council met on Tuesday evening and voted, eleven to two, to keep the old bridge open.\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("  • Tell the Daily Bugle  about it »", "Tell the Daily Bugle about it"),
        ("17 Neighbours liked this", "{n} Neighbours liked this"),
        ("Seen on 12 May 2020 by Reuters", "Seen on {date} by {agency}"),
        ("ÉCOUTER LE REPLAY", "ÉCOUTER LE REPLAY"),
        ("分享给你的朋友 12 次", "分享给你的朋友{n}次"),
        ("Pass it on via Facebook!", "Pass it on via {network}!"),
    ],
)
def test_a_phrase_for_a_line(line, text):
    suggested = phrase(line)
    assert (suggested.text, suggested.fault, suggested.known) == (text, "", "")
    made = Catalogue()
    made.add(f"[more{suggested.heading}]\n{suggested.text}\n", "en", "mine.txt")
    assert made.match(line)


def test_a_short_phrase_goes_in_company():
    assert phrase("Our friends").heading == ", in company"
    assert phrase("Tell all of your friends").heading == ""


def test_a_phrase_that_is_known_or_cannot_be_one():
    assert phrase("  • SHARE ON X").known.startswith("Share on {network} (en.txt:")
    assert phrase("* * *").fault
    assert "no fixed word" in check("[share]\n{name}\n")
    assert check("[share]\nTell {name} about it\n") == ""


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (PROSE + "Share on Facebook\nMore text.\n", "widgets", "Share on"),
        (PROSE + "\nDownload Adobe Flash Player\nThe mayor\nThe code has been copied to your clipboard.\n", "widgets", "The mayor"),
        ("One.\nIt was over.. Really.\nThree.\n", "punctuation", ". Really"),
        ("An &amp; then a &lt;.\n" + PROSE, "entities", "&lt;"),
        (PROSE + "Caf&eacute;..\n" * 3, "entities", "&eacute;"),
    ],
)  # fmt: skip
def test_a_case_for_what_should_have_stayed(text, name, found):
    trace = NEWS.trace(text)
    suggested = case(NEWS, trace, name, text.index(found))
    assert suggested.file == f"tests/cases/{name}.toml"
    (entry,) = tomllib.loads(suggested.text)["fails"]
    piece, wanted = entry["text"], entry.get("becomes", entry["text"])
    found_by = getattr(filters, name)
    assert found_by(piece) != wanted, "as it stands, the case fails"
    assert found in wanted
    with pytest.raises(ValueError, match="changed nothing"):
        case(NEWS, trace, "mojibake", 0)


def test_a_case_is_small():
    text = PROSE * 20 + "Share on Facebook\n" + PROSE * 20
    assert tomllib.loads(case(NEWS, NEWS.trace(text), "widgets", text.index("Share")).text) == {
        "fails": [{"name": "share (en): Share on {network}", "text": "Share on Facebook\n"}]
    }


def test_cases_on_real_pages(real_pages):
    """Every kind of edit gets a case that fails, in TOML that can be read."""
    seen = 0
    for page in real_pages(300):
        trace = NEWS.trace(page["text_flat"])
        for entry in trace.log()[::40]:
            suggested = case(NEWS, trace, entry.filter, entry.start)
            (given,) = tomllib.loads(suggested.text)["fails"]
            piece, wanted = given["text"], given.get("becomes", given["text"])
            assert getattr(filters, entry.filter)(piece) != wanted
            seen += 1
    assert seen > 5


@pytest.fixture(scope="module")
def port():
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanmedia", "play", "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        yield int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert process.stderr.read() == ""


def ask(port, method, path, body=None, headers=None, host=None, content_type="application/json"):
    """Status and answer, with the headers that the page's own requests have, unless others are given."""
    own = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": content_type, "Host": host or f"127.0.0.1:{port}"}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    merged = {name: value for name, value in {**own, **(headers or {})}.items() if value is not None}
    connection.request(method, path, body if isinstance(body, bytes) else json.dumps(body), merged)
    answer = connection.getresponse()
    data = answer.read().decode()
    connection.close()
    return answer.status, json.loads(data) if answer.headers["Content-Type"] == "application/json" else data


def test_the_server_cleans(port):
    status, answer = ask(port, "POST", "/clean", {"text": "So..\nShare on X\n\ud800", "preset": "news"})
    assert status == 200
    assert answer["documents"][0]["row"][:4] == ["So.", 0, ".", "\n"]
    status, answer = ask(port, "POST", "/clean", {"text": "So..", "preset": "news", "without": ["punctuation"]})
    assert answer["documents"][0]["row"] == ["So.."]
    status, answer = ask(
        port, "POST", "/clean", {"text": "a\nTell all your friends\n", "preset": "news", "phrases": "[share]\nTell all your {name}"}
    )  # fmt: skip
    assert answer["documents"][0]["row"] == ["a\n", 0, "Tell all your friends\n"]
    status, answer = ask(port, "POST", "/decode", b"na\xefve", content_type="application/octet-stream")
    assert (status, answer["text"], answer["encoding"]) == (200, "naïve", "windows-1252")
    status, page = ask(port, "GET", "/", headers={"Origin": None})
    assert status == 200
    assert "connect-src 'self'" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "example.org"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.example.org:80", "Origin": "http://127.0.0.1.example.org:80"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_others_are_refused(port, headers):
    assert ask(port, "POST", "/clean", {"text": "x", "preset": "news"}, headers)[0] == 403
    if headers.get("Origin", "") is not None:
        assert ask(port, "GET", "/", headers={"Origin": None, **headers})[0] == 403


def test_what_cannot_be_answered(port):
    for body, status in (
        (b"not json", 400),
        (b"[1]", 400),
        (b"\xff", 400),
        ({"text": 1, "preset": "news"}, 400),
        ({"text": "x", "preset": "nonsense"}, 400),
        ({"text": "x", "preset": "news", "without": "widgets"}, 400),
        ({"text": "x", "preset": "news", "phrases": "no heading"}, 400),
        ({"text": "x", "preset": "news", "phrases": "[share]\n{name}"}, 400),
        (b"x" * (MOST_BYTES + 1), 413),
    ):
        got, answer = ask(port, "POST", "/clean", body)
        assert got == status
        assert answer["error"]
    assert ask(port, "POST", "/case", {"text": "x", "preset": "news", "filter": "widgets", "at": 0})[0] == 400
    assert ask(port, "POST", "/clean", {"text": "x", "preset": "news"}, content_type="text/plain")[0] == 415
    assert ask(port, "GET", "/clean")[0] == 405


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/etc/passwd", "//etc/passwd", "/static/play.js", "/%2e%2e/%2e%2e/etc/passwd"]
)
def test_no_file_is_read(port, path):
    assert ask(port, "GET", path)[0] == 404


def test_phrases_are_no_path(port):
    status, answer = ask(port, "POST", "/clean", {"text": "x", "preset": "news", "phrases": "/etc/passwd"})
    assert status == 400
    assert "before the first heading" in answer["error"]


def test_only_this_address_of_this_machine_has_it(port):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_a_port_that_is_taken(port):
    code, out, err = run("play", "--no-browser", "--port", port)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_without_its_packages(tmp_path):
    (tmp_path / "uvicorn.py").write_text("raise ImportError")
    code, out, err = run("play", "--no-browser", env={"PYTHONPATH": str(tmp_path)})
    assert (code, out) == (2, "")
    assert "pip install 'cleanmedia[play]'" in err


def test_the_sample_through_the_server(port):
    text = (SAMPLES / "voa-libya.txt").read_text("utf-8")
    _, answer = ask(port, "POST", "/clean", {"text": text, "preset": "news"})
    (document,) = answer["documents"]
    assert document["source"] - document["deleted"] + document["inserted"] == len(NEWS(text))
