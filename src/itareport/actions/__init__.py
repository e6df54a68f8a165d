"""One verb a module: paths in, an outcome out; nothing is printed here."""
