"""What was removed from many documents, and why, as one HTML file that opens anywhere."""

from cleanmedia.report.collect import Report

__all__ = ["Report"]
