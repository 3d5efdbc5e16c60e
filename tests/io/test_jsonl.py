"""JSON Lines: what is not text stays byte for byte, whatever it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.io.jsonl import Jsonl, members

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
records = st.fixed_dictionaries(
    {"text": st.text(st.characters(), max_size=20)}, optional={"n": values, "é\ud83d": values}
)
layouts = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([None, (",", ":"), (" ,\t", " : ")]),
        "sort_keys": st.booleans(),
    }
)


def line(record, layout, end="\n"):
    return (json.dumps(record, **layout) + end).encode("utf-8", "surrogatepass")


@given(st.lists(st.tuples(records, layouts, st.sampled_from(["\n", " \r\n"])), max_size=4))
def test_what_does_not_change_stays(made):
    block = b"".join(line(*each) for each in made)
    assert Jsonl().clean((1, block), lambda document: document.text) == (block, ())


@given(records, layouts)
def test_only_the_text_changes(record, layout):
    seen = []

    def clean(document):
        seen.append(document.text)
        return "«" + document.text + "\ude00\u2028"

    output, broken = Jsonl().clean((1, line(record, layout)), clean)
    assert broken == ()
    assert seen == [record["text"]]
    output.decode("utf-8", "surrogatepass")
    again = json.loads(output.decode("utf-8", "surrogatepass"))
    # A high surrogate at the end of the text and the low one that was put behind it make one character, as in any JSON.
    expected = json.loads(json.dumps(clean_text(record["text"])))
    assert again["text"] == expected
    marked = line({**record, "text": "@@"}, layout).split(b'"@@"')
    assert output.startswith(marked[0])
    assert output.endswith(marked[1])
    assert Jsonl().clean((1, output), lambda document: document.text).output == output


def clean_text(text):
    return "«" + text + "\ude00\u2028"


@given(
    st.binary(max_size=60)
    | st.text('{}[]":,\\utext 1n\ud83d', max_size=30).map(lambda t: t.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_raise(block):
    output, broken = Jsonl(on_error="pass").clean((1, block), lambda document: document.text)
    assert output == block
    left, rejected = Jsonl(on_error="reject").clean((1, block), lambda document: document.text)
    assert rejected == broken
    assert len(left) + sum(len(each.raw.encode("utf-8", "surrogateescape")) for each in broken) == len(block)


def test_members():
    line = "\ufeff{}".lstrip("\ufeff")
    assert members(line) == members(" { } ") == {}
    found = members('{"a": [1, {"b": "}"}], "c": "x\\"y", "d": 1e400}')
    assert {name: member.value for name, member in found.items()} == {
        "a": [1, {"b": "}"}],
        "c": 'x"y',
        "d": float("inf"),
    }
    for wrong in ("", "1", "{", '{"a"}', '{"a":}', '{"a":1,}', "{}{}", '{"a":1 "b":2}', "[]", '{"a":' + "9" * 5000):
        with pytest.raises(ValueError, match=r"\w"):
            members(wrong)
