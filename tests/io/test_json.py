"""JSON arrays, records over several lines, and nested fields."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.io.json import Json, json_or_lines
from cleanmedia.io.jsonl import Jsonl

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
records = st.lists(
    st.fixed_dictionaries({"text": st.text(max_size=12)}, optional={"[]": values, 'a"{': values}), max_size=5
)


def cleaned(data, clean=lambda document: document.text, **options):
    form = Json(**options)
    batches = [form.clean(batch, clean) for batch in form.read(io.BytesIO(data))]
    return b"".join([batch.output for batch in batches]), [each for batch in batches for each in batch.broken]


@given(records, st.sampled_from([None, 1, "\t"]), st.booleans(), st.booleans())
def test_only_the_text_changes(made, indent, in_array, to_ascii):
    if in_array:
        data = json.dumps(made, indent=indent, ensure_ascii=to_ascii)
    else:
        data = "\n".join(json.dumps(record, indent=indent, ensure_ascii=to_ascii) for record in made)
    assert cleaned(data.encode()) == (data.encode(), [])
    output, broken = cleaned(data.encode(), lambda document: document.text + '"]')
    assert broken == []
    expected = [{**record, "text": record["text"] + '"]'} for record in made]
    if in_array:
        assert json.loads(output) == expected
    else:
        at, text, found = 0, output.decode(), []
        while at < len(text):
            value, at = json.JSONDecoder().raw_decode(text, at)
            found.append(value)
            at += at < len(text)
        assert found == expected


@given(st.lists(st.sampled_from(['{"text": "a"}', '{"no": 1}', '{"text": [1]}']), min_size=1, max_size=6))
def test_what_is_left_out_leaves_valid_json(made):
    data = (" [" + " ,\n ".join(made) + "] ").encode()
    output, broken = cleaned(data, on_error="reject")
    assert json.loads(output) == [{"text": "a"}] * made.count('{"text": "a"}')
    assert [each.raw for each in broken] == [each for each in made if each != '{"text": "a"}']
    assert cleaned(data, on_error="pass")[0] == data


@pytest.mark.parametrize("before", ["", '{"text": "a"}, {"text": "b"}'])
def test_a_broken_record_that_stops_the_run_ends_the_output(before):
    data = f"[{before}{', ' if before else ''}{{}}, {{'text': 1}}]".replace("'", '"')
    output, broken = cleaned(data.encode())
    assert output.decode() == (f"[{before}" if before else "")
    assert [each.record for each in broken] == [before.count("{") + 1]


def test_long_arrays_are_read_in_pieces():
    made = [{"n": number, "text": f"{number}" + "a" * 5_000} for number in range(400)]
    data = json.dumps(made, indent=1).encode()
    assert len(list(Json().read(io.BytesIO(data)))) > 3
    output, _ = cleaned(data, lambda document: document.text.upper())
    assert json.loads(output) == [{**record, "text": record["text"].upper()} for record in made]
    broken = data.replace(b'"text": "0', b'"test": "0', 1)
    assert len(json.loads(cleaned(broken, on_error="reject")[0])) == 399
    with pytest.raises(ValueError, match="none of the first"):
        cleaned(data.replace(b'"text"', b'"test"'), on_error="reject")


@pytest.mark.parametrize(
    "data",
    ['[{"text":"a"}', '[{"text":"a"} {"text":"a"}]', '["a"]', '{"text":"a"},{"text":"a"}', "[1]", '{"text":"a"}]', '[{"text":"a"}]x', '{"text":', "[", "x"],
)  # fmt: skip
def test_what_is_no_json_is_told(data):
    with pytest.raises(ValueError, match="record"):
        cleaned(data.encode())


def test_nested_fields():
    form = Jsonl(("meta.text", "messages[].content", "a.b"))
    line = '{"meta": {"x": "a", "text": "a"}, "messages": [ {"content":"a"} ,{"content":null}, {"role": "a"}, {"content" : "a"}], "a.b": "a"}\n'
    seen = []
    output, broken = form.clean((1, line.encode()), lambda document: seen.append(document.field) or "é")
    assert broken == ()
    assert seen == ["meta.text", "messages[0].content", "messages[3].content", "a.b"]
    assert json.loads(output) == {
        "meta": {"x": "a", "text": "é"},
        "messages": [{"content": "é"}, {"content": None}, {"role": "a"}, {"content": "é"}],
        "a.b": "é",
    }
    assert output.decode() == line.replace('"text": "a"', '"text": "\\u00e9"').replace('"content":"a"', '"content":"\\u00e9"').replace('"content" : "a"', '"content" : "\\u00e9"').replace('"a.b": "a"', '"a.b": "\\u00e9"')  # fmt: skip
    for record, reason in (
        ('{"m": []}', None),
        ('{"m": null}', None),
        ('{"m": [{"x": "a"}]}', "no field 'm[].text'; 'm[0]' has x"),
        ('{"m": {"text": "a"}}', "'m' holds an object, not a list"),
        ('{"m": ["a"]}', "'m[0]' holds text, not an object"),
        ('{"m": [{"text": ["a"]}]}', "the field 'm[0].text' holds a list, not text"),
        ('{"x": 1}', "no field 'm[].text'; it has x"),
    ):
        output, broken = Jsonl(("m[].text",), on_error="pass").clean((1, record.encode()), lambda document: "b")
        assert (output.decode(), broken[0].reason if broken else None) == (record, reason)


def test_json_or_lines():
    for data, form in (
        ('[\n{"a"', "json"), ('{\n "text": 1}', "json"), ('{"meta": {\n "text": 1}}', "json"), ('{"text": "a"}\n{"te', "jsonl"),
        ('{"text": "a', "jsonl"), ("broken\n{", "jsonl"), ("", "jsonl"), ('{"a": "b\n{"a": 1}', "jsonl"),
    ):  # fmt: skip
        assert json_or_lines(data.encode()) == form, data
