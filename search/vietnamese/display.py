"""Display titles."""


def bind_compounds(text: str) -> str:
    """No-break spaces inside known compounds: "thi đua" never breaks between its syllables."""
    raise NotImplementedError
