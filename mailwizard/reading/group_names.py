"""Local parts that companies give to groups and shared addresses rather than to persons."""

import re

_WORDS = """
accounting accounts admin all billing booking business contact cs customerservice enquiries enquiry
everyone export finance group hello hr import info inquiries inquiry invoice jobs logistics mail
market marketing office order orders procurement purchase purchasing sales service services
shipping staff support team trade vertrieb einkauf buchhaltung caigou caiwu kefu shichang waimao
xiaoshou yewu
"""
_USUAL = frozenset(_WORDS.split())


def is_usual_group(local: str) -> bool:
    """Whether the part before the @ names a task rather than a person: sales, info, sales-eu."""
    words = re.split(r"[._+-]", local.lower())
    return any(word.rstrip("0123456789") in _USUAL for word in words[:4])
