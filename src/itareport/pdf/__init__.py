"""A .docx becomes a PDF, and the PDF is checked against its data."""
