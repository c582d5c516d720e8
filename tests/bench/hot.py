#!/usr/bin/env python3
"""Which functions a session runs, as an order for the linker: what is used together then lies together, and the system maps
in a few pages of the program instead of nearly all of it. Behind them the large tables, which hardly any session reads.

    python3 tests/bench/hot.py PROGRAM > ORDER

The program must have its symbols. Needs valgrind and nm. `.ci/dist` links what is shipped with it.
"""
import fcntl, os, pathlib, pty, re, select, struct, subprocess, sys, tempfile, termios

# The library, a report, a cell, prose, the next finding, the help, the palette.
KEYS = [b"\x1b3", b"\x1b[B", b"7\r", b"\x1a", b"\x1b5", "件".encode(), b"\x1b[13~", b"\x1bOP", b"\x1b", b"\x10", b"\x1b", b"\x11"]
WIDTH = b"\x1b[1;2R\x1b[?62c"  # where the cursor is after an ambiguous character, and what the terminal is


def traced(arguments, folder, number):
    """The command that writes down which functions are called."""
    out = folder / f"called-{number}"
    return out, ["valgrind", "-q", "--tool=callgrind", "--demangle=no", "--compress-strings=no",
                 f"--callgrind-out-file={out}", *arguments]


def session(command, first):
    """Runs a program in a pseudo-terminal through the keys."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    read_until_quiet(terminal, 8)
    for keys in [first, *KEYS]:
        os.write(terminal, keys)
        read_until_quiet(terminal, 2)
    os.waitpid(process, 0)


def read_until_quiet(terminal, seconds):
    while select.select([terminal], [], [], seconds)[0]:
        try:
            said = os.read(terminal, 65536)
        except OSError:  # it has ended
            return
        if b"\x1b[6n" in said:
            os.write(terminal, WIDTH)


def called(out):
    """The functions of a trace; one that calls itself is written with a number behind it."""
    lines = out.read_text(errors="replace").splitlines()
    return [re.sub(r"'\d+$", "", line.split("=", 1)[1]) for line in lines if line.startswith(("fn=", "cfn="))]


def tables(program):
    """The tables of a page and more."""
    listed = subprocess.run(["nm", "-S", "--defined-only", program], check=True, capture_output=True, text=True).stdout
    symbols = [line.split() for line in listed.splitlines()]
    return [symbol[3] for symbol in symbols if len(symbol) == 4 and symbol[2] == "r" and int(symbol[1], 16) >= 4096]


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        order = []
        # The first start, with the sample put into the library; then one with a report there; then the command line.
        for number, first in enumerate([b"\x05", b"\r"]):
            out, command = traced([program, "--data-dir", folder / "data"], folder, number)
            session(list(map(str, command)), first)
            order += called(out)
        sample = folder / "sample.md"
        shown = [program, "--data-dir", folder / "data", "show", "1"]
        sample.write_bytes(subprocess.run(shown, check=True, capture_output=True).stdout)
        out, command = traced([program, "--data-dir", folder / "data", "check", sample], folder, "check")
        subprocess.run(command, stdout=subprocess.DEVNULL)
        order += called(out)
        # An order of a program that was not used would not be missed until somebody measured it.
        for used in ["tui4draw4grid", "nianbao5check3run"]:
            if not any(used in function for function in order):
                sys.exit(f"{used} was never called: the keys do not lead where they should")
        print("\n".join(dict.fromkeys([*order, *tables(program)])))


main()
