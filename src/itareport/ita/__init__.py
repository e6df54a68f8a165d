"""The assessment: what a report is, and what a fiscal year asks of it."""
