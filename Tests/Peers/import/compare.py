"""Imports decisions of other engines, and compares what they give with their own engines.

For each file: `tutorpolicy import`, then cases drawn from a fixed seed, each asked of the file's own engine, and written
as a fixture that expects what that engine gave. `tutorpolicy test` says where the two differ. A case for which the
engine gives nothing, or fails, must not pass: `tutorpolicy check` is asked.
"""

import argparse
import json
import logging
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def facts_of(folder):
    """The facts of the documents: name, type and label by the type that has them."""
    text = (folder / "vocabulary.yaml").read_text()
    types, current = {}, None
    for line in text.splitlines():
        if found := re.match(r"^  (\w+):$", line):
            current = found.group(1)
            types[current] = {}
        elif found := re.match(r"^      (\w+): \{type: (\"?[^,}\"]+\"?)(?:, label: (.+))?\}$", line):
            name, kind, label = found.groups()
            types[current][name] = (kind.strip('"'), (label or name).strip('"'))
    return types


def constants(text):
    """What a file compares with: numbers and texts."""
    numbers = {float(n.replace("_", "")) for n in re.findall(r"-?\d[\d_]*(?:\.\d+)?", text)}
    texts = set(re.findall(r"'([^'\\]*)'", text)) | set(re.findall(r'"([^"\\]*)"', text))
    numbers = sorted(n for n in numbers if abs(n) < 1e7)
    return numbers, sorted(texts)


class Cases:
    """Documents drawn at random, on and around what the file compares with."""

    def __init__(self, types, text, seed, whole):
        self.types = types
        # bkflow-feel compares no whole number with a fraction.
        self.steps = [-1, 0, 0, 1] if whole else [-1, 0, 0, 0.5, 1]
        self.numbers, self.texts = constants(text)
        self.random = random.Random(seed)

    def value(self, kind):
        draw = self.random
        if kind.endswith("?"):
            return None if draw.random() < 0.2 else self.value(kind[:-1])
        if kind.startswith("["):
            return [self.value(kind[1:-1]) for _ in range(draw.randint(0, 3))]
        if kind == "double":
            number = draw.choice(self.numbers or [1]) + draw.choice(self.steps)
            return int(number) if number == int(number) else number
        if kind == "bool":
            return draw.random() < 0.5
        if kind == "string":
            return draw.choice(self.texts + ["other"])
        if kind == "date":
            return f"2026-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}"
        return self.object(kind)

    def object(self, kind="Input"):
        found = {name: self.value(of) for name, (of, _) in self.types[kind].items()}
        return {name: value for name, value in found.items() if value is not None}


def with_labels(value, kind, types):
    """A document with the names that the file has for its facts."""
    if isinstance(value, list):
        return [with_labels(one, kind.strip("[]?"), types) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        types[kind][name][1]: with_labels(inner, types[kind][name][0].rstrip("?"), types)
        for name, inner in value.items()
    }


# The engines


def zen(path):
    import zen as engine

    content = json.loads(path.read_text())
    if not any(node["type"] == "outputNode" for node in content["nodes"]):
        last = content["nodes"][-1]["id"]
        content["nodes"].append({"id": "end", "type": "outputNode", "name": "end"})
        content["edges"].append({"id": "end", "type": "edge", "sourceId": last, "targetId": "end"})
    decision = engine.ZenEngine().create_decision(json.dumps(content))

    def flat(value, prefix=""):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from flat(inner, f"{prefix}{key}.")
        else:
            yield prefix[:-1], value

    return lambda document: dict(flat(decision.evaluate(document)["result"]))


def json_logic(path):
    from json_logic import jsonLogic

    rule = json.loads(path.read_text())
    return lambda document: {"result": jsonLogic(rule, document)}


