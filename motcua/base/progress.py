"""Progress of long work, on a terminal or in a log, never among the results."""

import sys
import time
from typing import TextIO


class Progress:
    """`label  42 % (1234/2900)  310/s  còn 0:05`, at most every `every` seconds, on standard error."""

    def __init__(self, label: str, total: int, *, stream: TextIO | None = None, every: float = 1.0) -> None:
        self.label = label
        self.total = total
        self.stream = stream or sys.stderr
        # A log keeps every line: fewer of them.
        self.every = every if self.stream.isatty() else max(every, 15.0)
        self.began = self.shown = time.monotonic()
        self.done = 0

    def more(self, many: int) -> int:
        """So many more are done; how many that makes."""
        self.done += many
        return self.done

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        self.show(self.done)

    def show(self, done: int, *, last: bool = False) -> None:
        """Tell how far it is, unless that was told a moment ago."""
        moment = time.monotonic()
        if not last and moment - self.shown < self.every:
            return
        self.shown = moment
        share = 100 * done // self.total if self.total else 100
        rate = done / max(moment - self.began, 0.001)
        line = f"{self.label}  {share} % ({done}/{self.total})  {rate:.0f}/s"
        if rate and done < self.total:
            minutes, seconds = divmod(round((self.total - done) / rate), 60)
            line += f"  còn {minutes}:{seconds:02d} "
        end = "\r" if self.stream.isatty() and not last else "\n"
        print(line, end=end, file=self.stream, flush=True)
