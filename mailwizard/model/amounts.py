"""Amounts of storage for people, the same everywhere."""

KIB = 1024


def octets(count: int) -> str:
    """A size such as ``4.8 GB``: decimal point, units of 1024 as mail servers count them."""
    size = float(count)
    for unit in ("B", "KB", "MB", "GB"):
        if size < KIB:
            return f"{size:.0f} {unit}" if unit in ("B", "KB") else f"{size:.1f} {unit}"
        size /= KIB
    return f"{size:.1f} TB"
