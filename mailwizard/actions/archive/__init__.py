"""Mail copied to this computer, read back and compared; only then removed from the mailbox."""
