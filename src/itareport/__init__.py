"""One agency's ITA result in, its checked report out: Word, and PDF."""
