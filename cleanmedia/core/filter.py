"""Filter, and the constructors that lift a small function to one.

A filter finds, it never cuts: it reads a text and says which spans should become what, and why;
:func:`cleanmedia.core.edits.splice` does the cutting. So one object is a plain ``str -> str`` and an exact record of what it
does:

>>> @finds
... def shouting(text: str):
...     "Exclamation marks in a row."
...     at = text.find("!!")
...     if at >= 0:
...         yield Edit(at, at + 2, "!", why="!!")
>>> shouting("Stop!!")
'Stop!'
>>> shouting.edits("Stop!!")
(Edit(start=4, end=6, new='!', why='!!'),)
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, overload

from cleanmedia.core.edits import Edit, compare, splice
from cleanmedia.core.forms import CallForms
from cleanmedia.core.history import Step, Trace

__all__ = [
    "Filter",
    "SlowPattern",
    "dropping",
    "drops_lines",
    "finds",
    "replaces",
    "rewrites",
    "settled",
    "settled_soon",
]

P = ParamSpec("P")

_SECONDS, _CODE_POINTS_A_SECOND = 1.0, 100_000  # the time that a pattern of the user's gets for a text
_MOST_ROUNDS = 10  # settled() stops after these: no text is worth a hang
_SOON = 3


class SlowPattern(ValueError):
    """A regular expression of the user's took so long for a text that it was stopped; the message has its name."""


class Filter(CallForms, Generic[P]):
    """A named finder of edits; itself ``str -> str``.

    Called with a text, it gives the text with its edits applied: the same object where there are none, ``None`` for
    ``None``. Called with options, it gives a filter that uses them: ``quotes(style="straight")``.
    A filter is immutable and pickles as a reference to where it was made, with its options. One that was made in a notebook
    or a script goes to the workers of an engine together with its function, where the engine's pickler can do that.
    """

    name: str
    options: dict[str, Any]

    def __init__(
        self,
        name: str,
        find: Callable[Concatenate[str, P], Iterable[Edit]],
        options: dict[str, Any] | None = None,
        made_by: tuple[Callable[..., Any], tuple[Any, ...]] | None = None,
    ) -> None:
        self.__dict__.update(
            name=name,
            options=options or {},
            __doc__=find.__doc__,
            __module__=find.__module__,
            __qualname__=find.__qualname__.removesuffix("._find"),
            _find=find,
            _made_by=made_by,
        )

    @overload
    def __call__(self, text: str, /) -> str: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, text: None, /) -> None: ...
    @overload
    def __call__(self, *args: P.args, **options: P.kwargs) -> "Filter[[]]": ...
    def __call__(self, *texts: Any, **options: Any) -> "str | Filter[[]] | None":
        if options and not texts:
            return _with_options(self, options)
        if len(texts) != 1 or options:
            raise TypeError(f"call {self.name}(text), or {self.name}(option=...) for a filter with that option")
        text = texts[0]
        return None if text is None else splice(text, self.edits(text))

    @property
    def drops(self) -> bool:
        """Whether it takes content away, as opposed to repairing it: what the guard of a pipeline weighs."""
        return getattr(self.__dict__["_find"], "drops", False)

    def edits(self, text: str) -> tuple[Edit, ...]:
        """What this filter would change: edits in order, disjoint, inside the text; empty where it finds nothing."""
        if not isinstance(text, str):
            raise TypeError(
                f"{self.name} cleans str, not {type(text).__name__}"
                + ("; turn bytes into text with cleanmedia.decode" if isinstance(text, bytes | bytearray) else "")
            )
        return tuple(self.__dict__["_find"](text, **self.options))

    def __reduce__(self) -> str | tuple[Any, ...]:
        made_by, find, place = (self.__dict__[name] for name in ("_made_by", "_find", "__qualname__"))
        if made_by:
            return made_by  # type: ignore[no-any-return]
        if find.__module__ != "__main__" and "<locals>" not in place:
            return place  # type: ignore[no-any-return]
        # What workers cannot import: cloudpickle and dill send the function itself, pickle refers to it by this name.
        find.__qualname__ = f"{place}._find"
        return Filter, (self.name, find)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Filter):
            return NotImplemented
        mine, its = self.__dict__, other.__dict__
        return self is other or (
            mine["_made_by"] == its["_made_by"] if mine["_made_by"] else mine["_find"] is its["_find"]
        )

    def __hash__(self) -> int:
        return hash(self.name)

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"a filter is immutable; {self.name}(option=...) makes another")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __repr__(self) -> str:
        return self.name + (
            "(" + ", ".join(f"{key}={value!r}" for key, value in self.options.items()) + ")" if self.options else ""
        )


def _with_options(base: "Filter[...]", options: dict[str, Any]) -> "Filter[[]]":
    known = getattr(base.__dict__["_find"], "__kwdefaults__", None) or {}
    for option in options:
        if option not in known:
            raise TypeError(f"{base.name} has no option {option!r}; it has {', '.join(known) or 'none'}")
    made = _restored(base, {key: tuple(v) if isinstance(v, list) else v for key, v in options.items()})
    made.edits("")  # so that a value which cannot work is reported here, and not at the first text
    return made


def _restored(base: "Filter[...]", options: dict[str, Any]) -> "Filter[[]]":
    merged = dict(sorted({**base.options, **options}.items()))  # so that equal filters pickle as equal bytes
    origin = base.__dict__["_made_by"][1][0] if base.options else base
    return Filter(base.name, base.__dict__["_find"], merged, (_restored, (origin, merged)))


def finds(find: Callable[Concatenate[str, P], Iterable[Edit]]) -> Filter[P]:
    """Lift ``text -> edits`` to a filter of the function's name; its keyword-only parameters are the options."""
    return Filter(find.__name__, find)


