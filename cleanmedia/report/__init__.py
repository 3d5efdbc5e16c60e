"""What was removed from many documents, and why, as one HTML file that opens anywhere."""

from cleanmedia.report.collect import Report
from cleanmedia.report.page import html

__all__ = ["Report", "html"]
