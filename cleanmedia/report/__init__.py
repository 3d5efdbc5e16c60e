"""What was removed from many documents, and why: a trace as segments, counts, and one HTML file that opens anywhere."""
