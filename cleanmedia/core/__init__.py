"""Edits, filters, pipelines and traces: how a text is changed and how every change is recorded.

Imports nothing else of the package, with one exception: ``forms`` passes batches of texts to ``engines`` (see its docstring).
"""
