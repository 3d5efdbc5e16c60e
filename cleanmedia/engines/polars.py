"""The namespace ``cleanmedia`` of Polars' expressions: ``pl.col("text").cleanmedia.clean()``. Importing this module adds it."""

from typing import Any

from cleanmedia.core.extras import need
from cleanmedia.engines.texts import Cleaner
from cleanmedia.presets import NEWS

__all__ = ["CleanmediaExpr"]

pl: Any = need("polars", "polars", "the namespace of Polars' expressions")


@pl.api.register_expr_namespace("cleanmedia")
class CleanmediaExpr:
    """The methods that the namespace adds to an expression of texts."""

    def __init__(self, expr: Any) -> None:
        self._expr = expr

    def clean(self, pipe: Any = NEWS) -> Any:
        """Return an expression of the texts cleaned by a pipeline or a filter; nulls stay.

        Each text is cleaned by itself, so that Polars can stream it.
        """
        clean = Cleaner(pipe).cleaned

        def cleaned(texts: Any) -> Any:
            return pl.Series(texts.name, clean(texts.to_list()), dtype=texts.dtype)

        return self._expr.map_batches(cleaned, return_dtype=pl.self_dtype(), is_elementwise=True)
