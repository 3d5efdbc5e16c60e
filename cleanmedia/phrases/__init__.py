"""Catalogues of widget phrases, one file a language, and the matcher that looks a line up in them.

May import ``core``, ``page`` and ``words``.
"""
