"""Files that users name come in, whole files go out; packages and the program's own files."""
