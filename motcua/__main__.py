"""The command `motcua`: every command of the house, in one place."""

import sys

from motcua.launcher import cli


def main() -> None:
    """Run a command; `motcua help` lists them."""
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
