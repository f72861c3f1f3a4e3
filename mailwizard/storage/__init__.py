"""Keyring, settings, saved sessions, the organisation's file."""