def feel_tables(path):
    """Tables by their cells, each asked of bkflow-feel; the hit policies are put together here, as DMN 1.5 has them."""
    from bkflow_feel.api import parse_expression

    logging.disable(logging.CRITICAL)
    root = ElementTree.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.split("}")[-1]
        # Its names are single words.
        if element.text and element.tag == "text":
            element.text = element.text.strip()
    labels = {name: re.sub(r"\W+", "_", name) for name in
              (e.get("name") for e in root.iter() if e.tag in ("inputData", "decision")) if name}

    def plain(text):
        for label, name in sorted(labels.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(label, name)
        return text

    def holds(cell, value):
        if cell in ("", "-"):
            return True
        if found := re.fullmatch(r"not\((.*)\)", cell):
            return not holds(found.group(1), value)
        parts = re.split(r",(?![^\[(]*[\])])", cell)
        if len(parts) > 1:
            return any(holds(part.strip(), value) for part in parts)
        if cell[0] in "[(]" or cell[:1] in "<>":
            sign = "" if cell[0] in "<>" else "in "
            return parse_expression(f"value {sign}{cell}", {"value": value}) is True
        return parse_expression(f"value = {cell}", {"value": value}) is True

    def table(decision, context):
        table = decision.find("decisionTable")
        subjects = [plain(e.find("inputExpression/text").text) for e in table.findall("input")]
        values = [parse_expression(subject, context) for subject in subjects]
        outputs = table.findall("output")
        hits = []
        for rule in table.findall("rule"):
            cells = [cell.find("text").text or "-" for cell in rule.findall("inputEntry")]
            if all(holds(cell.strip(), value) for cell, value in zip(cells, values)):
                hits.append([parse_expression(plain(cell.find("text").text), context)
                             for cell in rule.findall("outputEntry")])
        policy, name = table.get("hitPolicy", "UNIQUE"), decision.get("name")
        names = [name] if len(outputs) == 1 else [e.get("name") for e in outputs]
        if not hits:
            defaults = [e.find("defaultOutputEntry/text") for e in outputs]
            return {n: parse_expression(d.text, context) for n, d in zip(names, defaults) if d is not None}
        if policy == "COLLECT" and table.get("aggregation"):
            column = [hit[0] for hit in hits]
            how = {"SUM": sum, "MIN": min, "MAX": max, "COUNT": len}[table.get("aggregation")]
            return {name: how(column)}
        if policy in ("COLLECT", "RULE ORDER"):
            return {n: [hit[i] for hit in hits] for i, n in enumerate(names)}
        if policy == "UNIQUE" and len(hits) > 1 or policy == "ANY" and any(h != hits[0] for h in hits):
            return {}
        if policy in ("PRIORITY", "OUTPUT ORDER"):
            orders = [[v.strip().strip('"') for v in t.text.split(",")] if t is not None else None
                      for t in (e.find("outputValues/text") for e in outputs)]
            hits.sort(key=lambda hit: [order.index(v) if order else 0 for v, order in zip(hit, orders)])
        if policy == "OUTPUT ORDER":
            return {n: [hit[i] for hit in hits] for i, n in enumerate(names)}
        return dict(zip(names, hits[0]))

    decisions = [d for d in root.iter("decision") if d.find("decisionTable") is not None]

    def decide(document):
        context, results = {labels.get(k, k): v for k, v in document.items()}, {}
        for decision in decisions:
            results |= table(decision, context)
        return results

    return decide


ENGINES = {"dmn": feel_tables, "gorules": zen, "jsonlogic": json_logic}


def yaml_terms(folder):
    """The terms of the outputs, by their labels."""
    text = (folder / "vocabulary.yaml").read_text()
    found = re.findall(r"^      (\w+):\n        label: (.+)\n", text, re.M)
    return {label.strip('"'): name for name, label in found}


def passing(tool, folder, documents):
    """The documents that pass some decision though the file's engine has no answer for them."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    checked = subprocess.run(
        [tool, "check", "--policies", folder, "--format", "ndjson", "--today", "2026-01-05", "-"],
        input=lines, capture_output=True, text=True)
    outcomes = [json.loads(line)["decisions"] for line in checked.stdout.splitlines()]
    return [found for found in outcomes if "pass" in found.values()] or len(outcomes) != len(documents)


def compare(tool, path, kind, count, arguments):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "policies"
        imported = subprocess.run(
            [tool, "import", path, "--into", folder, *arguments], capture_output=True, text=True)
        if not folder.exists():
            reasons = re.findall(r"error: (.*)", imported.stderr)
            print(f"{path.name}: not imported: {reasons[0] if reasons else imported.stderr}")
            return True
        types, terms = facts_of(folder), yaml_terms(folder)
        cases = Cases(types, path.read_text(), 22, kind == "dmn")
        try:
            decide = ENGINES[kind](path)
        except Exception as error:
            print(f"{path.name}: its own engine refuses the file: {str(error).splitlines()[-1]}")
            return True
        fixtures, unanswered, refused, compared, values = [], [], 0, 0, set()
        for number in range(count):
            document = cases.object()
            try:
                given = decide(with_labels(document, "Input", types))
            except Exception:  # What its own engine refuses is no answer to compare with.
                refused += 1
                continue
            expected = {f"input.{terms[label]}": value for label, value in given.items()
                        if label in terms and value is not None and value != []}
            if not expected:
                unanswered.append(document)
                continue
            compared += len(expected)
            values |= {json.dumps([k, v]) for k, v in expected.items()}
            fixtures.append(f"  - case: case {number}\n    base: {json.dumps(document)}\n"
                            f"    expect: {{terms: {json.dumps(expected)}}}\n")
        if not fixtures:
            print(f"{path.name}: its engine has no answer to {count} cases: nothing is compared")
            return True
        file = folder / "fixtures" / "compared.yaml"
        file.write_text("topic: Compared\ntoday: 2026-01-05\ncases:\n" + "".join(fixtures))
        tested = subprocess.run([tool, "test", "--policies", folder], capture_output=True, text=True)
        left_out = len(re.findall(r"error: ", imported.stderr))
        agrees = tested.returncode == 0 and not passing(tool, folder, unanswered)
        print(f"{path.name}: {len(fixtures)} cases, {compared} values, {len(values)} different ones, "
              f"{len(unanswered)} without an answer there, {refused} refused there, {left_out} parts left out: "
              + ("all agree" if agrees else "DIFFERENT"))
        if not agrees:
            print(tested.stdout[:3000], tested.stderr[:1000])
        return agrees


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", default=".build/release/tutorpolicy")
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--files", type=pathlib.Path, default=None,
                        help="a folder with folders dmn, gorules and jsonlogic; those of the tests unless given")
    options = parser.parse_args()
    root = options.files or pathlib.Path(__file__).parents[2] / "PolicyImportTests" / "Fixtures"
    tool = str(pathlib.Path(options.tool).resolve())
    results = []
    for kind in ENGINES:
        for path in sorted((root / kind).iterdir()):
            if path.suffix in (".dmn", ".json"):
                passing = path.with_suffix(".pass")
                arguments = ["--pass", passing.read_text().strip()] if passing.exists() else []
                results.append(compare(tool, path, kind, options.cases, arguments))
    if not results:
        sys.exit("no files were found")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
