"""The mailbox over IMAP: up to three signed-in connections, bounded in every way.

Probes open folders read-only; what changes anything is for ``actions`` alone.
"""
