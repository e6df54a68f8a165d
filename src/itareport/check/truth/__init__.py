"""What texts say of scores, levels, totals and the rank, held against the data.

`phrases` has the phrases, `tokens` finds them in a text, `subjects` follows who is spoken of,
`comparisons` and `claim_reader` read the `claims`, `given_figures` knows the data, and
`contradictions` holds the two together.
"""
