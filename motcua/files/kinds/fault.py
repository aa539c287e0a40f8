"""Why a file isn't taken, as a code; the sentence is put to it where somebody reads it."""


class Fault(Exception):
    """`code` is one of motcua.files.sentences."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
