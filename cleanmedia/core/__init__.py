"""Edits, filters, pipelines and traces: how a text is changed and how every change is recorded.

Imports nothing else of the package, except that ``forms`` hands a batch of texts over to ``engines`` (see its docstring).
"""
