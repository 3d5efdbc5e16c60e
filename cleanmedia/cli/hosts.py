"""What ``--templates`` knew of the hosts of the documents."""

import argparse

from cleanmedia.cli.terminal import count, note

__all__ = ["Hosts"]


class Hosts:
    """Counts the documents whose host the templates do not know. Those of several workers add up."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._templates, self._host, self._field = options.templates, options.host, options.host_field
        self._documents = self._without_host = self._unknown = 0
        self._names: set[str] = set()  # of the unknown hosts

    def add(self, host: str | None) -> None:
        """Count a document of this host."""
        if not self._templates:
            return
        from cleanmedia.page.sites import host_of, template

        host = host or self._host or ""
        self._documents += 1
        if any(template(self._templates, host)):
            return
        if host:
            self._unknown += 1
            self._names.add(host_of(host))
        else:
            self._without_host += 1

    def __iadd__(self, other: "Hosts") -> "Hosts":
        self._documents += other._documents
        self._without_host += other._without_host
        self._unknown += other._unknown
        self._names |= other._names
        return self

    def note(self) -> str:
        """Return a line for standard error about documents from which nothing could be dropped; an empty string if there are none."""
        if not self._without_host and not self._unknown:
            return ""
        if self._without_host == self._documents:
            return note(
                f"no record has a host in {self._field!r}, so --templates dropped nothing; --host-field names it"
            )
        parts = []
        if self._unknown:
            parts.append(f"it does not know {count(len(self._names), 'host')} of {count(self._unknown, 'document')}")
        if self._without_host:
            parts.append(f"no host is given for {count(self._without_host, 'document')}")
        return note(f"--templates dropped nothing from some texts: {'; '.join(parts)}")
