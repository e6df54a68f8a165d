"""What texts say of scores, levels, totals and the rank, held against the data.

`phrases` has the phrases, `tokens` finds them in a text, `subjects` follows who is spoken of,
`claim_reader` reads the `claims`, `given_figures` knows the data, and `contradictions` compares the two.
"""
