"""CSV: only the named cells change, whatever stands around them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.io.csv import Csv

cells = st.text(
    st.sampled_from("ab \",;\n'é\t.") | st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=8
)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5)
styles = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
    }
)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


def written(rows, style):
    if any(
        mark in cell for row in rows for cell in row for mark in "\r\n"
    ):  # Python quotes these for its own line ends only
        style = {**style, "quoting": csv.QUOTE_ALL}
    file = io.StringIO(newline="")
    csv.writer(file, **style).writerows([["id", "text", "z"], *rows])
    return file.getvalue()


def read(text, style):
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=style["delimiter"])
    return [row for row in rows if row]


def cleaned(data, clean=lambda document: document.text, **options):
    form = Csv(**{"texts": ("text",), **options})
    batches = [form.clean(batch, clean) for batch in form.read(io.BytesIO(data))]
    return b"".join([batch.output for batch in batches]), [each for batch in batches for each in batch.broken]


@given(tables, styles, encodings)
def test_what_does_not_change_stays(rows, style, encoding):
    data = written(rows, style).encode(encoding)
    seen = []
    assert cleaned(data, lambda document: seen.append(document.text) or document.text) == (data, [])
    assert seen == [row[1] for row in rows]


@given(tables, styles, encodings)
def test_only_the_text_changes(rows, style, encoding):
    output, broken = cleaned(written(rows, style).encode(encoding), lambda document: document.text + '«"\n,')
    assert broken == []
    expected = [["id", "text", "z"], *[[row[0], row[1] + '«"\n,', row[2]] for row in rows]]
    assert read(output.decode(encoding), style) == expected
    assert cleaned(output) == (output, [])


@given(st.binary(max_size=80) | st.text('ab,";\n\r\t', max_size=60).map(str.encode), st.booleans())
def test_no_bytes_raise(data, tabs):
    data = b"id\ttext\n" * tabs + b"id,text\n" * (not tabs) + data
    try:
        output, _ = cleaned(data, on_error="pass", tabs=tabs, encoding="utf-8")
    except ValueError:
        return
    assert output == data
    left, broken = cleaned(data, on_error="reject", tabs=tabs, encoding="utf-8")
    assert len(left) + sum(len(each.raw.encode("utf-8", "surrogateescape")) for each in broken) == len(data)


@given(tables, styles)
def test_batches_end_where_rows_do(rows, style):
    rows = [[str(number), (row[1] or "a") * 20_000, row[2]] for number, row in enumerate(rows)] * 4
    data = written(rows, style).encode()
    seen = []
    output = cleaned(data, lambda document: seen.append(document.text) or document.text, encoding="utf-8")
    assert output == (data, [])
    assert seen == [row[1] for row in rows]


def up(document):
    return document.text.upper()


def test_layouts():
    assert cleaned(b'id,text\r\n1,a\r\n\r\n2,"b ""c"""\r\n', up) == (b'id,text\r\n1,A\r\n\r\n2,"B ""C"""\r\n', [])
    assert cleaned(b"sep=;\r\nid;text, long\r\n1;a, b\r\n", up, texts=("2",)) == (
        b"sep=;\r\nid;text, long\r\n1;A, B\r\n",
        [],
    )
    assert cleaned(b"1,a\n2,b", up, texts=("2",), header=False) == (b"1,A\n2,B", [])
    assert cleaned(b"text\na b\n", lambda document: "") == (b'text\n""\n', []), "an empty line is no row"
    assert cleaned(b"id,text\n1\n2,b,,\n", up) == (b"id,text\n1\n2,B,,\n", []), "cells may be missing, or be empty"
    assert cleaned("id,text\n1,na\xefve\n".encode("cp1252"), up) == ("id,text\n1,NA\xcfVE\n".encode("cp1252"), [])
    assert cleaned(b'id,text\n1,"a\r\nb"\n', up) == (b'id,text\n1,"A\r\nB"\n', [])
    assert cleaned(b"") == (b"", [])


def test_a_tsv_may_have_quotation_marks_that_enclose_nothing():
    plain = b'id\ttext\n1\t"Yes," he said.\n2\t"No\n3\tshe said"\n'
    assert cleaned(plain, up, tabs=True) == (
        plain.replace(b"Yes", b"YES").replace(b"he said", b"HE SAID").replace(b"No", b"NO").replace(b"sHE", b"SHE"),
        [],
    )
    assert cleaned(plain, lambda document: "a\tb", tabs=True, on_error="pass")[1][0].reason.startswith(
        "the clean text has a tab"
    )
    assert cleaned(b'id\ttext\n1\t"a\tb"\n', up, tabs=True) == (b'id\ttext\n1\t"A\tB"\n', [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,a,b,c\n", "4 cells, but the first row has 3"),
        (b'1,"a"b,c\n', "cell 2 has a quotation mark inside that is not doubled"),
        (b'1,"ab,c\n', "cell 2 has a quotation mark that is never closed"),
        (b"1,\xff,c\n", "byte 0 of the cell 'text' is not utf-8; --encoding names the encoding"),
    ],
)
def test_broken_rows(row, reason):
    data = "id,text,é\n1,x,y\n".encode() + row
    output, (broken,) = cleaned(data, up, on_error="reject", encoding="utf-8")
    assert (output.decode(), broken.record, broken.reason) == ("id,text,é\n1,X,y\n", 3, reason)
    assert broken.raw.encode("utf-8", "surrogateescape") == row
    assert cleaned(data, up, on_error="pass", encoding="utf-8")[0] == "id,text,é\n1,X,y\n".encode() + row


def test_a_letter_that_the_encoding_lacks_is_told_and_nothing_is_lost():
    data = "id,text\n1,Москва и область &eacute;\n".encode("cp1251")
    output, (broken,) = cleaned(data, lambda document: "é", on_error="pass", encoding="cp1251")
    assert (output, broken.reason) == (
        data,
        "the clean text has 'é', which cp1251 lacks; convert the file to UTF-8 first",
    )


def test_what_cannot_be_read():
    for data, options, reason in (
        (b"id,text\n", {"texts": ()}, "--field names the columns to clean; there are 1 'id', 2 'text'"),
        (b"id,body\n", {}, "no column 'text'; there are 1 'id', 2 'body'"),
        (b"text,text\n", {}, "2 columns are named 'text'"),
        (b"id,text\n", {"texts": ("3",)}, "no column '3'"),
        (b"id,text\n", {"header": False}, "without a header, columns have numbers"),
        (b"id,text\n1,a\n", {"encoding": "iso-2022-jp"}, "convert it to UTF-8 first"),
        (b'id,text\n1,"' + b"a" * 400_000, {"longest": 1000}, "the row in line 2 is longer than 1,000 bytes"),
    ):
        with pytest.raises(ValueError, match=reason):
            cleaned(data, **options)
