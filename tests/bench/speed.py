#!/usr/bin/env python3
"""What people wait for, in one run: the table of the README.

    .ci/dist && python3 tests/bench/speed.py [--program PROGRAM] [--folder FOLDER] [--instructions]

PROGRAM is what is shipped unless it is named; FOLDER, which must be new, gets some 300 MB of reports to work on. With
--instructions each work of `cargo bench --bench speed` is counted by valgrind too. Beside them what a user would take
instead: nano for the start, `arithmetic.py` for the folder, LibreOffice for conversion. What is not installed, or not at
hand (../shared/tools/ptybench.py), is left out and named. Figures only; nothing here can fail a build.
"""
import argparse, json, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PTYBENCH = ROOT.parent / "shared/tools/ptybench.py"
SHIPPED = ROOT / "target/x86_64-unknown-linux-gnu/dist/nianbao"
REPORTS = 10_000


def missing(what):
    print(f"left out: {what}", file=sys.stderr)


def run(command, **more):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, cwd=ROOT, **more).stdout


def timed(command, is_good=(0,)):
    """Seconds, processor seconds, MiB resident, page faults."""
    begin = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.monotonic() - begin
    if os.waitstatus_to_exitcode(status) not in is_good:
        sys.exit(f"{command[0]} ended with {status}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, used.ru_minflt + used.ru_majflt


def row(*cells):
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def works(with_instructions):
    """The works of one process, from cargo's bench."""
    done = run(["cargo", "bench", "--bench", "speed"])
    row("work", "median", "p99", "longest", "instructions")
    row("---", "---", "---", "---", "---")
    bench = newest("speed")
    for line in done.splitlines():
        if line.startswith("skipped"):
            missing(line)
            continue
        name, median, most, longest, _ = line.split("\t")
        # What a child does is not counted.
        is_here = not re.match(r"XLSX of ours read|.*\.pdf read", name)
        counted = instructions(bench, name) if with_instructions and is_here else "–"
        row(name, *(f"{figure} µs" for figure in (median, most, longest)), counted)


def newest(bench):
    built = (ROOT / "target/release/deps").glob(f"{bench}-*")
    return max((path for path in built if not path.suffix), key=lambda path: path.stat().st_mtime)


def instructions(bench, name):
    """Instructions of one turn: of eleven, less those of one."""
    def count(times):
        with tempfile.NamedTemporaryFile() as out:
            done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", bench, "--only", name,
                                   "--times", str(times)], check=True, capture_output=True, text=True)
        return int(re.search(r"refs:\s+([\d,]+)", done.stderr)[1].replace(",", ""))
    if shutil.which("valgrind") is None:
        return "–"
    return f"{(count(11) - count(1)) / 10_000:,.0f} thousand"


def start(program, folder):
    """Process start to first paint, and what lies resident, with 1,000 reports in the library."""
    if not PTYBENCH.exists():
        return missing("start: ptybench.py is not at hand")
    data = folder / "library"
    saved = sorted((folder / "saved").rglob("*.json"))[:1000]
    for nth in range(0, len(saved), 100):
        run([program, "--data-dir", data, "import", *saved[nth:nth + 100]])
    page = folder / "page.txt"
    page.write_text(run([program, "--data-dir", data, "show", "1"]), encoding="utf-8")
    programs = [("nianbao, 1,000 reports", [program, "--data-dir", data], "<C-q>"), ("nano FILE", ["nano", page], "<C-x>")]
    for name, command, end in programs:
        if shutil.which(str(command[0])) is None:
            missing(name)
            continue
        done = json.loads(run(["python3", PTYBENCH, "--size", "80x24", "--runs", "15", "--idle", "0", "--quit", end, "--", *command]))
        row("start to first paint", name, f"{done['startup']['first_paint_ms']:.1f} ms", f"{done['memory']['rss_kib'] / 1024:.1f} MiB")


