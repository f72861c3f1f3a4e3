"""The mailbox over IMAP: one signed-in connection at a time, read-only, bounded in every way."""
