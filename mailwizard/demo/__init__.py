"""The embedded mail world on loopback, and its scenarios."""