def dropping(find: Callable[Concatenate[str, P], Iterable[Edit]]) -> Callable[Concatenate[str, P], Iterable[Edit]]:
    """Mark a finder as one that takes content away; stands right below :func:`finds`. See :meth:`Pipeline.guard`."""
    find.drops = True  # type: ignore[attr-defined]
    return find


def settled(find: Callable[Concatenate[str, P], Iterable[Edit]]) -> Callable[Concatenate[str, P], Iterable[Edit]]:
    """Let a finder look again at what its own edits made, until it finds no more, and give all of it as one set of edits.

    For a finder whose edits can make new work for itself: ``&am&amp;p;``.
    """
    return _looking_again(find, _MOST_ROUNDS, gives_up=False)


def settled_soon(find: Callable[Concatenate[str, P], Iterable[Edit]]) -> Callable[Concatenate[str, P], Iterable[Edit]]:
    """:func:`settled`, for a finder that weighs the whole text: what does not come to rest soon is left as it was.

    So a second pass changes nothing, and a text is not worn away bit by bit, each look taking what the one before had left.
    """
    return _looking_again(find, _SOON, gives_up=True)


def _looking_again(
    find: Callable[Concatenate[str, P], Iterable[Edit]], most: int, gives_up: bool
) -> Callable[Concatenate[str, P], Iterable[Edit]]:
    @wraps(find)
    def find_all(text: str, *args: P.args, **options: P.kwargs) -> Iterable[Edit]:
        edits = tuple(find(text, *args, **options))
        if not edits:
            return edits
        after = text
        steps: list[Step] = []
        while edits and len(steps) < most:
            steps.append(Step.of(find.__name__, after, edits))
            after = splice(after, edits)
            edits = tuple(find(after, *args, **options))
        if edits and gives_up:
            return ()
        if len(steps) == 1:
            return steps[0].edits
        changes = Trace(text, after, tuple(steps)).changes()
        return [Edit(start, end, new, "; ".join([why for _, why in reasons])) for start, end, new, reasons in changes]

    find_all.__kwdefaults__ = find.__kwdefaults__  # type: ignore[attr-defined]
    return find_all  # type: ignore[return-value]


def rewrites(rewrite: Callable[[str], str]) -> Filter[[]]:
    """Lift any ``str -> str`` to a filter; its edits are found by comparison, on the lines that changed only.

    >>> @rewrites
    ... def lower(text: str) -> str:
    ...     return text.lower()
    >>> lower.edits("one TWO three")
    (Edit(start=4, end=7, new='two', why='lower'),)
    """

    def find(text: str) -> Iterator[Edit]:
        new = rewrite(text)
        if new != text:
            for start, end, put, _ in changed_lines(text, new):
                yield Edit(start, end, put, rewrite.__name__)

    return Filter(rewrite.__name__, _named_as(rewrite, find))


def changed_lines(old: str, new: str) -> Iterator[Edit]:
    """Edits that turn ``old`` into ``new``, compared line by line where both have as many lines."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    if len(old_lines) != len(new_lines):
        yield from compare(old, new)
        return
    at = 0
    for before, after in zip(old_lines, new_lines, strict=True):
        if before != after:
            yield from compare(before, after, at)
        at += len(before) + 1


def drops_lines(judge: Callable[[str], str | None]) -> Filter[[]]:
    """Lift ``line -> why it should go, or None`` to a filter that drops whole lines, each with its line break.

    >>> @drops_lines
    ... def rules(line: str) -> str | None:
    ...     return "rule" if line and set(line) <= set("-=*") else None
    >>> rules("Title\\n=====\\nText")
    'Title\\nText'
    """

    def find(text: str) -> Iterator[Edit]:
        at = 0
        for line in text.split("\n"):
            why = judge(line)
            end = min(at + len(line) + 1, len(text))
            if why is not None and end > at:
                yield Edit(at, end, "", why)
            at = end

    return Filter(judge.__name__, dropping(_named_as(judge, find)))


def replaces(name: str, pattern: str, new: str) -> Filter[[]]:
    r"""A filter that replaces what a regular expression matches; ``new`` may refer to groups, as in :func:`re.sub`.

    The pattern is one of the package ``regex``, which knows those of :mod:`re` and more. It gets a second for a text, and
    another for each 100,000 code points: one that takes longer would take for ever on the next text.

    >>> replaces("wiki_edit", r"\[edit\]", "")("History[edit]")
    'History'

    Raises:
        re.error: the pattern is not a regular expression.
        SlowPattern: from the filter, where the pattern takes too long for a text.
    """
    import regex

    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        raise re.error(error.msg, pattern, error.pos) from None

    def find(text: str) -> Iterator[Edit]:
        """What a pattern matches."""
        limit = _SECONDS + len(text) / _CODE_POINTS_A_SECOND
        try:
            for match in compiled.finditer(text, timeout=limit):
                put = match.expand(new)
                if put != match[0]:
                    yield Edit(match.start(), match.end(), put, name)
        except TimeoutError:
            raise SlowPattern(
                f"{name}: the pattern {pattern!r} was stopped after {limit:.1f} s on a text of {len(text):,} code points;"
                " write it so that nothing can match in two ways, as in (a+)+"
            ) from None

    return Filter(name, find, made_by=(replaces, (name, pattern, new)))


def _named_as(
    function: Callable[..., object], find: Callable[[str], Iterator[Edit]]
) -> Callable[[str], Iterator[Edit]]:
    for attribute in ("__doc__", "__module__", "__name__", "__qualname__"):
        setattr(find, attribute, getattr(function, attribute))
    return find
