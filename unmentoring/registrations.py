"""What UnMentoring tells the apps below."""


def register() -> None:
    pass
