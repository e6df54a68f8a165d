"""What a batch writes down of each report, so that a later run knows what it need not repeat."""
