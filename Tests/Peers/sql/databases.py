#!/usr/bin/env python3
"""Runs a statement of 'tutorpolicy sql' on a file of sessions, a session a line, in a database; writes a row a line.

The structure is the one that a statement for DuckDB over JSON texts reads facts by: with it, the sessions are a table with a
column a fact.

    databases.py DIALECT STATEMENT.sql SESSIONS.ndjson TODAY [STRUCTURE]
    databases.py DIALECT                  exits with 0 if the database can be asked here
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
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


def postgres_programs():
    """The folder of PostgreSQL's programs: that of the search path, or the newest that Debian has installed."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return Path(found).resolve().parent if found else folders[-1] if folders else None


def postgres(statement, path, today, threads, structure=None):
    """In a cluster of its own, which is gone afterwards, with an order of texts and forms of dates that mislead."""
    programs = postgres_programs()
    # The server runs for anybody but root.
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, "postgres", "postgres")

    def run(program, *arguments, **options):
        done = subprocess.run([programs / program, *arguments], capture_output=True, text=True, cwd=folder, **options)
        if done.returncode:
            raise SystemExit(f"{program}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    try:
        run("initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "postgres", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en", "--no-sync", **user)
        # Its messages go into a file: a server that keeps the pipe of its starter open would never be done.
        run("pg_ctl", "start", "--wait", "--pgdata", folder / "data", "--log", folder / "log", "--options",
            f"-k {folder} -c listen_addresses= -c fsync=off -c jit=off -c work_mem=256MB -c max_wal_size=4GB", **user)
        psql = ["--no-psqlrc", "--quiet", "--host", str(folder), "--username", "postgres", "--set", "ON_ERROR_STOP=1"]
        run("psql", *psql, input=rf"""
            CREATE FUNCTION json_or_null(content text) RETURNS json LANGUAGE plpgsql IMMUTABLE AS
              'BEGIN RETURN content::json; EXCEPTION WHEN others THEN RETURN NULL; END';
            CREATE TABLE lines (line bigint GENERATED ALWAYS AS IDENTITY, content text);
            \copy lines (content) FROM '{path}' (FORMAT csv, DELIMITER E'', QUOTE E'')
            CREATE TABLE documents AS SELECT line, json_or_null(content) AS document FROM lines;
            ANALYZE documents;
            ALTER DATABASE postgres SET tutorpolicy.today = '{today}';
            ALTER DATABASE postgres SET DateStyle = 'SQL, DMY';
            ALTER DATABASE postgres SET TimeZone = 'Asia/Kolkata';
            """)
        output = run("psql", *psql, "--no-align", "--tuples-only", input=f"SELECT row_to_json(r) FROM (\n{statement}\n) AS r;\n")
        return [json.loads(row) for row in output.splitlines()]
    finally:
        subprocess.run([programs / "pg_ctl", "stop", "--mode", "immediate", "--pgdata", folder / "data"],
                       capture_output=True, cwd=folder, **user)
        shutil.rmtree(folder)


def parquet(path, structure, target):
    """Writes a file of sessions as Parquet with a column a fact, by way of DuckDB, in the order of the lines."""
    import duckdb as engine

    database = engine.connect(config={"threads": 1})
    database.execute("SET TimeZone = 'UTC'")
    database.execute(f"""COPY (SELECT unnest(from_json(content, {structure})) FROM read_csv('{path}',
        columns = {{content: 'VARCHAR'}}, header = false, auto_detect = false, delim = '\x01', quote = '', escape = '',
        max_line_size = 67108864)) TO '{target}' (FORMAT parquet)""")


def spark_session(threads, **settings):
    """A Spark on this machine alone, that says nothing of what it does; its session is elsewhere in the world."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads}]")
    for name, value in {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "Asia/Kolkata",
                        "spark.driver.memory": "3g", "spark.sql.maxPlanStringLength": "1000",
                        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def spark(statement, path, today, threads, structure=None):
    """The sessions are a Parquet file with a column a fact; the structure is that by which DuckDB reads their JSON."""
    # Compiling a long statement takes longer than interpreting it for a few rows.
    few = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
    session = spark_session(threads, **(few if os.path.getsize(path) < 10_000_000 else {}))
    with tempfile.TemporaryDirectory() as folder:
        parquet(path, structure, f"{folder}/sessions.parquet")
        session.read.parquet(f"{folder}/sessions.parquet").createOrReplaceTempView("documents")
        rows = [row.asDict(recursive=True) for row in session.sql(statement, args={"today": today}).collect()]
        session.stop()
    return rows


ALL = {"duckdb": duckdb, "postgres": postgres, "spark": spark, "sqlite": sqlite}


def is_there(dialect):
    """Whether a database can be asked here."""
    if dialect == "postgres":
        return postgres_programs() is not None
    try:
        for module in {"sqlite": ["sqlite3"], "spark": ["pyspark", "pandas", "pyarrow", "duckdb"]}.get(dialect, [dialect]):
            __import__(module)
        return dialect != "spark" or shutil.which("java") is not None
    except ImportError:
        return False


def main():
    if len(sys.argv) == 2:
        sys.exit(not is_there(sys.argv[1]))
    dialect, statement, path, today, *structure = sys.argv[1:]
    for row in ALL[dialect](Path(statement).read_bytes().decode(), path, today, 1, *structure):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
