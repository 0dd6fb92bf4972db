"""Writes documents.ndjson (one whole thing, and what becomes of it when one fact or another is changed) and rules.yaml
(each condition of conditions.txt as a rule, and its negation as another); and lines.txt: lines that are no documents of the
vocabulary, or only nearly, or are written in an unusual way. No database may decide one that 'check' refuses."""
import copy
import json
from pathlib import Path

PART = {"name": "a", "flag": True, "maybeFlag": False, "count": 3, "texts": ["a", "b"],
        "inner": [{"name": "a", "maybe": "a"}, {"name": "b"}], "maybeInner": {"name": "a", "maybe": "b"}}
WHOLE = {
    "id": "whole", "day": "2026-01-31", "maybeDay": "2026-02-28", "flag": True, "maybeFlag": False, "count": 3,
    "maybeCount": 3, "ratio": 0.1, "maybeRatio": 0.5, "text": "a", "maybeText": "b",
    "at": "2026-03-08T02:59:59.999-05:00", "maybeAt": "2026-03-08T08:00:00Z", "span": "-90m", "kind": "plain",
    "maybeKind": "fine", "part": PART, "maybePart": PART, "parts": [PART, {**PART, "name": "b", "flag": False}],
    "maybeParts": [PART], "texts": ["a", "b"], "maybeTexts": ["a"], "counts": [1, 2, 3], "days": ["2026-02-01"],
    "times": ["2026-03-08T08:00:00Z"], "flags": [True, False], "kinds": ["fine"], "ratios": [0.25, 1e300]}
rows = []


def add(**changes):
    row = copy.deepcopy(WHOLE)
    for path, value in changes.items():
        place = row
        *way, last = path.split("__")
        for step in way:
            place = place[int(step) if step.isdigit() else step]
        last = int(last) if last.isdigit() else last
        if value is ...:
            del place[last]
        else:
            place[last] = value
    row["id"] = f"{len(rows):03} " + " ".join(changes)
    rows.append(row)


add()
for fact in WHOLE:
    if fact != "id":
        add(**{fact: ...})
add(**{fact: None for fact in WHOLE if fact.startswith("maybe")})
for fact, value in WHOLE.items():
    if isinstance(value, list):
        add(**{fact: []})
for number in (0, 1, -1, 2, -7, 7, 9223372036854775807, -9223372036854775808, 4611686018427387904, 2932897, 400000):
    add(count=number, maybeCount=number)
    add(count=number, maybeCount=-1)
    add(count=3, maybeCount=number)
add(count=-9223372036854775808, maybeCount=0)
for ratio in (0, -0.0, 0.30000000000000004, 1e308, 5e-324, 3, -3.5, 9007199254740993):
    add(ratio=ratio, maybeRatio=0.1)
for text in ("", " ", "x", "\u00a0x\u2003", "\u200bx", "ab", "a,b", "%", "_", "a%b", "it's", "\\", '"', "\n", "\t x \r\n", "é", "e\u0301",
             "Abc É", "ABC é", "\U0001F600", "\uffee", "B", "-7", "2026-02-03", "2026-2-3", "NULL", "a\u0000b",
             "ba", "[]", "{}", "null", "true", "line\u2028two", "\":null", "x\":null,{\"y\":"):
    add(text=text)
    add(maybeText=text)
    add(text=text, maybeText=text, texts=[text, "a"])
for day in ("2026-01-30", "2026-02-28", "2024-02-29", "2025-12-31", "2026-01-01", "2026-06-01", "2026-06-30", "2026-07-01",
            "2026-07-31", "2026-08-01", "2026-03-07", "2026-03-08", "0001-01-01", "9999-12-31", "1900-02-28"):
    add(day=day)
    add(maybeDay=day, days=[day])
for at in ("2026-03-08T07:59:59.999Z", "2026-03-08T08:00:00Z", "2026-03-08T03:00:00-05:00", "2026-11-01T06:59:59Z",
           "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00", "2026-11-01T00:00:00-05:00", "2026-03-08T00:00:00-06:00",
           "2026-03-07T23:59:59.999999-06:00", "2026-03-08T00:00:00+14:00", "2026-03-08T00:00:00-23:59",
           "0001-01-01T00:00:00Z", "0001-01-01T12:00:00Z", "9999-12-31T23:59:59.999999Z", "9999-12-31T12:00:00Z", "1969-12-31T23:59:59.5Z",
           "1883-11-18T17:59:59Z", "1883-11-18T18:00:00Z", "1918-03-31T08:00:00Z", "1942-02-09T08:00:00Z", "1974-01-06T08:00:00Z",
           "2037-11-01T07:00:00Z", "2038-03-14T08:00:00Z", "2099-07-01T05:00:00Z", "2026-03-08T08:00:00.000000Z", "2026-03-08T08:00:00.500000000Z"):
    add(at=at, times=[at])
    add(maybeAt=at)
for span in ("0s", "1s", "90m", "-1h", "999999h", "1h"):
    add(span=span)
for kind in ("fine", "very-fine"):
    add(kind=kind, maybeKind=kind, kinds=[kind, kind])
