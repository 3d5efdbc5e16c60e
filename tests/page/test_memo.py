"""The memo of lines: bounded, and without effect on results."""

from cleanmedia.page.memo import Memo


def test_a_memo_is_bounded_and_keeps_short_lines_only(monkeypatch):
    monkeypatch.setattr("cleanmedia.page.memo._MOST_KEPT", 10 * 64)
    asked = []
    memo = Memo(lambda line: asked.append(line) or len(line))
    assert [memo["one"], memo["one"], memo["x" * 1_000], memo["x" * 1_000]] == [3, 3, 1_000, 1_000]
    assert asked == ["one", "x" * 1_000, "x" * 1_000]
    for number in range(50):
        assert memo[str(number)] == len(str(number))
        assert len(memo) <= 11
