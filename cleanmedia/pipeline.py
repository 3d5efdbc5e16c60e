"""Pipeline: a row of filters, itself ``str -> str``."""

from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Any, overload

from cleanmedia.edits import Edit, splice
from cleanmedia.filter import Filter
from cleanmedia.history import Step, Trace

__all__ = ["Pipeline"]

AnyFilter = Filter[Any]
Stages = tuple[tuple[AnyFilter, ...], ...]

_MOST_ROUNDS = 10  # a stage that has not come to rest by then is left as it is: no text is worth a hang


class Pipeline:
    """Filters in order; itself ``str -> str``.

    The filters stand in stages. Those of one stage can make work for each other (a repaired reference may turn out to be
    mojibake), so a stage is gone round until none of its filters finds anything; then comes the next.
    ``Pipeline(a, b)`` is one stage; ``.then(c)`` adds another. A pipeline is immutable and pickles small.

    >>> from cleanmedia.filters import punctuation, whitespace
    >>> tidy = Pipeline(punctuation).then(whitespace)
    >>> tidy("So it was..   Really.")
    'So it was. Really.'
    """

    stages: Stages

    def __init__(self, *filters: AnyFilter) -> None:
        for found in filters:
            if not isinstance(found, Filter):
                raise TypeError(f"a pipeline takes filters, not {found!r}; cleanmedia.finds makes one of a function")
        self.__dict__["stages"] = (filters,) if filters else ()

    @property
    def filters(self) -> tuple[AnyFilter, ...]:
        """All filters, in order."""
        return tuple(found for stage in self.stages for found in stage)

    @overload
    def __call__(self, text: str) -> str: ...
    @overload
    def __call__(self, text: None) -> None: ...
    def __call__(self, text: str | None) -> str | None:
        """The cleaned text: the same object where there was nothing to do, ``None`` for ``None``."""
        if text is not None:
            for _, _, after in self._run(text):
                text = after
        return text

    def map(self, texts: Iterable[str | None], processes: int = 1) -> Iterator[str | None]:
        """Every text cleaned, in order, by so many processes. Texts are asked for as results are taken: any number will do.

        >>> from cleanmedia import REPAIR
        >>> list(REPAIR.map(["So..", None, "&# 171;x&# 187;"]))
        ['So.', None, '«x»']

        Raises:
            ValueError: ``processes`` is less than 1.
            cleanmedia.parallel.WorkerDied: a process came to its end, for want of memory perhaps.
        """
        from cleanmedia.parallel import ordered

        return ordered(self, texts, processes)

    def trace(self, text: str) -> Trace:
        """The cleaned text together with every edit that made it."""
        before, steps = text, []
        for found, edits, after in self._run(text):
            steps.append(Step.of(found.name, before, edits))
            before = after
        return Trace(text, before, tuple(steps))

    def without(self, *names: str) -> "Pipeline":
        """The same row without the filters of these names. Raises ValueError for a name that is not in it."""
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name not in names) for stage in self.stages))

    def only(self, *names: str) -> "Pipeline":
        """The same row with the filters of these names alone. Raises ValueError for a name that is not in it."""
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name in names) for stage in self.stages))

    def then(self, *filters: AnyFilter) -> "Pipeline":
        """The same row, followed by one more stage."""
        return _of((*self.stages, *Pipeline(*filters).stages))

    def replace(self, *filters: AnyFilter) -> "Pipeline":
        """The same row with these filters in the places of those that have their names: the way to set options.

        >>> from cleanmedia import NEWS
        >>> from cleanmedia.filters import quotes
        >>> NEWS.replace(quotes(style="straight"))("“Yes”")
        '"Yes"'
        """
        new = {found.name: found for found in filters}
        self._check(new)
        return _of(tuple(tuple(new.get(f.name, f) for f in stage) for stage in self.stages))

    def _run(self, text: str) -> Iterator[tuple[AnyFilter, tuple[Edit, ...], str]]:
        for stage in self.stages:
            at_rest = 0  # how many filters in a row have nothing left to find
            for found in islice(cycle(stage), len(stage) * _MOST_ROUNDS):
                edits = found.edits(text)
                if edits:
                    text = splice(text, edits)
                    yield found, edits, text
                    at_rest = 1  # a filter that has just done its work finds no more (law 1)
                else:
                    at_rest += 1
                if at_rest == len(stage):
                    break

    def _check(self, names: "tuple[str, ...] | dict[str, AnyFilter]") -> None:
        known = [found.name for found in self.filters]
        for name in names:
            if name not in known:
                raise ValueError(f"no filter {name!r} in this pipeline; it has {', '.join(known) or 'none'}")

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError("a pipeline is immutable; then(), without(), only() and replace() make another")

    def __reduce__(self) -> tuple[Any, ...]:
        return _of, (self.stages,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pipeline) and self.stages == other.stages

    def __hash__(self) -> int:
        return hash(self.stages)

    def __repr__(self) -> str:
        return f"Pipeline({', '.join(map(repr, self.filters))})"


def _of(stages: Stages) -> Pipeline:
    made = Pipeline()
    made.__dict__["stages"] = tuple(stage for stage in stages if stage)
    return made
