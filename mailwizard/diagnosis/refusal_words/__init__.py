"""The words with which mail servers refuse mail, and what each means: a data table.

The first row that fits wins, so rows stand from the special to the general: identity before
reputation, a recipient's own rule before a block list, the reason before the manner of speaking.
Sources: ``providers`` is the vendors' documentation collected for the profiles, ``server`` the
mail server's own source or manual, ``rfc`` a standard, ``seen`` what many public threads quote.
"""

from mailwizard.diagnosis.refusal_words.phrase import Phrase
from mailwizard.diagnosis.refusal_words.providers import PROVIDERS
from mailwizard.diagnosis.refusal_words.reasons import REASONS
from mailwizard.diagnosis.refusal_words.way import WAY

PHRASES: tuple[Phrase, ...] = PROVIDERS + REASONS + WAY
