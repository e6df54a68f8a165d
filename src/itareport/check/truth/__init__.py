"""What texts say of scores, levels, totals, the rank and numbers, held against the data.

`phrases` has the phrases, `tokens` finds them in a text, `subjects` follows who is spoken of,
`comparisons` and `claim_reader` read the `claims`, `given_figures` knows the data, and
`contradictions` (of two scores `side_by_side`) holds the two together.  `counts` and
`numbered_names` read what is counted, and whose name stands beside a number.
"""
