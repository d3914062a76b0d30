"""Numbers with the word for what is counted."""


def many(number: int, one: str, several: str = "") -> str:
    """“1 item”, “2 items”; `several` where an s is not enough."""
    return f"{number} {one if number == 1 else several or one + 's'}"
