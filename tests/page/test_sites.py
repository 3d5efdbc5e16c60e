"""The host of an address."""

from cleanmedia.page.sites import host_of


def test_hosts():
    for name in ("http://www.a.org/x", "https://user@A.org:80?x", "a.org", "//a.org/x", " www.a.org. "):
        assert host_of(name) == "a.org"
    assert host_of("http://[") == "["
