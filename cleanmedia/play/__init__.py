"""A local page to try filters in: paste a text, see every edit, and turn what is wrong into a phrase or a test case."""
