"""What was removed from many documents, and why: traces as segments, counts, and one self-contained HTML file."""
