"""Learning which lines the pages of a site have in common: a file for the rows, the query, each engine, and what is written."""

from cleanmedia.learning.local import learn as learn
from cleanmedia.learning.query import Least as Least
