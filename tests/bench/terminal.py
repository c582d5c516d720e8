#!/usr/bin/env python3
"""What the terminal is sent, beside other programs in one run: the table of the README.

    .ci/dist && python3 tests/bench/terminal.py [PROGRAM]

PROGRAM is what is shipped unless it is named. Needs ../shared/tools/ptybench.py, which does the measuring; programs that are not installed are left out and named.
Figures only; nothing here can fail a build.
"""
import json, pathlib, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared/tools/ptybench.py"
SHIPPED = ROOT / "target/x86_64-unknown-linux-gnu/dist/nianbao"
PROGRAM = pathlib.Path(sys.argv[1]) if sys.argv[1:] else SHIPPED
HAN = "政府信息公开工作"
SIDE, DOWN = ["<Right>", "<Left>"], ["<Down>", "<Up>"]


def typed(keys):
    return [("han", key) for key in keys]


def scripts(folder):
    """Each program: its command, how it is brought to a filled table, what is measured, how it ends."""
    report, table = folder / "sample.md", folder / "table.csv"
    report.write_text(run(["show", "1"], folder), encoding="utf-8")
    rows = [[str(7 * row * column % 13) for column in range(7)] for row in range(25)]
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    table.write_text("\n".join(",".join(row) for row in [heads, *rows]) + "\n", encoding="utf-8")
    moves = lambda: [("side", key) for key in SIDE * 3] + [("down", key) for key in DOWN[:1] * 6]
    ours = [("confirm, sums closed", "<Enter>"), ("confirm, a sum broken", "<Enter>")]
    prose = "<M-5>"
    yield ("nianbao FILE", [PROGRAM, "--data-dir", folder, report], "", [], "<C-q>")
    yield ("nianbao", [PROGRAM, "--data-dir", folder], "<Enter><M-3>", [
        *moves(),
        # Among the outcomes, none of it scrolling the table: a digit more, which breaks sums; then what stands there again.
        *[step for _ in range(3) for step in [("digit", "7"), ("confirm, a sum broken", "<Enter>")]],
        ("", "<C-z><C-z><C-z>"),
        *[step for _ in range(5) for step in [("digit", "0"), ("confirm, sums closed", "<Enter>")]],
        ("", prose + "<End>"), *typed(HAN),
    ], "<C-q>")
    yield ("vim", ["vim", "-N", "-u", "NONE", "-n", report], "", [*moves(), ("", "i"), ("digit", "7"), *typed(HAN)],
           "<Esc>:q!<Enter>")
    yield ("nano", ["nano", report], "", [*moves(), ("digit", "7"), *typed(HAN)], "<C-x>n")
    yield ("visidata", ["vd", table], "", [
        *moves(), *[step for _ in range(3) for step in [("", "e"), ("digit", "7"), ("confirm, sums closed", "<Enter>")]],
    ], "gq")
    yield ("sc-im", ["sc-im", table], "", [
        *moves(), *[step for _ in range(3) for step in [("", "="), ("digit", "7"), ("confirm, sums closed", "<Enter>")]],
    ], ":q!<Enter>")


def run(arguments, folder):
    return subprocess.run([PROGRAM, "--data-dir", folder, *arguments], check=True, capture_output=True, text=True).stdout


def measure(name, command, prep, steps, end, idle=10):
    arguments = [sys.executable, BENCH, "--size", "80x24", "--runs", "5", "--idle", str(idle), "--prep", prep, "--quit", end]
    for nth, (kind, keys) in enumerate(steps):
        arguments += ["--step", f"{kind}/{nth}={keys}"]
    done = subprocess.run([*arguments, "--", *command], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def median(values):
    values = sorted(values)
    return values[len(values) // 2] if values else None


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        # The sample is put into the library by the key for it.
        measure("", [PROGRAM, "--data-dir", folder], "<C-e>", [], "<C-q>", idle=0)
        print("| 80×24 | first paint | → | ↓ | digit | confirm, sums closed | … broken | Han | RSS | idle 10 s | left on |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for name, command, prep, steps, end in scripts(folder):
            if shutil.which(command[0]) is None:
                print(f"not installed: {name}", file=sys.stderr)
                continue
            one = measure(name, command, prep, steps, end)
            cost = {}
            for step in one["steps"]:
                cost.setdefault(step["name"].split("/")[0], []).append(step["bytes_max"])
            kinds = ["side", "down", "digit", "confirm, sums closed", "confirm, a sum broken", "han"]
            said = lambda kind: f"{median(cost[kind])} B (≤ {max(cost[kind])})" if kind in cost else "–"
            start, idle = one["startup"], one["idle"]
            cells = [f"{start['first_paint_bytes']} B, {start['first_paint_ms']:.0f} ms", *map(said, kinds),
                     f"{one.get('memory_after', one['memory'])['rss_kib'] / 1024:.1f} MiB",
                     f"{idle['bytes']} B, {idle['wakeups']} wake-ups", ", ".join(map(str, one["modes_left_on"])) or "nothing"]
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


main()
