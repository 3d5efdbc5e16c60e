"""The filters, one file each: callable alone as ``str -> str``, with ``.edits(text)``."""
