"""Filter, and the constructors that make one from a small function.

A filter finds edits and does not apply them: it reads a text and reports which spans to replace, by what, and why.
:func:`cleanmedia.core.edits.splice` applies them. So one object is both a plain ``str -> str`` and an exact record of what
it changes:

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
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, Generic, ParamSpec, overload

from cleanmedia.core.edits import Edit, compare_lines, splice
from cleanmedia.core.forms import CallForms
from cleanmedia.core.frozen import Frozen
from cleanmedia.core.hints import check_text
from cleanmedia.core.history import Step, Trace

__all__ = [
    "AnyFilter",
    "Filter",
    "SlowPattern",
    "dropping",
    "drops_lines",
    "finds",
    "gated",
    "replaces",
    "rewrites",
    "settled",
    "settled_soon",
]

P = ParamSpec("P")
Finder = Callable[Concatenate[str, P], Iterable[Edit]]  # reads a text and returns edits; P are its options

_SECONDS, _CODE_POINTS_A_SECOND = 1.0, 100_000  # how long a user's pattern may take on a text
_ROUNDS, _FEW_ROUNDS = 10, 3  # the most that settled() and settled_soon() let a finder change one text


class SlowPattern(ValueError):
    """A user's regular expression took too long on a text and was stopped; the message names the filter."""


class Filter(Frozen, CallForms, Generic[P]):
    """A named function that finds edits; itself ``str -> str``.

    Called with a text, a filter returns the text with its edits applied: the same object if there are none, ``None`` for
    ``None``. Called with options, it returns a filter that uses them: ``quotes(style="straight")``.

    A filter is immutable. It pickles as a reference to the place where it was defined, with its options. One that was
    defined in a notebook or a script is sent to the workers of an engine together with its function, if the engine's
    pickler can do that (cloudpickle and dill can).

    Attributes:
        name: the name of its function; pipelines refer to it by this name.
        options: the options that were given, by name.
        option_names: the options that it takes.
        drops: whether it removes content, as opposed to repairing it. See :meth:`cleanmedia.Pipeline.guard`.
    """

    # help() and pickle read __doc__, __module__ and __qualname__ of an instance; these can only stand in its __dict__.
    __slots__ = ("__dict__", "_find", "_gate", "_made_by", "drops", "name", "option_names", "options")
    _hint = "; call it with options to make another filter"

    name: Final[str]
    options: Final[Mapping[str, Any]]
    option_names: Final[tuple[str, ...]]
    drops: Final[bool]
    _find: Final[Callable[..., Iterable[Edit]]]
    _gate: Final[Callable[[str], bool] | None]
    _made_by: Final[tuple[Callable[..., "AnyFilter"], tuple[Any, ...]] | None]

    def __init__(
        self,
        name: str,
        find: Finder[P],
        options: Mapping[str, Any] | None = None,
        made_by: tuple[Callable[..., "AnyFilter"], tuple[Any, ...]] | None = None,
    ) -> None:
        """Make a filter of a function. Use :func:`finds` and the other constructors instead.

        ``made_by`` is a function and its arguments that make an equal filter, for pickle and for comparison. Without it, the
        filter is one that was assigned to its function's name, as a decorator does.
        """
        self.name = name
        self.options = options or {}
        self.option_names = tuple(getattr(find, "__kwdefaults__", None) or ())
        self.drops = getattr(find, "drops", False)
        self._find = find
        self._gate = None if self.options else getattr(find, "gate", None)
        self._made_by = made_by
        self.__dict__["__doc__"] = find.__doc__
        self.__dict__["__module__"] = find.__module__
        self.__dict__["__qualname__"] = find.__qualname__.removesuffix("._find")

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

    def edits(self, text: str) -> tuple[Edit, ...]:
        """Return what this filter would change: edits in order, disjoint, inside the text; empty if it finds nothing.

        Raises:
            TypeError: ``text`` is not a ``str``.
        """
        return () if self.skips(text) else self._found(self._find, text)

    def skips(self, text: str) -> bool:
        """Return whether a gate says that there is nothing to find in a text: see :func:`gated`. False if there is no gate."""
        return self._gate is not None and isinstance(text, str) and self._gate(text)

    def look(self, text: str) -> tuple[Edit, ...]:
        """Return what one look at the text finds: like :meth:`edits`, but there may be more to find in the text that they make.

        It does not ask the gate: see :meth:`skips`.
        """
        return self._found(getattr(self._find, "look", self._find), text)

    @property
    def settles(self) -> bool:
        """Whether :meth:`edits` looks again until there is no more to find, so that :meth:`look` may find less."""
        return hasattr(self._find, "look")

    def _found(self, find: Callable[..., Iterable[Edit]], text: str) -> tuple[Edit, ...]:
        check_text(text, self.name)
        return tuple(find(text, **self.options))

    def __reduce__(self) -> str | tuple[Any, ...]:
        if self._made_by:
            return self._made_by
        find, place = self._find, self.__dict__["__qualname__"]
        if find.__module__ != "__main__" and "<locals>" not in place:
            return place  # type: ignore[no-any-return]
        # Workers cannot import this one. cloudpickle and dill send the function itself; pickle refers to it by this name,
        # which leads to it, as its own name now belongs to the filter.
        find.__qualname__ = f"{place}._find"
        return Filter, (self.name, find)

    @property
    def made_by_pattern(self) -> tuple[str, str, str] | None:
        """The name, pattern and replacement of a filter that :func:`replaces` made; None for any other."""
        return self._made_by[1] if self._made_by and self._made_by[0] is replaces else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Filter):
            return NotImplemented
        if self._made_by or other._made_by:
            return self._made_by == other._made_by
        return self._find is other._find

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.options.items())
        return f"{self.name}({options})" if options else self.name


