"""The same dashboard and the same time-in as the server's, on FastAPI, uvicorn, SQLite and Jinja2.

It decides nothing: verdicts and reasons are read from a table, as the server has them at hand while nothing has changed.
What is compared is the work of a web application around them: sign-in by a cookie, reading the rows, rendering the page;
and one write in a transaction that is on disk when it is answered.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python peer.py make rows.ndjson peer.sqlite
    PEER_DATABASE=peer.sqlite venv/bin/uvicorn peer:app --port 8090 --no-access-log
    wrk -t1 -c16 -d4s -H 'Cookie: tutoring=peer' http://127.0.0.1:8090/

`rows.ndjson` has a session a line, as `/api/v1/dashboard` lists them.
"""

import datetime
import json
import os
import sqlite3
import sys
import threading

from fastapi import Cookie, FastAPI, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import DictLoader, Environment, select_autoescape

SCHEMA = """
CREATE TABLE sessions (id TEXT PRIMARY KEY, tutor TEXT, date TEXT, start TEXT, end TEXT, stage TEXT,
  version INTEGER, school TEXT, grp TEXT, work_order TEXT, students INTEGER) STRICT;
CREATE TABLE decisions (session TEXT REFERENCES sessions, title TEXT, outcome TEXT, word TEXT) STRICT;
CREATE TABLE reasons (session TEXT REFERENCES sessions, text TEXT, next_step TEXT, deadline TEXT, action TEXT) STRICT;
CREATE TABLE encounters (session TEXT REFERENCES sessions, student TEXT, arrived TEXT) STRICT;
CREATE TABLE events (sequence INTEGER PRIMARY KEY, session TEXT, action TEXT, person TEXT, request TEXT UNIQUE) STRICT;
CREATE TABLE sign_ins (token TEXT PRIMARY KEY, person TEXT) STRICT;
CREATE INDEX by_session ON decisions (session);
CREATE INDEX reasons_by_session ON reasons (session);
"""

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sessions – Tutoring</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/script.js" defer></script></head>
<body><a class="skip" href="#content">Skip to the content</a>
<header class="bar"><div>
<nav aria-label="Parts"><ul><li><a href="/" aria-current="page">Sessions</a></li>
<li><a href="/policies">Policies</a></li><li><a href="/audit">Audit</a></li></ul></nav>
<div class="person"><span class="plain"><bdi>{{ person }}</bdi></span>
<form method="post" action="/sign-out"><input type="hidden" name="_token" value="{{ token }}">
<button type="submit" class="link">Sign out</button></form></div></div></header>
<main id="content" tabindex="-1"><div class="heading"><h1>Sessions</h1></div>
<nav class="filters" aria-label="Which sessions"><a href="/" aria-current="true">All</a><a href="/?show=needing">Need something</a>
<a href="/?show=finished">Finished</a><a href="/?show=exported">Exported</a><a href="/?show=deleted">Deleted</a></nav>
<h2>Sessions</h2>
<ul class="list sessions">
{% for session in sessions %}<li>
<div><a class="title" href="/sessions/{{ session.id }}" aria-label="Session {{ session.id }}, {{ session.date|day }}">{{ session.date|day }}</a>
<p>{{ session.start|clock }}{% if session.end %} to {{ session.end|clock }}{% endif %}</p>
<p class="small sub">{{ session.id }} · <bdi>{{ session.tutor }}</bdi></p></div>
<div class="verdict">
<p>{{ session.work_order or 'No Work Order' }} · {% if session.grp %}<bdi>{{ session.grp }}</bdi>{% else %}No Group{% endif %} · {{ session.school or 'No school chosen' }}</p>
<p class="small sub">{{ session.students }} students</p>{% for reason in session.reasons %}
<p>{{ reason.text }}</p>{% if reason.deadline %}
<p class="deadline">{{ reason.action }} by {{ reason.deadline|day }}</p>{% endif %}{% endfor %}</div>
<div class="verdict">{% for decision in session.decisions %}<span class="badge {{ decision.outcome }}">
<span aria-hidden="true">{{ '✓' if decision.outcome == 'pass' else '✗' }}</span>{{ decision.title }}: {{ decision.word }}</span>{% endfor %}</div></li>
{% endfor %}</ul>
<p><a class="button" href="/?show=all&amp;after={{ sessions[-1].id }}">Older sessions</a></p></main>
<div id="announcements" class="unseen" role="status" aria-live="polite"></div></body></html>
"""


def day(text: str) -> str:
    found = datetime.date.fromisoformat(text)
    return f"{found:%a} {found.day} {found:%b}"


def clock(text: str) -> str:
    found = datetime.datetime.fromisoformat(text)
    return f"{found.hour % 12 or 12}:{found:%M} {'am' if found.hour < 12 else 'pm'}"


templates = Environment(loader=DictLoader({"dashboard": PAGE}), autoescape=select_autoescape(default=True))
templates.filters |= {"day": day, "clock": clock}
dashboard_template = templates.get_template("dashboard")
app = FastAPI()
local = threading.local()


def database() -> sqlite3.Connection:
    """A connection for each thread, with writes on disk before they are answered."""
    if not hasattr(local, "connection"):
        connection = sqlite3.connect(os.environ["PEER_DATABASE"], timeout=5, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        local.connection = connection
    return local.connection


def signed_in(token: str | None) -> str:
    row = database().execute("SELECT person FROM sign_ins WHERE token = ?", (token or "",)).fetchone()
    if row is None:
        raise HTTPException(401)
    return row["person"]


def grouped(table: str, ids: list[str]) -> dict[str, list[sqlite3.Row]]:
    marks = ",".join("?" * len(ids))
    found: dict[str, list[sqlite3.Row]] = {}
    for row in database().execute(f"SELECT * FROM {table} WHERE session IN ({marks})", ids):
        found.setdefault(row["session"], []).append(row)
    return found


@app.get("/", response_class=HTMLResponse)
def dashboard(tutoring: str | None = Cookie(None)) -> HTMLResponse:
    person = signed_in(tutoring)
    rows = database().execute("SELECT * FROM sessions ORDER BY start DESC LIMIT 50").fetchall()
    ids = [row["id"] for row in rows]
    decisions, reasons = grouped("decisions", ids), grouped("reasons", ids)
    sessions = [
        dict(row) | {"decisions": decisions.get(row["id"], []), "reasons": reasons.get(row["id"], [])}
        for row in rows
    ]
    return HTMLResponse(dashboard_template.render(person=person, token=tutoring, sessions=sessions))


@app.post("/sessions/{session}/time-in")
def time_in(
    session: str, student: str = Form(), request: str = Form(), tutoring: str | None = Cookie(None)
) -> RedirectResponse:
    person = signed_in(tutoring)
    connection = database()
    connection.execute("BEGIN IMMEDIATE")
    try:
        row = connection.execute("SELECT version FROM sessions WHERE id = ?", (session,)).fetchone()
        if row is None:
            raise HTTPException(404)
        connection.execute("INSERT INTO encounters VALUES (?, ?, datetime())", (session, student))
        connection.execute("UPDATE sessions SET version = version + 1 WHERE id = ?", (session,))
        connection.execute(
            "INSERT INTO events (session, action, person, request) VALUES (?, 'time-in', ?, ?)",
            (session, person, request),
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return RedirectResponse(f"/sessions/{session}", status_code=303)


def make(rows: str, path: str) -> None:
    """Fills a database with the sessions that the server lists."""
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO sign_ins VALUES ('peer', 'Ana Ruiz')")
    with open(rows, encoding="utf-8") as lines:
        for line in lines:
            summary = json.loads(line)
            session, names = summary["session"], summary["names"]
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    session["id"], names["tutor"], session["date"], session["start"], session.get("end"),
                    session["stage"], session["version"], names.get("school"), names.get("group"),
                    names.get("workOrder"), len(session["encounters"]),
                ),
            )
            for decided in filter(lambda decided: decided["final"], summary["decisions"]):
                connection.execute(
                    "INSERT INTO decisions VALUES (?, ?, ?, ?)",
                    (session["id"], decided["title"], decided["outcome"], decided["word"]),
                )
            if "reason" in summary:
                deadline = summary.get("deadline", {})
                connection.execute(
                    "INSERT INTO reasons VALUES (?, ?, ?, ?, ?)",
                    (
                        session["id"], summary["reason"], summary.get("nextStep"), deadline.get("day"),
                        deadline.get("action"),
                    ),
                )
    connection.commit()


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] != "make":
        sys.exit("usage: peer.py make rows.ndjson peer.sqlite")
    make(sys.argv[2], sys.argv[3])
