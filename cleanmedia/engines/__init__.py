"""Adapters for dataset engines: Arrow, pandas, Polars, datatrove and others.

May import everything below it. The core imports it through ``cleanmedia.core.forms`` only, when a method is called.
"""
