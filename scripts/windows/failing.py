"""How the packing ends where it cannot go on."""


class PackingError(Exception):
    """What is wrong, in a sentence for whoever packs."""
