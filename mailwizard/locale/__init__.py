"""Catalogues: English is the source."""