def batches(program, folder):
    """The folder checked, on one thread and on two, with nothing remembered; and by a script of the usual kind."""
    script = ["python3", ROOT / "tests/bench/arithmetic.py"]
    for name in ["saved", "mixed"]:
        rates, took = {}, {1: [], 2: []}
        # In turn, and the quickest of each: others who use the machine for a while do not slow down one of them only.
        for nth, threads in enumerate([1, 2] * 3):
            data = folder / f"data-{name}-{nth}"
            command = [program, "--data-dir", data, "check", folder / name, "--json", "--jobs", threads]
            # With 1 it has found something.
            took[threads].append(timed(command, is_good=(0, 1)))
        for threads in [1, 2]:
            seconds, _, resident, _ = min(took[threads])
            rates[threads] = REPORTS / seconds
            row(f"check of {REPORTS:,}, {name}", f"{threads} threads", f"{REPORTS / seconds:,.0f}/s", f"{resident:.0f} MiB")
        row(f"two threads to one, {name}", "", f"{rates[2] / rates[1]:.2f} ×", "")
        try:
            seconds, _, resident, _ = timed([*script, folder / name])
        except SystemExit as error:
            missing(error)
            continue
        row(f"sums of {REPORTS:,}, {name}", "Python, one process", f"{REPORTS / seconds:,.0f}/s", f"{resident:.0f} MiB")


def once_read(program, folder):
    """What is done with a folder whose files have been read before: what `batches` left in a data directory."""
    mixed, data = folder / "mixed", folder / "data-mixed-0"
    counties = sorted(path for path in mixed.iterdir() if path.is_dir())[:20]
    works = [
        ("check again", ["check", mixed, "--json"]),
        ("rollup", ["rollup", mixed, "--agency", "江北省人民政府", "--year", "2025", "-o", folder / "total.docx"]),
        ("trends", ["trends", mixed]),
        ("export, 2,000,000 rows of CSV", ["export", mixed, "--to", "csv", "-o", folder / "long.csv"]),
        ("check of 1,000 of them, each compared with each", ["check", "--across", "--json", *counties]),
    ]
    for name, command in works:
        seconds, _, resident, _ = timed([program, "--data-dir", data, *command], is_good=(0, 1))
        row(name, "", f"{seconds:.1f} s", f"{resident:.0f} MiB")


def conversion(program, folder):
    """Word to web page, one file at a time."""
    word = next((folder / "mixed").rglob("*.docx"))
    ours = [timed([program, "convert", word, folder / f"{nth}.html"]) for nth in range(10)]
    row("DOCX to HTML, a process each", "nianbao", f"{statistics.median(took[0] for took in ours) * 1000:.0f} ms", f"{max(took[2] for took in ours):.0f} MiB")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return missing("LibreOffice")
    command = [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "html", "--outdir", folder, word]
    timed(command)
    theirs = [timed(command) for _ in range(3)]
    row("DOCX to HTML, a process each", "LibreOffice", f"{statistics.median(took[0] for took in theirs) * 1000:.0f} ms", "–")


def size(program):
    """What is shipped: its size, what the loader has to set right, the pages that a command touches."""
    relocations = run(["readelf", "-r", "-W", program]).count("R_X86_64_")
    faults = timed([program, "--version"])[3]
    row("program", "", f"{program.stat().st_size / 2**20:.1f} MiB", f"{relocations:,} relocations, {faults:,} page faults for --version")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", type=pathlib.Path, default=SHIPPED)
    arguments.add_argument("--folder", type=pathlib.Path)
    arguments.add_argument("--instructions", action="store_true")
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = (arguments.folder or pathlib.Path(own)).resolve()
        for name, more in [("saved", ["--json-only"]), ("mixed", [])]:
            run(["cargo", "bench", "--bench", "county", "--", folder / name, REPORTS, *more])
        row("work", "by", "figure", "")
        row("---", "---", "---", "---")
        start(arguments.program, folder)
        batches(arguments.program, folder)
        once_read(arguments.program, folder)
        conversion(arguments.program, folder)
        size(arguments.program)
        print()
        works(arguments.instructions)


main()
