"""The pages of a small site, made up: each has an article of its own, and lines that all of them share."""

PLACES = ("bridge", "harbour", "school", "market", "library", "station", "theatre", "lighthouse")


def pages_of_a_site() -> list[dict[str, str]]:
    """Return eight records: ``url``, ``title``, ``text``, and ``article``, which is the part of the text to keep."""
    records = []
    for number, place in enumerate(PLACES):
        title = f"The council votes to keep the old {place}"
        article = (
            f"The council voted on Monday to keep the old {place}, after a debate of {number + 2} hours about its cost. "
            f"Nobody wants to lose the {place}, said the mayor, who had changed her mind."
        )
        text = f"{title}\n\n{article}\n\nOur bay, our paper\nLetters to the bay\nShare on Facebook\n"
        records.append({"url": f"https://example.org/{number}", "title": title, "text": text, "article": article})
    return records
