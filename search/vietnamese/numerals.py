"""Numbers as Vietnamese write them."""


def dotted(number: int) -> str:
    """The number with a dot before each three digits, e.g. "1.234"."""
    return f"{number:,}".replace(",", ".")


def counted(number: int, is_more: bool = False) -> str:
    """How many, e.g. "12"; "hơn 10.000" when counting stopped there."""
    return f"hơn {dotted(number)}" if is_more else dotted(number)
