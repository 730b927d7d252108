"""Shares of 1 in words: a probability that is not certain never reads as if it were."""


def share_text(share: float, places: int = 2) -> str:
    """A share in so many places; one that is not certain never reads as 0 or 1.

    >>> share_text(0.5), share_text(0.999), share_text(0.001)
    ('0.50', '>0.99', '<0.01')
    """
    text = f"{share:.{places}f}"
    least = 10.0**-places
    return {f"{0:.{places}f}": f"<{least:.{places}f}", f"{1:.{places}f}": f">{1 - least:.{places}f}"}.get(text, text)
