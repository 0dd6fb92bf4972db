#!/usr/bin/env python3
"""Decides sessions in Parquet on Spark, by the program 'tutorpolicy' or by the SQL that it writes.

    decide.py pipe  SESSIONS.parquet ANSWERS.parquet --today DATE [--tool PROGRAM] [--policies DIR] [--master M]
    decide.py sql   SESSIONS.parquet ANSWERS.parquet ...
    decide.py files SESSIONS         ANSWERS         ...

pipe   a process of the program for each partition. SESSIONS has a column 'document' of JSON texts, or else a column
       for each fact. ANSWERS has a row for each session, in their order: 'answer', the line of 'check --format ndjson',
       or 'problem', why a row is not a session.
sql    the statement of 'tutorpolicy sql --dialect spark'. SESSIONS has a column for each fact.
files  the program reads the files of the folder SESSIONS (*.ndjson) itself, each in a task, from where all machines
       see them, and writes a file of the same name into the folder ANSWERS. Spark moves no session.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def feed(process, batches):
    """Writes the texts of batches into a process as they lie in memory, and counts them."""
    count = 0
    for batch in batches:
        column = batch.column(0)
        if len(column) == 0:
            continue
        _, offsets, texts = column.buffers()
        offsets = memoryview(offsets).cast("i")
        first, last = offsets[column.offset], offsets[column.offset + len(column)]
        process.stdin.write(memoryview(texts)[first:last])
        count += len(column)
    process.stdin.close()
    return count


def answers(command, batches):
    """What the program says of the texts of a partition, in their order: batches of answers and problems."""
    import pyarrow

    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        # The output goes into a file: the program is never kept waiting, and its answers are not passed on before
        # it has ended well.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=errors)
        try:
            count = feed(process, batches)
        except BrokenPipeError:
            count = None
        status = process.wait()
        errors.seek(0)
        said = errors.read().decode(errors="replace")
        output.seek(0)
        lines = output.read().split(b"\n")[:-1]
    problems = {}
    for line, text in re.findall(r"(?m)^<stdin>:(\d+):\d+: error: (.*)$", said):
        problems.setdefault(int(line), text)
    # 4: some lines are not sessions, which are named. Whatever else it says, the partition has failed.
    if count is None or status not in (0, 4) or len(lines) + len(problems) != count:
        raise RuntimeError(f"{command[0]} ended with {status}, {len(lines)} answers for {count} sessions:\n{said[-2000:]}")
    given = iter(lines)
    rows = [None if line in problems else next(given) for line in range(1, count + 1)]
    told = [problems.get(line) for line in range(1, count + 1)]
    for start in range(0, count, 10_000):
        yield pyarrow.RecordBatch.from_arrays(
            [pyarrow.array(rows[start:start + 10_000], pyarrow.binary()).cast(pyarrow.string()),
             pyarrow.array(told[start:start + 10_000], pyarrow.string())], ["answer", "problem"])


def documents(sessions):
    """A column of JSON texts, each with the end of its line; a row without one has null, which is not a session."""
    from pyspark.sql import functions

    if "document" in sessions.columns:
        text = functions.expr("nullif(trim(translate(document, '\\n\\r', '  ')), '')")
    else:
        # Unless told, Spark writes three digits of a second.
        form = {"timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"}
        text = functions.to_json(functions.struct(*[functions.col(f"`{name}`") for name in sessions.columns]), form)
    return sessions.select(functions.concat(functions.coalesce(text, functions.lit("null")), functions.lit("\n")).alias("line"))


def pipe(spark, options):
    command = [options.tool, *checking(options), "--jobs", "1", "-"]
    lines = documents(spark.read.parquet(options.sessions))
    lines.mapInArrow(lambda batches: answers(command, batches), "answer STRING, problem STRING") \
        .write.mode("overwrite").parquet(options.answers)


def files(spark, options):
    command = [options.tool, *checking(options), "--jobs", "1"]

    def decide(path):
        target = Path(options.answers) / Path(path).name
        with open(target, "wb") as output:
            done = subprocess.run([*command, path], stdout=output, stderr=subprocess.PIPE)
        said = done.stderr.decode(errors="replace")
        # 4 is said of a file that can't be read, too, without the place of a line.
        if done.returncode != 0 and not (done.returncode == 4 and re.search(r"(?m):\d+:\d+: error: ", said)):
            raise RuntimeError(f"{path}: {command[0]} ended with {done.returncode}:\n{said[-2000:]}")
        return path, said

    Path(options.answers).mkdir(exist_ok=True)
    paths = sorted(str(path) for path in Path(options.sessions).glob("*.ndjson"))
    for path, said in spark.sparkContext.parallelize(paths, max(len(paths), 1)).map(decide).collect():
        if said:
            print(f"{path}:\n{said}", end="")


def sql(spark, options):
    spark.read.parquet(options.sessions).createOrReplaceTempView("documents")
    written = subprocess.run([options.tool, "sql", "--dialect", "spark", "--policies", options.policies],
                             capture_output=True, text=True)
    if written.returncode:
        raise SystemExit(written.stderr)
    spark.sql(written.stdout, args={"today": options.today}).write.mode("overwrite").parquet(options.answers)


def checking(options):
    return ["check", "--format", "ndjson", "--exit-zero", "--today", options.today,
            "--policies", str(Path(options.policies).absolute())]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=("pipe", "sql", "files"))
    parser.add_argument("sessions")
    parser.add_argument("answers")
    parser.add_argument("--today", required=True)
    parser.add_argument("--tool", default="tutorpolicy")
    parser.add_argument("--policies", default="policies")
    parser.add_argument("--master", default="local[2]")
    options = parser.parse_args()

    # The machines that decide use this Python too, not the python3 of their search path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master(options.master).config("spark.ui.enabled", "false") \
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000").getOrCreate()
    started = time.perf_counter()
    {"pipe": pipe, "sql": sql, "files": files}[options.how](spark, options)
    print(f"decided in {time.perf_counter() - started:.1f} s")
    spark.stop()


if __name__ == "__main__":
    main()
