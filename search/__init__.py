"""Search: what is indexed, how it is found, and everything that knows Vietnamese letters."""
