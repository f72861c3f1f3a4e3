"""mailwizard: why a customer's mail does not arrive, and who has to do what about it."""

__version__ = "0.1.0"
