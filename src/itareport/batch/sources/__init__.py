"""What a batch reads: data files and rows of tables, the pictures and options that go with them."""
