"""A text as lines, and what is known of a page as a whole: its body, headline, rows of labels, kinds of text.

May import ``core`` and ``words``.
"""
