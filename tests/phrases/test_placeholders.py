"""Placeholders: what each stands for, and that the quick look never misses one."""

import re
from itertools import product

import pytest
from hypothesis import given

from cleanmedia.page.fold import fold
from cleanmedia.phrases import placeholders
from cleanmedia.phrases.catalogue import catalogue
from cleanmedia.phrases.placeholders import generalise
from tests.support.strategies import texts

FILLED = {
    "{n}": ("7", "1.2k", "3 m", "12,000+", "٣"),
    "{year}": ("2019", "2019-24"),
    "{date}": (
        "May 5, 2012",
        "Monday 3 June",
        "12.03.2012",
        "2012年3月4日",
        "sexta-feira, 3 de março de 2015",
        "5 мая",
    ),
    "{time}": ("17:04", "5h30", "1:02:33"),
    "{network}": ("Facebook", "QQ空间", "VK", "Twitter/X", "X"),
    "{agency}": ("AP Photo", "Reuters", "РИА Новости", "Getty Images"),
    "{name}": ("Jane Doe", "中国日报"),
}


def test_no_phrase_with_placeholders_is_set_aside():
    found = catalogue()
    tried = 0
    for phrase, number in product(found.phrases(), range(6)):
        if "{" in phrase.text:
            line = re.sub(r"\{\w+\}", lambda place, n=number: FILLED[place[0]][n % len(FILLED[place[0]])], phrase.text)
            key = fold(line)
            if not found._anchors.may_fit(key):
                assert found._match_general(key) is None, line
            tried += 1
    assert tried > 10_000
    assert not found._anchors.may_fit("a sentence of an article, in which nothing stands for anything")


@given(text=texts)
def test_dates_stand_in_lines_that_may_hold_one(text):
    for line in text.split("\n"):
        key = fold(line)
        if not placeholders._may_hold_date(key):
            assert placeholders._dates(key) == key


@pytest.mark.parametrize(
    ("line", "general"),
    [
        ("Share on Facebook", "share on {network}"),
        ("分享到微信", "分享到{network}"),
        ("1,204 shares", "{n} shares"),
        ("2.5K views", "{n} views"),
        ("Published: 17:17, 12 January 2012", "published: {date}"),
        ("January 17, 2012 2:00 pm ET", "{date}"),
        ("Publié le 18/02/2020 à 16:42", "publie le {date}"),
        ("28 ноября 2011 г.", "{date}"),
        ("2016年10月14日07:17", "{date}"),
        ("17.01.2012, 07:37 Uhr", "{date}"),
        ("Updated 12:30", "updated {time}"),
        ("0:00 / 1:02:33", "{time} / {time}"),
        ("© 2010–2024 Example", "© {year} example"),
        ("AFP via Getty Images", "{agency} via {agency}"),
        ("a sentence without any of these", "a sentence without any of these"),
    ],
)
def test_placeholders(line, general):
    key = fold(line)
    assert general in (key, *generalise(key))
