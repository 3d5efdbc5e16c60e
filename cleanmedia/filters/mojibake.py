"""Mojibake: text that was decoded in the wrong encoding."""

from collections.abc import Iterator

from cleanmedia.edits import Edit, compare
from cleanmedia.filter import finds

__all__ = ["mojibake"]


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: ASCII is the same in every encoding that is confused with another."""
    return text.isascii()


@finds
def mojibake(text: str) -> Iterator[Edit]:
    """Repairs what was decoded in the wrong encoding, as ``ftfy.fix_text`` does with every other of its fixers off.

    Why: pages declare one encoding and use another, or mix two: ``VerÃ¶ffentlichung``, ``ItвЂ™s``, ``Copyright Â© 2020``
    stand on 155 of 4,809 real hosts. ftfy knows the encodings that are confused, and what plain text never looks like.

    Keeps: curly quotes, full-width forms, ligatures, entities, line breaks: those fixers of ftfy lose something or
    are other filters' business. A line that speaks of mojibake shows it on purpose.

    Risk: very low; ftfy's authors count one false positive in millions of lines.

    >>> mojibake("VerÃ¶ffentlichung … ItвЂ™s")
    'Veröffentlichung … It’s'
    >>> mojibake("”Ya”, ”Tidak”: ２０２０年")
    '”Ya”, ”Tidak”: ２０２０年'
    """
    if _can_skip(text):
        return
    import ftfy

    at = 0
    for line in text.split("\n"):
        if not line.isascii() and "mojibake" not in line:
            for begin in range(0, len(line), _SEGMENT):
                segment = line[begin : begin + _SEGMENT]
                fixed, plan = ftfy.fix_encoding_and_explain(segment)
                if fixed != segment:
                    why = ", ".join(f"{step.action} {step.parameter}" for step in plan or ())
                    for edit in compare(segment, fixed, at + begin):
                        yield edit._replace(why=why)
        at += len(line) + 1


_SEGMENT = 1_000_000  # code points: ftfy's own bound on what it looks at in one piece
