"""Vietnamese letters, syllables, dates and order; pure Python, usable from every package."""
