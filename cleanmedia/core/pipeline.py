"""Pipeline: a sequence of filters, itself ``str -> str``."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice
from typing import Any, Final, overload

from cleanmedia.core.edits import Edit, changed_lines, splice
from cleanmedia.core.filter import AnyFilter, Filter
from cleanmedia.core.forms import CallForms, SpecForms, from_spec
from cleanmedia.core.frozen import Frozen
from cleanmedia.core.hints import check_text
from cleanmedia.core.history import Step, Trace

__all__ = ["Pipeline"]

Stages = tuple[tuple[AnyFilter, ...], ...]

_ROUNDS = 20  # the most that a stage is repeated on one text


class _Unsettled(Exception):
    """The filters of a stage still find something after all rounds."""


class Pipeline(Frozen, CallForms, SpecForms):
    """Filters in order; itself ``str -> str``.

    The filters are grouped in stages. Filters of one stage can make work for each other (a repaired character reference may
    turn out to be mojibake), so each stage is repeated until none of its filters finds anything; then the next stage starts.
    A text that still changes after 20 rounds is returned unchanged: see :attr:`Trace.withheld`. ``Pipeline(a, b)``
    is one stage; ``.then(c)`` adds another. A pipeline is immutable and pickles small.

    >>> from cleanmedia.filters import punctuation, whitespace
    >>> tidy = Pipeline(punctuation).then(whitespace)
    >>> tidy("So it was..   Really.")
    'So it was. Really.'

    Attributes:
        stages: the filters, a tuple for each stage.
        max_loss: the share of a text that its dropping filters may remove, from 0 to 1. See :meth:`guard`.

    Raises:
        TypeError: an argument is not a filter.
    """

    __slots__ = ("max_loss", "stages")
    _hint = "; then(), without(), only(), before(), replace() and guard() make another pipeline"

    stages: Final[Stages]
    max_loss: Final[float]

    def __init__(self, *filters: AnyFilter) -> None:
        for each in filters:
            if not isinstance(each, Filter):
                raise TypeError(f"a pipeline takes filters, not {each!r}; cleanmedia.finds makes one from a function")
        self.stages = (filters,) if filters else ()
        self.max_loss = 1.0

    @property
    def filters(self) -> tuple[AnyFilter, ...]:
        """All filters, in order."""
        return tuple(each for stage in self.stages for each in stage)

    @staticmethod
    def of(spec: Mapping[str, Any]) -> "Pipeline":
        """Return the pipeline that a spec describes, as :meth:`spec` returns it, or as you wrote it.

        >>> from cleanmedia import NEWS, Pipeline
        >>> Pipeline.of({"preset": "news", "without": ["widgets"], "max_loss": 0.5}) == NEWS.without("widgets").guard(0.5)
        True

        Raises:
            TypeError: ``spec`` is not a mapping.
            ValueError: a key, a name or a value is unknown or wrong.
        """
        made: Pipeline = from_spec(spec)
        return made

    def __len__(self) -> int:
        return len(self.filters)

    def __bool__(self) -> bool:
        return True  # a pipeline without filters is one, too

    def __contains__(self, each: object) -> bool:
        """Return whether a filter, or one of that name, is in the pipeline."""
        return any(each == known or each == known.name for known in self.filters)

    # Iteration goes by this method, on purpose. With __iter__, pandas would take NEWS in Series.apply(NEWS) for a list of functions.
    def __getitem__(self, place: int | str) -> AnyFilter:
        """Return the filter of this name, or at this place. Raises KeyError, IndexError.

        >>> from cleanmedia import NEWS, REPAIR
        >>> NEWS["widgets"].drops, [each.name for each in REPAIR][:2], "widgets" in REPAIR
        (True, ['mojibake', 'characters'], False)
        """
        if isinstance(place, str):
            found = next((each for each in self.filters if each.name == place), None)
            if found is None:
                raise KeyError(place)
            return found
        return self.filters[place]

    @overload
    def __call__(self, text: str) -> str: ...
    @overload
    def __call__(self, text: None) -> None: ...
    def __call__(self, text: str | None) -> str | None:
        """Return the cleaned text: the same object if nothing was changed, ``None`` for ``None``.

        Raises:
            TypeError: ``text`` is neither a ``str`` nor ``None``.
        """
        if text is None:
            return None
        if self.max_loss < 1:
            return self.trace(text).text
        check_text(text, "a pipeline")
        clean = text
        try:
            for _, _, after in self._run(text):
                clean = after
        except _Unsettled:
            return text
        return clean

    def map(self, texts: Iterable[str | None], processes: int = 1) -> Iterator[str | None]:
        """Return an iterator of the cleaned texts, in order, computed by that many worker processes.

        Input is consumed lazily, so the iterable may be unbounded. With one process, the work is done in this one.

        >>> from cleanmedia import REPAIR
        >>> list(REPAIR.map(["So..", None, "&# 171;x&# 187;"]))
        ['So.', None, '«x»']

        Raises:
            ValueError: ``processes`` is less than 1.
            cleanmedia.core.parallel.WorkerDied: a worker process died, possibly out of memory.
        """
        from cleanmedia.core.parallel import ordered

        if isinstance(texts, str):
            raise TypeError("map takes many texts, such as a list; call the pipeline with one text")
        return ordered(self, texts, processes)

    def trace(self, text: str) -> Trace:
        """Return the cleaned text together with every edit that was made.

        Raises:
            TypeError: ``text`` is not a ``str``.
        """
        check_text(text, "a pipeline")
        trace = self._trace(text)
        if self.max_loss < 1 and any(each.drops for each in self.filters):
            return self._guarded(trace)
        return trace

    def _trace(self, text: str) -> Trace:
        before, steps = text, []
        try:
            for each, edits, after in self._run(text):
                steps.append(Step.of(each.name, before, edits))
                before = after
        except _Unsettled:
            return Trace(text, text, (), tuple(steps))
        return Trace(text, before, tuple(steps))

    def guard(self, max_loss: float) -> "Pipeline":
        """Return this pipeline with a guard: if its dropping filters would remove more than this share, they do nothing.

        The share is of the code points of the repaired text. :attr:`Trace.withheld` records what was not done. A second pass
        still changes nothing. Texts from which something would be dropped are processed twice.

        >>> from cleanmedia import NEWS
        >>> NEWS.guard(max_loss=0.5)("So it was..\\nShare on Facebook\\nDownload Adobe Flash Player")
        'So it was.\\nShare on Facebook\\nDownload Adobe Flash Player'

        Raises:
            TypeError: ``max_loss`` is not a number.
            ValueError: it is not from 0 to 1.
        """
        try:
            fits = 0 <= max_loss <= 1
        except TypeError:
            raise TypeError(f"max_loss is {max_loss!r}; it takes a number from 0 to 1") from None
        if not fits:
            raise ValueError(f"max_loss is {max_loss!r}; it must be a share of the text's code points, from 0 to 1")
        return _of(self.stages, max_loss)

    def _guarded(self, trace: Trace) -> Trace:
        """Return the trace, or that of the repairs alone if too much would be dropped.

        The loss is measured on the repaired text, so that a second pass measures the same.
        """
        droppers = {each.name for each in self.filters if each.drops}
        if not any(step.filter in droppers for step in trace.steps):
            return trace
        repaired = self.without(*droppers)._trace(trace.source)
        withheld = tuple(step for step in self._trace(repaired.text).steps if step.filter in droppers)
        if _loss(withheld) <= self.max_loss * len(repaired.text):
            return trace
        return Trace(trace.source, repaired.text, repaired.steps, withheld)

    def without(self, *names: str) -> "Pipeline":
        """Return this pipeline without the filters of these names. Raises ValueError for a name that is not in it."""
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name not in names) for stage in self.stages), self.max_loss)

    def only(self, *names: str) -> "Pipeline":
        """Return this pipeline with only the filters of these names.

        Raises:
            TypeError: something else than a name is given.
            ValueError: a name is not in the pipeline, or none is given.
        """
        if not names:
            raise ValueError("only() takes the names of the filters to keep, such as 'quotes'")
        self._check(names)
        return _of(tuple(tuple(f for f in stage if f.name in names) for stage in self.stages), self.max_loss)

    def then(self, *filters: AnyFilter) -> "Pipeline":
        """Return this pipeline followed by one more stage with these filters."""
        return _of((*self.stages, *Pipeline(*filters).stages), self.max_loss)

    def before(self, name: str, *filters: AnyFilter) -> "Pipeline":
        """Return this pipeline with these filters right before the one of that name, in the same stage.

        >>> from cleanmedia import NEWS
        >>> from cleanmedia.filters import site_lines
        >>> NEWS.before("widgets", site_lines(lines=["Our towns"]))("So..\\nOur towns")
        'So.\\n'

        Raises:
            TypeError: ``name`` is not a str, or another argument is not a filter.
            ValueError: no filter has that name.
        """
        self._check((name,))
        new = Pipeline(*filters).filters
        return _of(
            tuple(
                tuple(each for old in stage for each in ((*new, old) if old.name == name else (old,)))
                for stage in self.stages
            ),
            self.max_loss,
        )

    def replace(self, *filters: AnyFilter) -> "Pipeline":
        """Return this pipeline with each of these filters in place of the one with the same name. This is how to set options.

        >>> from cleanmedia import NEWS
        >>> from cleanmedia.filters import quotes
        >>> NEWS.replace(quotes(style="straight"))("“Yes”")
        '"Yes"'

        Raises:
            TypeError: an argument is not a filter.
            ValueError: no filter has the name of one of them.
        """
        new = {each.name: each for each in Pipeline(*filters).filters}
        self._check(new)
        return _of(tuple(tuple(new.get(f.name, f) for f in stage) for stage in self.stages), self.max_loss)

    def _run(self, text: str) -> Iterator[tuple[AnyFilter, tuple[Edit, ...], str]]:
        """Run the stages; yield each filter that made edits, with its edits and the text after them.

        Raises:
            _Unsettled: a stage kept changing the text.
        """
        for stage in self.stages:
            idle = 0  # how many filters in a row have found nothing
            closed: set[int] = set()  # the places of the filters whose gate says that there is nothing to find
            for place, each in islice(cycle(enumerate(stage)), len(stage) * _ROUNDS):
                edits: tuple[Edit, ...] = ()
                if place not in closed:
                    if each.skips(text):
                        closed.add(place)
                    else:
                        edits = each.look(text)
                if edits:
                    before, text = text, splice(text, edits)
                    closed = _still_closed(stage, closed, before, edits, text)
                    yield each, edits, text
                    idle = 0 if each.settles else 1  # what does not settle by looking again has looked once and for all
                else:
                    idle += 1
                if idle == len(stage):
                    break
            else:
                raise _Unsettled

    def _check(self, names: Iterable[str]) -> None:
        known = [each.name for each in self.filters]
        for name in names:
            if not isinstance(name, str):
                raise TypeError(f"{name!r} is not the name of a filter, such as 'quotes'")
            if name not in known:
                raise ValueError(f"no filter {name!r} in this pipeline; it has {', '.join(known) or 'none'}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _of, (self.stages, self.max_loss)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pipeline) and (self.stages, self.max_loss) == (other.stages, other.max_loss)

    def __hash__(self) -> int:
        return hash(self.stages)

    def __repr__(self) -> str:
        stages = [", ".join(map(repr, stage)) for stage in self.stages] or [""]
        guard = f".guard({self.max_loss})" if self.max_loss < 1 else ""
        return f"Pipeline({stages[0]}){''.join([f'.then({stage})' for stage in stages[1:]])}{guard}"


def _of(stages: Stages, max_loss: float) -> Pipeline:
    """Return a pipeline of these stages, empty ones left out. Pickles of pipelines call this function."""
    made = Pipeline.__new__(Pipeline)
    object.__setattr__(made, "stages", tuple(stage for stage in stages if stage))
    object.__setattr__(made, "max_loss", max_loss)
    return made


def _still_closed(
    stage: tuple[AnyFilter, ...], closed: set[int], before: str, edits: tuple[Edit, ...], after: str
) -> set[int]:
    """Return the places of the filters whose gates are closed to what edits have made of a text, as they were to it before.

    Only the changed lines are asked about. Where these are most of the text, no gate counts as closed: each is asked in its turn.
    """
    if not closed or len(edits) > after.count("\n"):
        return set()
    changed = changed_lines(before, edits, after)
    if len(changed) * 2 > len(after):
        return set()
    return {place for place in closed if stage[place].skips(changed)} if changed else closed


def _loss(steps: Iterable[Step]) -> int:
    """Return by how many code points the edits of these steps shorten the text."""
    return sum(
        len(removed) - len(edit.new) for step in steps for edit, removed in zip(step.edits, step.removed, strict=True)
    )
