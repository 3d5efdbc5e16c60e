"""Features of a line and of its position on the page, and the trees that weigh them: is it part of the article?

May import ``core``, ``page``, ``phrases`` and ``words``.
"""
