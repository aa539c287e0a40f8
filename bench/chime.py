"""Makes the chime of the wall screen: `python -m bench.chime`. Two tones, 660 and 880 Hz, that fade; nobody else's sound."""

from __future__ import annotations

import math
import wave
from pathlib import Path

RATE = 11_025  # samples a second, 8 bits each: 12 kB a second
TONES = ((660, 0.45), (880, 0.75))  # hertz, seconds
FILE = Path(__file__).resolve().parents[1] / "motcua/pages/portal/static/portal/chime.wav"


def samples() -> bytes:
    """The sound as unsigned bytes around 128; each tone rises in 10 ms and dies away, with a quiet octave above it."""
    found = bytearray()
    for hertz, seconds in TONES:
        for step in range(int(RATE * seconds)):
            at = step / RATE
            loud = min(1.0, at / 0.01) * math.exp(-4 * at)
            tone = 0.8 * math.sin(math.tau * hertz * at) + 0.2 * math.sin(math.tau * 2 * hertz * at)
            found.append(128 + round(110 * loud * tone))
    return bytes(found)


def main() -> None:
    """Write the file that the screen plays."""
    with wave.open(str(FILE), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(samples())


if __name__ == "__main__":
    main()
