"""The entry of the program: from here on Ctrl-C ends it without a word.

To import the rest takes most of a second, in which an interrupt would show a traceback from the
middle of some library, or be swallowed there. So nothing is imported before the signal is set.
"""


def main() -> None:
    """Run the command that the program was called with, and exit."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from vedette.cli import main as run

    run()


if __name__ == "__main__":
    main()
