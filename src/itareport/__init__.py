"""One agency's ITA result in, its checked report out: Word, and PDF."""

__version__ = "0.1.0"