AnyFilter = Filter[...]


def _check_function(function: object, constructor: str) -> None:
    """Raise TypeError if a constructor is given something else than a function with a name."""
    if not callable(function) or not hasattr(function, "__name__"):
        raise TypeError(f"{constructor} takes a function that has a name, which becomes the filter's; not {function!r}")


def _with_options(base: AnyFilter, options: dict[str, Any]) -> "Filter[[]]":
    for option in options:
        if option not in base.option_names:
            raise TypeError(f"{base.name} has no option {option!r}; it has {', '.join(base.option_names) or 'none'}")
    for option, value in options.items():
        kind = str(getattr(base._find, "__annotations__", {}).get(option, ""))
        if isinstance(value, str) and "Sequence[str]" in kind and "str" not in kind.replace("Sequence[str]", ""):
            raise TypeError(f"{base.name}({option}=...) takes a list: {option}=[{value!r}]")
    made = _restored(
        base, {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    )
    made.edits("")  # so that an impossible value is reported here, and not at the first text
    return made


def _restored(base: AnyFilter, options: dict[str, Any]) -> "Filter[[]]":
    """Return ``base`` with these options besides its own. Pickles of filters with options call this function."""
    merged = dict(sorted({**base.options, **options}.items()))  # sorted: equal filters pickle to equal bytes
    plain = base._made_by[1][0] if base._made_by and base.options else base
    return Filter(base.name, base._find, merged, (_restored, (plain, merged)))


def finds(find: Finder[P]) -> Filter[P]:
    """Make a filter of a function from a text to edits. Its keyword-only parameters are the filter's options.

    Raises:
        TypeError: ``find`` is not a function with a name.
    """
    _check_function(find, "finds")
    return Filter(find.__name__, find)


def dropping(find: Finder[P]) -> Finder[P]:
    """Mark a finder whose filter removes content, for :attr:`Filter.drops`. The decorator goes right below :func:`finds`."""
    find.drops = True  # type: ignore[attr-defined]
    return find


def gated(gate: Callable[[str], bool]) -> Callable[[Finder[P]], Finder[P]]:
    """Put a gate before a finder: a quick look which tells of most texts that there is nothing to find in them.

    The gate is for the filter without options. It judges by the line: it returns True of a text if it does so of each of its lines,
    and then the finder finds nothing. So a pipeline asks it again about the lines that an edit has changed, and about no others.
    """

    def with_gate(find: Finder[P]) -> Finder[P]:
        find.gate = gate  # type: ignore[attr-defined]
        return find

    return with_gate


def settled(find: Finder[P]) -> Finder[P]:
    """Run a finder again on the text that its edits make, until it finds nothing, and return all edits as one set.

    For a finder whose edits can make new work for it: ``&am&amp;p;`` becomes ``&amp;``, which becomes ``&``. If it still finds
    something after 10 rounds, the text is left as it was. So the filter changes nothing in its own result, whatever the text.
    """
    find_all = _repeated(find, _ROUNDS)
    find_all.look = find  # type: ignore[attr-defined]  # one round: a pipeline repeats its filters itself
    return find_all


def settled_soon(find: Finder[P]) -> Finder[P]:
    """Like :func:`settled`, for a finder that judges the text as a whole: after 3 rounds without an end, leave the text alone.

    Such a finder might otherwise wear a text away bit by bit, each round removing some of what the one before had kept.
    """
    return _repeated(find, _FEW_ROUNDS)


def _repeated(find: Finder[P], rounds: int) -> Finder[P]:
    gate: Callable[[str], bool] | None = getattr(find, "gate", None)

    @wraps(find)
    def find_all(text: str, *args: P.args, **options: P.kwargs) -> Iterable[Edit]:
        edits = tuple(find(text, *args, **options))
        if not edits:
            return edits
        after = text
        steps: list[Step] = []
        while edits:
            if len(steps) == rounds:
                return ()
            steps.append(Step.of(find.__name__, after, edits))
            after = splice(after, edits)
            edits = () if gate and not options and gate(after) else tuple(find(after, *args, **options))
        if len(steps) == 1:
            return steps[0].edits
        changes = Trace(text, after, tuple(steps)).changes()
        return [Edit(start, end, new, "; ".join([why for _, why in reasons])) for start, end, new, reasons in changes]

    find_all.__kwdefaults__ = find.__kwdefaults__  # type: ignore[attr-defined]  # the names of the options
    return find_all  # type: ignore[return-value]


def rewrites(rewrite: Callable[[str], str]) -> Filter[[]]:
    """Make a filter of any ``str -> str``. Its edits are found by comparing its result with the text, line by line.

    >>> @rewrites
    ... def lower(text: str) -> str:
    ...     return text.lower()
    >>> lower.edits("one TWO three")
    (Edit(start=4, end=7, new='two', why='lower'),)

    Raises:
        TypeError: ``rewrite`` is not a function with a name.
    """
    _check_function(rewrite, "rewrites")

    def find(text: str) -> Iterator[Edit]:
        new = rewrite(text)
        if new != text:
            for start, end, put, _ in compare_lines(text, new):
                yield Edit(start, end, put, rewrite.__name__)

    return finds(_named_as(rewrite, find))


def drops_lines(judge: Callable[[str], str | None]) -> Filter[[]]:
    """Make a filter that drops lines of a function that returns why a line should go, or None if it should stay.

    A line is dropped together with its line break. The function sees it without.

    >>> @drops_lines
    ... def rules(line: str) -> str | None:
    ...     return "rule" if line and set(line) <= set("-=*") else None
    >>> rules("Title\\n=====\\nText")
    'Title\\nText'

    Raises:
        TypeError: ``judge`` is not a function with a name; from the filter, if it returns anything else than a reason or None.
    """
    _check_function(judge, "drops_lines")

    def find(text: str) -> Iterator[Edit]:
        at = 0
        for line in text.split("\n"):
            why = judge(line)
            if why is not None and not isinstance(why, str):
                raise TypeError(
                    f"{judge.__name__} returned {why!r}; it returns why the line should go, as a str, or None if it stays"
                )
            end = min(at + len(line) + 1, len(text))
            if why is not None and end > at:
                yield Edit(at, end, "", why)
            at = end

    return finds(dropping(_named_as(judge, find)))


def replaces(name: str, pattern: str, new: str) -> Filter[[]]:
    r"""Return a filter that replaces the matches of a regular expression; ``new`` may refer to groups, as in :func:`re.sub`.

    The pattern is in the syntax of the package ``regex``, which includes that of :mod:`re`. On each text it may take one
    second, plus one for each 100,000 code points. A pattern that exceeds this is probably exponential.

    >>> replaces("wiki_edit", r"\[edit\]", "")("History[edit]")
    'History'

    Raises:
        TypeError: an argument is not a ``str``.
        re.error: the pattern is not a regular expression.
        SlowPattern: from the filter, if the pattern takes too long on a text.
    """
    for value in (name, pattern, new):
        if not isinstance(value, str):
            raise TypeError(f"replaces takes a name, a pattern and a replacement, each a str, not {value!r}")
    import regex

    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        raise re.error(error.msg, pattern, error.pos) from None

    def find(text: str) -> Iterator[Edit]:
        """Matches of a regular expression."""
        limit = _SECONDS + len(text) / _CODE_POINTS_A_SECOND
        try:
            for match in compiled.finditer(text, timeout=limit):
                put = match.expand(new)
                if put != match[0]:
                    yield Edit(match.start(), match.end(), put, name)
        except TimeoutError:
            raise SlowPattern(
                f"{name}: the pattern {pattern!r} was stopped after {limit:.1f} s on a text of {len(text):,} code points;"
                " rewrite it so that no part of it can match the same text in two ways, as (a+)+ can"
            ) from None

    return Filter(name, find, made_by=(replaces, (name, pattern, new)))


def _named_as(
    function: Callable[..., object], find: Callable[[str], Iterator[Edit]]
) -> Callable[[str], Iterator[Edit]]:
    """Give ``find`` the name, the place and the docstring of the function that it calls."""
    for attribute in ("__doc__", "__module__", "__name__", "__qualname__"):
        setattr(find, attribute, getattr(function, attribute))
    return find
