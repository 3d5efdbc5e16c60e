"""Word lists by language, as plain text, and the one function that loads them.

Imports nothing else of the package.
"""
