"""The call forms that pipelines and filters share, for the engines that run them over datasets."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanmedia.engines.on import On

__all__ = ["CallForms"]


class CallForms:
    """``batch``, ``arrow`` and ``on``, which a pipeline and a filter have besides ``pipe(text)``.

    All three give back what a loop over the texts would, with one addition: the output always encodes to UTF-8. A pipeline
    with the filter ``characters``, as every preset is, mends lone surrogates itself; behind any other, the filter
    :func:`cleanmedia.engines.surrogates.surrogates` puts U+FFFD in the place of those that are left.
    """

    __slots__ = ()

    def batch(self, texts: Iterable[Any], processes: int = 1) -> list[str | None]:
        """Every text cleaned, as a list of the same length and order. Nulls of any kind (None, NaN, pandas.NA) give None.

        >>> from cleanmedia import NEWS
        >>> NEWS.batch(["So..", None, float("nan")])
        ['So.', None, None]

        Raises:
            TypeError: something is neither a text nor a null.
            ValueError: ``processes`` is less than 1.
        """
        from cleanmedia.engines.texts import batch

        return batch(self, texts, processes)

    def arrow(self, array: Any) -> Any:
        """An Arrow array or chunked array, cleaned: of the same type and length. The same object where nothing changed.

        The type is string, large_string, string_view, or a dictionary of one of these, each value of which is cleaned once.

        Raises:
            TypeError: it is no Arrow array, or one of another type.
            cleanmedia.core.extras.MissingExtra: pyarrow is not installed.
        """
        from cleanmedia.engines.arrow import clean_array
        from cleanmedia.engines.texts import Cleaner

        return clean_array(Cleaner(self).cleaned, array)

    def on(
        self, column: str, *more: str, title: str | None = None, host: str | None = None, trace: str | None = None
    ) -> "On":
        """A small picklable object that cleans these columns of a batch, and leaves all others as they are.

        Called with a dict of one row, a dict of columns, an Arrow RecordBatch or Table, or a pandas or Polars frame, it gives
        another of the same kind. Its ``iter`` does so for an iterator of them.

        Args:
            column, more: the columns to clean.
            title: the column that holds the page's title, for ``repeated_titles``.
            host: the column that holds the page's host, for ``site_lines``.
            trace: the name of a column to add, with every edit as JSON.

        >>> from cleanmedia import NEWS
        >>> NEWS.on("text")({"id": 7, "text": "So.."})
        {'id': 7, 'text': 'So.'}
        >>> NEWS.on("text")({"id": [7, 8], "text": ["So..", None]})
        {'id': [7, 8], 'text': ['So.', None]}
        """
        from cleanmedia.engines.on import On

        return On(self, (column, *more), title, host, trace)


CallForms.arrow.__annotations__ = {}  # Spark's arrow_udf takes a function without any for array -> array
