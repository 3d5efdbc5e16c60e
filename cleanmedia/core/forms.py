"""The methods of pipelines, filters and traces whose code is in layers above the core.

This module is the one exception to the rule that the core imports nothing else of the package. The methods belong on a
pipeline, and the code for Arrow arrays, data frames and nulls belongs in ``cleanmedia.engines``, that for specs in
``cleanmedia.specs`` and that for notebooks in ``cleanmedia.report``, which are built on pipelines. So each method imports its
part when it is called and hands over to it. The contract of layers in ``pyproject.toml`` permits these imports, from this
module alone. Importing the core therefore never imports an engine.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanmedia.engines.on import On

__all__ = ["CallForms", "NotebookForm", "SpecForms", "from_spec"]


class CallForms:
    """``batch``, ``site``, ``arrow`` and ``on``: what a pipeline and a filter offer besides ``pipe(text)``.

    All but ``site`` give the results of a loop over the texts, with one addition: the output can always be encoded as UTF-8. The
    presets repair lone surrogates with the filter ``characters``. After a pipeline without it, the filter
    :func:`cleanmedia.core.surrogates.surrogates` replaces those that are left by U+FFFD.
    """

    __slots__ = ()

    def batch(self, texts: Iterable[Any], processes: int = 1) -> list[str | None]:
        """Return every text cleaned, in order. Nulls of any kind (None, NaN, pandas.NA) become None.

        >>> from cleanmedia import NEWS
        >>> NEWS.batch(["So..", None, float("nan")])
        ['So.', None, None]

        Raises:
            TypeError: a value is neither a text nor a null.
            ValueError: ``processes`` is less than 1.
        """
        from cleanmedia.engines.texts import batch

        if isinstance(texts, str | bytes):
            raise TypeError("batch takes many texts, such as a list or a column; call the pipeline with one text")
        return batch(self, texts, processes)

    def site(self, pages: Iterable[Any]) -> list[str | None]:
        """Return the pages of one site cleaned, in order: a line that three of them have counts against itself.

        So do lines above or below such a line, where the other pages rarely have their article; and the reverse. That is evidence, and
        does not decide alone: see the options ``lines`` and ``places`` of ``boilerplate``, which the pipeline must have. It takes four different
        pages; with fewer, each is cleaned as by :meth:`batch`. All pages are held in memory. Nulls become None. For a crawl
        of many sites, use ``cleanmedia learn`` and the option ``templates``.

        >>> from cleanmedia import ARTICLE
        >>> ARTICLE.site(["So..", None])
        ['So.', None]

        Raises:
            TypeError: a page is neither a text nor a null.
            ValueError: the pipeline has no filter ``boilerplate``.
        """
        from cleanmedia.engines.site import site

        if isinstance(pages, str | bytes):
            raise TypeError("site takes the pages of a site, such as a list; call the pipeline with one page")
        return site(self, pages)

    def arrow(self, array: Any) -> Any:
        """Return an Arrow array or chunked array cleaned, with the same type and length; the same object if nothing changed.

        The type must be string, large_string, string_view, or a dictionary of one of these. A value that occurs more than
        once is cleaned once.

        Raises:
            TypeError: ``array`` is not an Arrow array, or is of another type.
            cleanmedia.core.extras.MissingExtra: pyarrow is not installed.
        """
        from cleanmedia.engines.arrow import clean_array
        from cleanmedia.engines.texts import Cleaner

        return clean_array(Cleaner(self).cleaned, array)

    def on(
        self, column: str, *more: str, title: str | None = None, host: str | None = None, trace: str | None = None
    ) -> "On":
        """Return a small picklable function that cleans these columns of a batch and leaves the others as they are.

        It takes a dict of one row, a dict of columns, an Arrow RecordBatch or Table, or a pandas or Polars frame, and returns
        a batch of the same kind. Its method ``iter`` does so for an iterable of batches.

        Args:
            column: the column to clean.
            more: further columns to clean.
            title: the column with the page's title, for ``repeated_titles`` and ``boilerplate``.
            host: the column with the page's host or address, for the ``templates`` of ``site_lines``, ``site_sentences`` and ``boilerplate``.
            trace: the name of a column to add, which lists every edit as JSON.

        Raises:
            TypeError: a name is not a ``str``; the function raises what :class:`cleanmedia.engines.on.On` documents.

        >>> from cleanmedia import NEWS
        >>> NEWS.on("text")({"id": 7, "text": "So.."})
        {'id': 7, 'text': 'So.'}
        >>> NEWS.on("text")({"id": [7, 8], "text": ["So..", None]})
        {'id': [7, 8], 'text': ['So.', None]}
        """
        from cleanmedia.engines.on import On

        return On(self, (column, *more), title, host, trace)


CallForms.arrow.__annotations__ = {}  # Spark's arrow_udf takes a function without annotations for array -> array


class SpecForms:
    """``spec``: a pipeline as data."""

    __slots__ = ()

    def spec(self: Any) -> dict[str, Any]:
        """Return this pipeline as data that JSON and TOML can hold; :meth:`of` makes an equal pipeline of it.

        The keys are described in :mod:`cleanmedia.specs`.

        >>> from cleanmedia import REPAIR, Pipeline
        >>> from cleanmedia.filters import quotes
        >>> REPAIR.only("quotes", "punctuation").replace(quotes(style="de")).spec()
        {'stages': [['quotes', 'punctuation']], 'options': {'quotes': {'style': 'de'}}}
        >>> Pipeline.of(REPAIR.spec()) == REPAIR
        True

        Raises:
            ValueError: a filter is your own, or is in the pipeline twice.
        """
        from cleanmedia.specs import spec_of

        return spec_of(self)


def from_spec(spec: Mapping[str, Any]) -> Any:
    """Return the pipeline that a spec describes. See :meth:`cleanmedia.Pipeline.of`."""
    from cleanmedia.specs import pipeline_of

    return pipeline_of(spec)


class NotebookForm:
    """How a notebook shows a trace."""

    __slots__ = ()

    def _repr_html_(self: Any) -> str:
        """Return the source with its marks, as HTML."""
        from cleanmedia.report.notebook import notebook

        return notebook(self)
