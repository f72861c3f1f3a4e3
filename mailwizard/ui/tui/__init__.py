"""The wizard in Textual."""
