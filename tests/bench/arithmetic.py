#!/usr/bin/env python3
"""The arithmetic of the reports in a folder, as an office's own script would do it: what nianbao is measured against.

    pip install openpyxl python-docx beautifulsoup4 && python3 tests/bench/arithmetic.py FOLDER

Reads web pages, Word files, workbooks and saved JSON, takes table 3 by its shape and adds up its columns and rows. It knows
nothing of prose, of cells that are blank or wrong, or of tables in any other shape: the least that such a script does.
"""
import json, pathlib, re, sys

import bs4, docx, openpyxl

APPLICANTS = ["natural_person", "business", "research", "public_interest", "legal_service", "other_organization", "total"]
ROWS = 22


def number(text):
    text = re.sub(r"\s", "", str(text if text is not None else ""))
    return int(text) if text.isdigit() else None


def of_page(path):
    page = bs4.BeautifulSoup(path.read_bytes(), "html.parser")
    return [[[cell.get_text() for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
            for table in page.find_all("table")]


def of_word(path):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(path).tables]


def of_workbook(path):
    # What formulas give stands in the file only where a spreadsheet has saved it.
    book = openpyxl.load_workbook(path, data_only=True)
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]


def of_saved(path):
    rows = {}
    for place, value in json.loads(path.read_text(encoding="utf-8"))["values"].items():
        if place.startswith("requests/"):
            _, row, applicant = place.split("/")
            rows.setdefault(row, {})[applicant] = value
    return [[[row.get(applicant) for applicant in APPLICANTS] for row in rows.values()]]


READERS = {".html": of_page, ".htm": of_page, ".docx": of_word, ".xlsx": of_workbook, ".json": of_saved}


def table_three(tables):
    """The table most of whose rows end in seven numbers, as those rows."""
    def numbers(row):
        return [number(cell) for cell in row][-len(APPLICANTS):]
    rows = [[read for read in map(numbers, table) if len(read) == len(APPLICANTS) and None not in read]
            for table in tables]
    return max(rows, key=len, default=[])


def sums_broken(rows):
    """How many sums do not close: every row; and received + carried in = concluded + carried out, by position."""
    broken = sum(1 for row in rows if sum(row[:-1]) != row[-1])
    if len(rows) >= ROWS:
        broken += sum(1 for received, carried, concluded, left in zip(rows[0], rows[1], rows[-2], rows[-1])
                      if received + carried != concluded + left)
    return broken


def main():
    read = broken = 0
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
        if reader := READERS.get(path.suffix):
            read += 1
            broken += sums_broken(table_three(reader(path))) > 0
    print(f"{read} files, {broken} with a sum that does not close")


main()
