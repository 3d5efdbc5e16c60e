"""Find the lines that the pages of a site have in common, for the filter ``site_lines``.

A page becomes rows (``rows``); one SQL query counts them (``query``), in DuckDB (``local``) or Spark (``spark``); the result,
called templates, is a Parquet file or phrase files (``catalogues``). May import ``io`` and what is below it.
"""

from cleanmedia.learning.local import learn as learn
from cleanmedia.learning.query import Least as Least
