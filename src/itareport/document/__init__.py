"""A report becomes a .docx: its words, its pictures and its structure."""
