"""The host of an address."""

from cleanmedia.page.sites import host_of


def test_hosts():
    for name in ("http://www.a.org/x", "https://user@A.org:80?x", "a.org", "//a.org/x", " www.a.org. "):
        assert host_of(name) == "a.org"
    assert host_of("http://[") == "["


def test_one_host_in_many_forms():
    for name in ("m.a.org", "www2.a.org", "http://WWW.m.a.org", "mobile.a.org/x", "amp.a.org"):
        assert host_of(name) == "a.org"
    for name in ("m.co.uk", "www.org", "m.org", "news.a.org", "mm.a.org", "127.0.0.1"):
        assert host_of(name) == name
    assert host_of("http://bücher.example") == host_of("XN--BCHER-KVA.example") == host_of("BÜCHER.example")
    assert host_of("http://xn--.org") == host_of("xn--.org")
    assert host_of("http://[2001:db8::1]:80/x") == "[2001:db8::1]" != host_of("http://[2001:db8::2]/x")
    inner = "https://web.archive.org/web/20200101000000id_/https://www.a.org/x"
    assert host_of(inner) == "a.org"
    assert host_of("web.archive.org/web/2020/" * 50 + "a.org") == "a.org"
    assert host_of("https://web.archive.org/about") == "web.archive.org"
