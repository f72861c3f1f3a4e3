"""Keyring, saved sessions, the organisation's file."""
