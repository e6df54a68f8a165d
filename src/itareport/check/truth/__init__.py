"""What texts say of scores, levels, totals and the rank, held against the data.

`words` has the phrases, `tokens` finds them in a text, `claims` reads what they say together,
`figures` knows the data, and `contradictions` compares the two.
"""
