"""The command `motcua`: every command of the house, in one place."""

import os
import sys


def main() -> None:
    """Run a command; `motcua help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["motcua", *sys.argv[1:]])


if __name__ == "__main__":
    main()
