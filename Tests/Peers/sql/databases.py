#!/usr/bin/env python3
"""Runs a statement of 'tutorpolicy sql' on a file of sessions, a session a line, in a database; writes a row a line.

    databases.py DIALECT STATEMENT.sql SESSIONS.ndjson TODAY
"""
import json
import sys
from pathlib import Path


def duckdb(statement, path, today, threads, structure=None):
    """With a structure, as `from_json` takes it, the documents are a table with a column a fact."""
    import duckdb as engine

    database = engine.connect(config={"threads": threads})
    database.execute("SET TimeZone = 'UTC'")
    database.execute(f"""CREATE VIEW documents AS SELECT row_number() OVER () AS line, content AS document
        FROM read_csv('{path}', columns = {{content: 'VARCHAR'}}, header = false, auto_detect = false,
        delim = '\x01', quote = '', escape = '', max_line_size = 67108864)""")
    if structure:
        database.execute("ALTER VIEW documents RENAME TO lines")
        database.execute(f"CREATE TABLE documents AS SELECT unnest(from_json(document, {structure})) FROM lines ORDER BY line")
        database.execute("SET threads = 1")
    result = database.execute(statement, {"today": today})
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def sqlite(statement, path, today, threads, structure=None):
    import sqlite3

    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE documents (line INTEGER, document TEXT)")
    with open(path, encoding="utf-8", newline="\n") as lines:
        database.executemany("INSERT INTO documents VALUES (?, ?)",
                             ((number, line.removesuffix("\n")) for number, line in enumerate(lines, 1)))
    result = database.execute(statement, {"today": today})
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row)) for row in result]
    for row in rows:
        for name in ("decisions", "violated", "undetermined", "warnings"):
            row[name] = None if row[name] is None else json.loads(row[name])
    return rows


ALL = {"duckdb": duckdb, "sqlite": sqlite}


def main():
    dialect, statement, path, today = sys.argv[1:]
    for row in ALL[dialect](Path(statement).read_bytes().decode(), path, today, 1):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
