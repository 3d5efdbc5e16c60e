"""Pipeline: a row of filters, itself ``str -> str``."""

from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Any, overload

from cleanmedia.core.edits import Edit, splice
from cleanmedia.core.filter import Filter
from cleanmedia.core.forms import CallForms
from cleanmedia.core.history import Step, Trace

__all__ = ["Pipeline"]

AnyFilter = Filter[Any]
Stages = tuple[tuple[AnyFilter, ...], ...]

_MOST_ROUNDS = 10  # a stage that has not come to rest by then is left as it is: no text is worth a hang


class Pipeline(CallForms):
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
    max_loss: float  # see guard()

    def __init__(self, *filters: AnyFilter) -> None:
        for found in filters:
            if not isinstance(found, Filter):
                raise TypeError(f"a pipeline takes filters, not {found!r}; cleanmedia.finds makes one of a function")
        self.__dict__.update(stages=(filters,) if filters else (), max_loss=1.0)

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
        if text is not None and self.max_loss < 1:
            return self.trace(text).text
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
            cleanmedia.core.parallel.WorkerDied: a process came to its end, for want of memory perhaps.
        """
        from cleanmedia.core.parallel import ordered

        return ordered(self, texts, processes)

    def trace(self, text: str) -> Trace:
        """The cleaned text together with every edit that made it."""
        done = self._trace(text)
        if self.max_loss < 1 and any(found.drops for found in self.filters):
            return self._guarded(done)
        return done

    def _trace(self, text: str) -> Trace:
        before, steps = text, []
        for found, edits, after in self._run(text):
            steps.append(Step.of(found.name, before, edits))
            before = after
        return Trace(text, before, tuple(steps))

    def guard(self, max_loss: float) -> "Pipeline":
        """The same row, under a guard: a text of which the dropping filters would take more than this share is repaired only.

        The share is of the code points of the text as the other filters leave it. :attr:`Trace.withheld` has what was not done.
        A second pass changes nothing under a guard either. It costs the time of a second look at what has something to drop.

        >>> from cleanmedia import NEWS
        >>> NEWS.guard(max_loss=0.5)("So it was..\\nShare on Facebook\\nDownload Adobe Flash Player")
        'So it was.\\nShare on Facebook\\nDownload Adobe Flash Player'

        Raises:
            ValueError: ``max_loss`` is not from 0 to 1.
        """
        if not 0 <= max_loss <= 1:
            raise ValueError(f"max_loss is {max_loss!r}; it is a share of the text's characters, from 0 to 1")
        return _of(self.stages, max_loss)

    def _guarded(self, done: Trace) -> Trace:
        """The trace, or that of the repairs alone. What is weighed is the repaired text, so that a second pass weighs the same."""
        droppers = {found.name for found in self.filters if found.drops}
        if not any(step.filter in droppers for step in done.steps):
            return done
        repaired = self.without(*droppers)._trace(done.source)
        withheld = tuple(step for step in self._trace(repaired.text).steps if step.filter in droppers)
        loss = sum(
            len(removed) - len(edit.new)
            for step in withheld
            for edit, removed in zip(step.edits, step.removed, strict=True)
        )
        if loss <= self.max_loss * len(repaired.text):
            return done
        return Trace(done.source, repaired.text, repaired.steps, withheld)

    def without(self, *names: str) -> "Pipeline":
        """The same row without the filters of these names. Raises ValueError for a name that is not in it."""
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name not in names) for stage in self.stages), self.max_loss)

    def only(self, *names: str) -> "Pipeline":
        """The same row with the filters of these names alone. Raises ValueError for a name that is not in it."""
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name in names) for stage in self.stages), self.max_loss)

    def then(self, *filters: AnyFilter) -> "Pipeline":
        """The same row, followed by one more stage."""
        return _of((*self.stages, *Pipeline(*filters).stages), self.max_loss)

    def before(self, name: str, *filters: AnyFilter) -> "Pipeline":
        """The same row with these filters right before the one of that name, in its stage.

        >>> from cleanmedia import NEWS
        >>> from cleanmedia.filters import site_lines
        >>> NEWS.before("widgets", site_lines(lines=["Our towns"]))("So..\\nOur towns")
        'So.\\n'

        Raises:
            ValueError: there is no filter of the name.
        """
        self._check((name,))
        Pipeline(*filters)
        return _of(
            tuple(
                tuple(found for old in stage for found in ((*filters, old) if old.name == name else (old,)))
                for stage in self.stages
            ),
            self.max_loss,
        )

    def replace(self, *filters: AnyFilter) -> "Pipeline":
        """The same row with these filters in the places of those that have their names: the way to set options.

        >>> from cleanmedia import NEWS
        >>> from cleanmedia.filters import quotes
        >>> NEWS.replace(quotes(style="straight"))("“Yes”")
        '"Yes"'
        """
        new = {found.name: found for found in filters}
        self._check(new)
        return _of(tuple(tuple(new.get(f.name, f) for f in stage) for stage in self.stages), self.max_loss)

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
        raise AttributeError("a pipeline is immutable; then(), without(), only(), replace() and guard() make another")

    def __reduce__(self) -> tuple[Any, ...]:
        return _of, (self.stages, self.max_loss)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pipeline) and (self.stages, self.max_loss) == (other.stages, other.max_loss)

    def __hash__(self) -> int:
        return hash(self.stages)

    def __repr__(self) -> str:
        guard = f".guard({self.max_loss})" if self.max_loss < 1 else ""
        return f"Pipeline({', '.join(map(repr, self.filters))}){guard}"


def _of(stages: Stages, max_loss: float) -> Pipeline:
    made = Pipeline()
    made.__dict__.update(stages=tuple(stage for stage in stages if stage), max_loss=max_loss)
    return made
