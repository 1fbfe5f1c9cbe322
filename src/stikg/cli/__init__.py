"""The command line: one verb, one act; data on stdout, words on stderr, one exit status per meaning."""

from stikg.cli.running import main

__all__ = ["main"]
