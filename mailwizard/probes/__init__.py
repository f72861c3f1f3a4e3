"""Probes reach out and record what they see; they never judge. One protocol a file."""
