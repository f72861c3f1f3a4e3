"""Text that others wrote → records: Received chains, bounces, log lines, DMARC records. Pure."""
