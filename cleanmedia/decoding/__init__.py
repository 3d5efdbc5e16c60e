"""Bytes to text: which encoding they are in, and how well a text reads as a language.

Imports nothing else of the package.
"""
