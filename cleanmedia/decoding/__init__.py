"""Bytes to text: whether data is text, in which encoding, and how well a text reads as a language. Imports no other layer."""
