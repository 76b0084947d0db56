"""Why a file does not go further; every message says in Vietnamese what the clerk can do."""


class Refused(Exception):
    """The file must not be taken in: `Refused("Tệp lớn hơn 20 MB. Hãy …").message`."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class ReadingFailed(Exception):
    """The file was taken in but could not be read: `ReadingFailed("Tệp bị hỏng. Hãy …").message`."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message
