"""Items of a list: how a line that begins one starts."""

import re

from cleanmedia.page.patterns import pattern

__all__ = ["BULLETS", "starts_item"]

BULLETS = "•·●○◦▪▫■□◆◇▶►▸▹▷→›‣∙⁃◾◽★☆✓✔✗✘✕✖×➜➤➔⇒▲▼△▽↑↓←‹◀◄✉☰➕"
_ITEM = pattern(rf"\s*(?:[{re.escape(BULLETS)}*+–—-]\s|[(\[]?\w{{1,3}}[.)\]]\s|#)")


def starts_item(line: str) -> bool:
    """Return whether a line begins as a list item: with a bullet, a dash, a number or a letter."""
    return bool(_ITEM.match(line))