for place in ("part__name", "part__flag", "part__maybeFlag", "part__count", "part__texts", "part__inner", "part__maybeInner",
              "maybePart__name", "maybePart__flag", "maybePart__count", "parts__0__flag", "parts__0__maybeFlag", "parts__1__count",
              "parts__0__inner", "parts__1__inner__0__name", "parts__0__inner__0__maybe", "parts__0__maybeInner__maybe",
              "parts__0__name", "parts__1__texts", "parts__0__inner__1"):
    add(**{place: ...})
add(parts__0__count=0, parts__1__count=-1)
add(parts__0__flag=True, parts__1__flag=True)
add(parts__0__inner=[], parts__1__inner=[])
add(counts=[0], maybeCount=...)
add(counts=[2, 0, 3])
add(counts=[0, 2])
add(counts=[-1, 9223372036854775807])
add(flags=[True], maybeFlag=True)
add(flags=[False], maybeFlag=...)
add(texts=["a"], maybeTexts=[])
add(texts=["a", "a"], maybeTexts=["a", "b"])
add(maybeText=..., texts=[])
add(maybeKind=..., kinds=[])

Path(__file__).with_name("documents.ndjson").write_text(
    "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows), encoding="utf-8")


def lines():
    """Whole things with one text in their JSON made another, and texts that are no JSON."""
    whole = json.dumps({**WHOLE, "id": "line"}, ensure_ascii=False, separators=(",", ":"))

    def made(old, new):
        if old not in whole:
            raise SystemExit(f"{old} is not in the whole thing")
        return whole.replace(old, new, 1)

    yield whole
    yield " " + whole + "  "
    yield json.dumps({**WHOLE, "id": "spaced"}, ensure_ascii=True)
    for old, new in (
            ('"id":', '"id":"x","id":'), ('"flag":true,', '"flag":true,"flag":true,'), ('"flag":true,', '"flag":null,"flag":true,'),
            ('"flag":true,', '"flag":true,"flag":null,'), ('"name":"a"', '"name":"a","name":"a"'), ('"maybe":"a"', '"maybe":"a","maybe":"b"'),
            ('"flag":true', '"flag":"true"'), ('"flag":true', '"flag":1'), ('"flag":true', '"flag":[]'), ('"flag":true', '"flag":{}'),
            ('"count":3', '"count":3.0'), ('"count":3', '"count":3.5'), ('"count":3', '"count":"3"'), ('"count":3', '"count":3e0'), ('"count":3', '"count":30e-1'),
            ('"count":3', '"count":9223372036854775808'), ('"count":3', '"count":-9223372036854775809'), ('"count":3', '"count":1e400'),
            ('"count":3', '"count":-0'), ('"count":3', '"count":03'), ('"count":3', '"count":+3'), ('"count":3', '"count":true'), ('"count":3', '"count":NaN'),
            ('"ratio":0.1', '"ratio":"0.1"'), ('"ratio":0.1', '"ratio":NaN'), ('"ratio":0.1', '"ratio":Infinity'), ('"ratio":0.1', '"ratio":1e309'),
            ('"ratio":0.1', '"ratio":1'), ('"ratio":0.1', '"ratio":123456789012345678901234567890'), ('"ratio":0.1', '"ratio":.1'), ('"ratio":0.1', '"ratio":1e-400'),
            ('"text":"a"', '"text":5'), ('"text":"a"', '"text":true'), ('"text":"a"', '"text":["a"]'), ('"text":"a"', '"text":{"a":1}'), ('"text":"a"', '"text":null'),
            ('"text":"a"', '"text":"\\u0061"'), ('"text":"a"', '"text":"\\ud83d\\ude00"'), ('"text":"a"', '"text":"\\ud83d"'), ('"text":"a"', '"text":"\\x"'),
            ('"text":"a"', "'text':'a'"), ('"text":"a"', 'text:"a"'), ('"text":"a"', '"text":"a",'), ('"text":"a"', '"text" : "a"'), ('"text":"a"', '"te\\u0078t":"a"'),
            ('"text":"a"', '"Text":"a"'), ('"text":"a"', '"text ":"a"'), ('"text":"a"', '"te{xt":"a"'), ('"text":"a"', '"te\\":xt":"a"'), ('"text":"a"', '"text\\\\":"a"'),
            ('"text":"a"', '"text":"a","other":null'), ('"text":"a"', '"text":"a","other":{}'), ('"text":"a"', '"text":"a","{":1'), ('"text":"a"', '"text":"a","":1'),
            ('"text":"a"', '"text":"a\\":b"'), ('"text":"a"', '"text":"a\\":null"'), ('"text":"a"', '"text":",]"'), ('"text":"a"', '"text":"\\t"'), ('"text":"a"', '"text":"\t"'),
            ('"kind":"plain"', '"kind":"other"'), ('"kind":"plain"', '"kind":"Plain"'), ('"kind":"plain"', '"kind":"plain "'), ('"kind":"plain"', '"kind":""'), ('"kind":"plain"', '"kind":1'),
            ('"kinds":["fine"]', '"kinds":["fine","other"]'), ('"kinds":["fine"]', '"kinds":["fine",null]'), ('"kinds":["fine"]', '"kinds":"fine"'),
            ('"day":"2026-01-31"', '"day":"2026-02-30"'), ('"day":"2026-01-31"', '"day":"2026-1-31"'), ('"day":"2026-01-31"', '"day":" 2026-01-31"'), ('"day":"2026-01-31"', '"day":"2026-01-31T00:00:00Z"'),
            ('"day":"2026-01-31"', '"day":"0000-01-01"'), ('"day":"2026-01-31"', '"day":"10000-01-01"'), ('"day":"2026-01-31"', '"day":"-001-01-01"'), ('"day":"2026-01-31"', '"day":"infinity"'),
            ('"day":"2026-01-31"', '"day":20260131'), ('"day":"2026-01-31"', '"day":"2026/01/31"'), ('"day":"2026-01-31"', '"day":"2023-02-29"'), ('"day":"2026-01-31"', '"day":"\uff12026-01-31"'), ('"day":"2026-01-31"', '"day":""'),
            ('"at":"2026', '"at":"2026-03-08T08:00:00"'.removesuffix('"') + '"  ,"at":"2026'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00"'),
            ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T24:00:00Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T23:59:60Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08 08:00:00Z"'),
            ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08t08:00:00z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00+0500"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00+05"'),
            ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00+24:00"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00.123456789Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00.1234567891Z"'),
            ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-02-30T08:00:00Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"0001-01-01T00:00:00+01:00"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"9999-12-31T23:59:59-01:00"'),
            ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":"2026-03-08T08:00:00.Z"'), ('"at":"2026-03-08T02:59:59.999-05:00"', '"at":1772956800'),
            ('"span":"-90m"', '"span":"1h30m"'), ('"span":"-90m"', '"span":"1.5h"'), ('"span":"-90m"', '"span":"90"'), ('"span":"-90m"', '"span":"300000000h"'), ('"span":"-90m"', '"span":"1d"'), ('"span":"-90m"', '"span":5'),
            ('"part":{', '"part":5,"x":{'), ('"maybePart":{', '"maybePart":[{},'.replace("[{},", "[]," + '"y":{')), ('"parts":[', '"parts":[null,'), ('"parts":[', '"parts":[{},'), ('"parts":[', '"parts":[5,'), ('"parts":[', '"parts":[[],'),
            ('"texts":["a","b"]', '"texts":["a",null]'), ('"texts":["a","b"]', '"texts":[null]'), ('"texts":["a","b"]', '"texts":["a",5]'), ('"texts":["a","b"]', '"texts":"a"'), ('"texts":["a","b"]', '"texts":{}'),
            ('"texts":["a","b"]', '"texts":["a",["b"]]'), ('"texts":["a","b"]', '"texts":["a","b",]'), ('"texts":["a","b"]', '"texts":["a" "b"]'), ('"texts":["a","b"]', '"texts":[,"a"]'),
            ('"counts":[1,2,3]', '"counts":[1,2.0,3]'), ('"counts":[1,2,3]', '"counts":[1,"2"]'), ('"counts":[1,2,3]', '"counts":[1,null]'), ('"counts":[1,2,3]', '"counts":[9223372036854775808]'), ('"counts":[1,2,3]', '"counts":[1,2,3'),
            ('"days":["2026-02-01"]', '"days":["2026-02-01",""]'), ('"days":["2026-02-01"]', '"days":["2026-02-31"]'), ('"flags":[true,false]', '"flags":[true,"false"]'), ('"flags":[true,false]', '"flags":[true,0]'),
            ('"ratios":[0.25', '"ratios":[NaN'), ('"ratios":[0.25', '"ratios":["0.25"')):
        yield made(old, new)
    yield from ("null", "[]", "5", '"x"', "true", "{}", '{"id":"only"}', "{", "}", whole + whole, whole + ",", whole[:-1], "[" + whole + "]", "// " + whole,
                whole.replace('"flag":true', '"flag":TRUE', 1), whole.replace('"flag":true', '"flag":/**/true', 1), "\ufeff" + whole, '{"id":"deep","part":' + '{"inner":[' * 200)


def rules():
    about, number = None, 0
    yield "# Written by corpus.py from conditions.txt.\ntopic: Conditions\nrules:\n"
    decisions = {"Thing": "things", "Part": "parts", "Inner": "inners"}
    for line in Path(__file__).with_name("conditions.txt").read_text(encoding="utf-8").splitlines():
        if line in ("[Thing]", "[Part]", "[Inner]"):
            about = line.strip("[]")
        elif line and not line.startswith("#"):
            number += 1
            for sign, condition in (("c", line), ("n", f"!({line})")):
                yield (f"  - rule: {sign}-{number:03}\n    title: {json.dumps(condition, ensure_ascii=False)}\n"
                       f"    about: {about}\n    decides: [{decisions[about]}]\n"
                       f"    require: {json.dumps(condition, ensure_ascii=False)}\n")


Path(__file__).with_name("rules.yaml").write_text("".join(rules()), encoding="utf-8")
Path(__file__).with_name("lines.txt").write_text("".join(line + "\n" for line in lines()), encoding="utf-8")
