"""What ``--templates`` knew of the hosts of the documents."""

import argparse
from typing import Any

from cleanmedia.cli.terminal import count, note

__all__ = ["Hosts"]


class Hosts:
    """Counts the documents by what the templates know of their host. Those of several workers add up."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._templates, self._host, self._field = options.templates, options.host, options.host_field
        self._documents = self._without_host = 0  # the latter: and nothing known of such documents
        self._of: dict[str, dict[str, int]] = {"known": {}, "unknown": {}, "small": {}}  # documents of each host

    def add(self, host: str | None) -> None:
        """Count a document of this host."""
        if not self._templates:
            return
        from cleanmedia.page.sites import host_of
        from cleanmedia.page.templates import template

        host = host or self._host or ""
        self._documents += 1
        found = template(self._templates, host)
        if not host and not any(found[:3]):
            self._without_host += 1
            return
        kind = "small" if found.few else "known" if found.pages or any(found[:3]) else "unknown"
        of = self._of[kind]
        of[host_of(host)] = of.get(host_of(host), 0) + 1

    def __iadd__(self, other: "Hosts") -> "Hosts":
        self._documents += other._documents
        self._without_host += other._without_host
        for kind, hosts in other._of.items():
            of = self._of[kind]
            for host, number in hosts.items():
                of[host] = of.get(host, 0) + number
        return self

    def note(self) -> str:
        """Return a line for standard error about documents from which nothing could be dropped; an empty string if there are none."""
        unknown, small = self._of["unknown"], self._of["small"]
        if not self._without_host and not unknown and not small:
            return ""
        if self._without_host == self._documents:
            return note(
                f"no record has a host in {self._field!r}, so --templates dropped nothing; --host-field names it"
            )
        parts = []
        if unknown:
            parts.append(f"it does not know {count(len(unknown), 'host')} of {_documents(unknown)}")
        if small:
            parts.append(f"it was learned on too few pages of {count(len(small), 'host')} of {_documents(small)}")
        if self._without_host:
            parts.append(f"no host is given for {count(self._without_host, 'document')}")
        return note(f"--templates dropped nothing from some texts: {'; '.join(parts)}")

    @staticmethod
    def table(values: dict[str, Any]) -> str:
        """Return two lines for --stats of what :meth:`as_dict` returned; an empty string without --templates."""
        if not values:
            return ""
        hosts = ", ".join(
            f"{values[kind]['hosts']:,} {what} ({count(values[kind]['documents'], 'document')})"
            for kind, what in (("known", "known"), ("unknown", "unknown"), ("small", "with too few pages"))
        )
        lines = values["lines"]
        kept = ", ".join(f"{number:,} {reason}" for reason, number in lines["withheld"].items())
        return (
            f"hosts of --templates: {hosts}; {count(values['without_host'], 'document')} without a host\n"
            f"lines of --templates: {lines['learned']:,} learned, {sum(lines['withheld'].values()):,} withheld"
            + (f" ({kept})\n" if kept else "\n")
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the counts, for JSON; an empty dictionary without --templates."""
        if not self._templates:
            return {}
        from cleanmedia.page.templates import summary

        learned, withheld = summary(self._templates)
        return {
            **{kind: {"hosts": len(of), "documents": sum(of.values())} for kind, of in self._of.items()},
            "without_host": self._without_host,
            "lines": {"learned": learned, "withheld": withheld},
        }


def _documents(hosts: dict[str, int]) -> str:
    return count(sum(hosts.values()), "document")
