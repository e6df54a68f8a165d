"""Sets of characters, as ranges of a regular expression."""

TONES = "่-๋"
"""Tone marks."""
MARKS = "ัิ-ฺ็-๎"
"""All combining marks of the Thai block."""
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
"""Latin letters, with those of European languages."""
DIGIT = "0-9๐-๙"
"""Arabic and Thai digits."""
UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that are drawn as nothing, and are no marks of format: fillers, selectors."""
PRIVATE = "\ue000-\uf8ff"
"""Characters of one font's own, the private use area."""
