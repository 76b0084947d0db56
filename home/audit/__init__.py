"""The audit log: who saw or changed what is internal, in a chain that shows every later change of it.

`record` writes within the transaction of a change, `note` aside of everything for what is merely seen.
"""
