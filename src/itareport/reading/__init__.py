"""A file becomes a report and the place of every value; and a report becomes a file again."""
