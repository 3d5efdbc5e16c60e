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


def test_many_lines_at_once_are_told_as_each_by_itself(monkeypatch):
    monkeypatch.setattr("cleanmedia.page.memo._MOST_KEPT", 10 * 64)
    asked = []
    memo = Memo(len, lambda lines: asked.extend(lines) or map(len, lines))
    assert memo.all([]) == []
    assert memo.all(["one", "three", "one", "x" * 2_000]) == [3, 5, 3, 2_000]
    assert sorted(asked) == ["one", "three", "x" * 2_000]
    assert "x" * 2_000 not in memo
    for number in range(50):
        assert memo.all(["one", str(number)]) == [3, len(str(number))]
        assert len(memo) <= 14
