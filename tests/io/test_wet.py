"""WET files through the command line; fastwarc, which has nothing to do with how they are written, reads them."""

import gzip
import hashlib
from base64 import b32encode

import pytest

from tests.support.commands import run
from tests.support.files import read, write

INFO = (
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/warc-fields\r\n"
    b"Content-Length: 23\r\n\r\nSoftware-Info: ia-web..\r\n\r\n"
)


def record(text, *more, kind="conversion"):
    body = text.encode() if isinstance(text, str) else text
    digest = b32encode(hashlib.sha1(body).digest()).decode()
    head = [
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Target-URI: https://www.example.org/a?b=c..", "WARC-Date: 2026-01-01T00:00:00Z",
        "WARC-Refers-To: <urn:uuid:2>", f"WARC-Block-Digest: sha1:{digest}", "WARC-Identified-Content-Language: eng",
        *more, "Content-Type: text/plain", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


DIRTY = [
    record("It&# 39;s over..\n\nShare on Facebook\n"),
    record("naïve “x “.", "X-Odd:   spaces  "),
    record("as it was\r"),
]
DIRTY += [record("request..", kind="request"), record("")]
CLEAN = [record("It's over.\n"), record("naïve “x”.", "X-Odd:   spaces  "), record("as it was\n"), *DIRTY[3:]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_texts_change_with_their_lengths_and_digests(tmp_path, jobs):
    page = write(tmp_path / "x.warc.wet", INFO + b"".join(DIRTY))
    target = tmp_path / "out" / "x.warc.wet"
    assert run("-j", jobs, page, "--output-dir", target.parent) == (0, "", "")
    assert target.read_bytes() == INFO + b"".join(CLEAN)
    assert run("-j", jobs, target)[1] == (INFO + b"".join(CLEAN)).decode()


def test_members_and_another_reader(tmp_path):
    warc = pytest.importorskip("fastwarc.warc")
    page = write(tmp_path / "x.warc.wet.gz", b"".join(map(gzip.compress, [INFO, *DIRTY])))
    assert run("-i", page) == (0, "", "")
    assert gzip.decompress(page.read_bytes()) == INFO + b"".join(CLEAN)
    with page.open("rb") as file:
        seen = [
            (found.headers["WARC-Type"], found.reader.read(), found.stream_pos) for found in warc.ArchiveIterator(file)
        ]
    assert [text.decode() for kind, text, _ in seen if kind == "conversion"] == [
        "It's over.\n", "naïve “x”.", "as it was\n", "",
    ]  # fmt: skip
    data = page.read_bytes()
    for (_, _, at), whole in zip(seen, [INFO, *CLEAN], strict=True):
        assert data[at : at + 2] == b"\x1f\x8b", "each record is a member"
        assert gzip.decompress(data[at:]).startswith(whole)


def test_broken_files_and_records(tmp_path):
    whole = INFO + b"".join(DIRTY)
    page, target = tmp_path / "x.wet", write(tmp_path / "out.wet", "as it was")
    for wrong, told in (
        (whole[:-20], "the file ends in the middle of record 6"),
        (whole.replace(b"Length: 23", b"Length: 20"), "record 2 does not begin with WARC/"),
        (whole.replace(b"Length: 23", b"Length: x"), "record 1 has no Content-Length that is a number"),
        (whole.replace(b"Length: 23", b"Length: 999999999999999999999"), "--max-document"),
        (b"a text\n", "record 1 does not begin with WARC/"),
        (whole.replace(b"\r\n\r\nIt", b"\r\nX: " + b"y" * 70_000 + b"\r\n\r\nIt"), "headers of record 2 are longer"),
    ):
        write(page, wrong)
        code, out, err = run(page, "-o", target, "--on-error", "pass")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"cleanmedia: {page}: " in err
        assert told in err
        assert read(target) == "as it was"
    bad = record(b"na\xefve..")
    write(page, INFO + bad + DIRTY[0])
    code, out, err = run(page)
    assert (code, err) == (2, f"cleanmedia: {page}:2: byte 2 of the text is not UTF-8\n")
    assert run(page, "-o", target, "--on-error", "pass")[0] == 0
    assert target.read_bytes() == INFO + bad + CLEAN[0]
    assert run(page, "-o", target, "--rejects", tmp_path / "rejects")[0] == 0
    assert target.read_bytes() == INFO + CLEAN[0]
    assert b"na\\udcefve.." in (tmp_path / "rejects").read_bytes()
