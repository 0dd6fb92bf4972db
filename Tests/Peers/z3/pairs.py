"""Asks z3 whether the pairs of policy sets that `plan` is tested by are the same, and compares with what they are said to be.

It shares no code with the prover: expressions are parsed here, and every fact becomes variables of z3, one for its value and
one for whether it is known. Usage:

    python3 pairs.py [PAIRS]

PAIRS is Tests/PolicyComparisonTests/Fixtures unless given. Ends with 1 where one of them is not as it is said to be.

What it covers, and `plan` goes beyond: lists of at most LONGEST elements, whole numbers within a million, dates from 1900
to 2150, and, for rules and values with dates of their own, sessions whose date is known. Calls that z3 has no theory for (`trim`, and
the calendar of a time zone) are not covered: the pairs that make them are counted as such.
"""

import datetime
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
import z3

LONGEST = 3
EPOCH = datetime.date(1970, 1, 1)
DAY = 86_400


class NotCovered(Exception):
    pass


# Expressions: ("name", text), ("literal", value), ("list", items), ("map", entries), ("select", operand, field, is_optional),
# ("index", operand, key), ("call", name, operand or None, arguments).

TOKEN = re.compile(r"\s*(?:(\d+)|'([^']*)'|([A-Za-z_]\w*)|(\.\?|&&|\|\||[=!<>]=|[-+*<>!?:.,()\[\]{}]))")
BINARY = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*"]]


class Parser:
    def __init__(self, text):
        self.tokens, place = [], 0
        while place < len(text.rstrip()):
            match = TOKEN.match(text, place)
            if match is None:
                raise NotCovered(f"'{text[place:]}'")
            number, string, name, sign = match.groups()
            kind = "number" if number else "string" if string is not None else "name" if name else "sign"
            self.tokens.append((kind, number or string or name or sign or ""))
            place = match.end()

    def expression(self):
        condition = self.binary(0)
        if not self.takes("?"):
            return condition
        then = self.expression()
        self.expects(":")
        return ("call", "?", None, [condition, then, self.expression()])

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while (sign := self.takes(*BINARY[level])) is not None:
            left = ("call", sign, None, [left, self.binary(level + 1)])
        return left

    def unary(self):
        if self.takes("!"):
            return ("call", "!", None, [self.unary()])
        if self.takes("-"):
            return ("call", "-", None, [("literal", 0), self.unary()])
        return self.member(self.primary())

    def member(self, operand):
        while (sign := self.takes(".", ".?", "[")) is not None:
            if sign == "[":
                operand = ("index", operand, self.expression())
                self.expects("]")
                continue
            name = self.tokens.pop(0)[1]
            if self.takes("("):
                operand = ("call", name, operand, self.items(")"))
            else:
                operand = ("select", operand, name, sign == ".?")
        return operand

    def primary(self):
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return ("literal", int(text))
        if kind == "string":
            return ("literal", text)
        if kind == "name":
            if text in ("true", "false"):
                return ("literal", text == "true")
            return ("call", text, None, self.items(")")) if self.takes("(") else ("name", text)
        if text == "(":
            inner = self.expression()
            self.expects(")")
            return inner
        if text == "[":
            return ("list", self.items("]"))
        if text == "{":
            entries = []
            while not self.takes("}"):
                key = self.expression()
                self.expects(":")
                entries.append((key, self.expression()))
                self.takes(",")
            return ("map", entries)
        raise NotCovered(f"'{text}'")

    def items(self, end):
        items = []
        while not self.takes(end):
            items.append(self.expression())
            self.takes(",")
        return items

    def takes(self, *texts):
        if self.tokens and self.tokens[0][0] in ("sign", "name") and self.tokens[0][1] in texts:
            return self.tokens.pop(0)[1]
        return None

    def expects(self, text):
        if self.takes(text) is None:
            raise NotCovered(f"no '{text}'")


# Values. A truth is two formulas, of which at most one holds; of others it is said when they are known.


@dataclass
class Truth:
    yes: Any
    no: Any


@dataclass
class Plain:
    value: Any
    known: Any


@dataclass
class Optional:
    value: Any
    is_there: Any
    known: Any


@dataclass
class Items:
    """Elements, each with what must hold for it to be in the list."""

    elements: list
    known: Any


@dataclass
class Table:
    rows: list


def truth(value, known):
    return Truth(z3.And(known, value), z3.And(known, z3.Not(value)))


def negated(operand):
    return Truth(operand.no, operand.yes)


def both(operands):
    return Truth(z3.And([it.yes for it in operands]), z3.Or([it.no for it in operands]))


def either(operands):
    return negated(both([negated(it) for it in operands]))


def chosen(condition, then, otherwise):
    return Truth(
        z3.Or(z3.And(condition.yes, then.yes), z3.And(condition.no, otherwise.yes)),
        z3.Or(z3.And(condition.yes, then.no), z3.And(condition.no, otherwise.no)),
    )


class Vocabulary:
    def __init__(self, base, terms):
        self.types = base["types"]
        self.enumerations = base["enumerations"]
        for name, term in terms.items():
            self.types["Session"]["terms"][name] = term


class Document:
    """The facts of an object, as variables that are made when somebody asks for them."""

    def __init__(self, world, kind, name, known):
        self.world, self.kind, self.name, self.known = world, kind, name, known
        self.facts = {}

    def fact(self, name):
        if name not in self.facts:
            self.facts[name] = self.world.fact(self, name)
        return self.facts[name]

    def declaration(self, name):
        return self.world.vocabulary.types[self.kind]["facts"].get(name)

    def term(self, name):
        return self.world.vocabulary.types[self.kind].get("terms", {}).get(name)


class World:
    """What all sessions that there could be have in common, for one pair."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.rules = []
        self.session = Document(self, "Session", "session", z3.BoolVal(True))
        self.today = Plain(self.number("today", "date"), z3.BoolVal(True))

    def number(self, name, kind):
        number = z3.Int(name)
        first, last = -25_567, 65_744
        bounds = {"date": (first, last), "timestamp": (first * DAY, last * DAY)}
        low, high = bounds.get(kind, (-1_000_000, 1_000_000))
        self.rules += [number >= low, number <= high]
        return number

    def fact(self, owner, name):
        declared = owner.declaration(name)
        is_optional = isinstance(declared, str) and declared.endswith("?")
        kind = declared.rstrip("?") if isinstance(declared, str) else declared
        path = f"{owner.name}.{name}"
        is_there = z3.Bool(path + " is there")
        value = self.value(kind, path, z3.And(owner.known, is_there))
        return Optional(value, is_there, owner.known) if is_optional else value

    def value(self, kind, path, known):
        if isinstance(kind, list):
            return self.list(kind[0], path, known)
        if kind in self.vocabulary.types:
            return Document(self, kind, path, known)
        if kind == "bool":
            return truth(z3.Bool(path), known)
        if kind in ("int", "date", "timestamp"):
            return Plain(self.number(path, kind), known)
        text = z3.String(path)
        if kind in self.vocabulary.enumerations:
            self.rules.append(z3.Or([text == it for it in self.vocabulary.enumerations[kind]]))
        return Plain(text, known)

    def list(self, kind, path, known):
        count = z3.Int(path + " count")
        self.rules += [count >= 0, count <= LONGEST]
        # An element that is there is known; its facts may be missing.
        elements = [
            (self.value(kind, f"{path}[{place}]", z3.BoolVal(True)), count > place) for place in range(LONGEST)
        ]
        return Items(elements, known)


class Side:
    """One of the two policy sets."""

    def __init__(self, world, text):
        self.world = world
        self.policies = yaml.safe_load(text)
        self.date = world.session.fact("date")
        self.is_dated = False

    def payment(self):
        return both([self.rule(it) for it in self.policies["rules"] if it.get("severity") != "warning"])

    def rule(self, rule):
        kind = rule.get("about", "Session")
        if kind == "Session":
            subjects, known = [(self.world.session, z3.BoolVal(True))], z3.BoolVal(True)
        else:
            encounters = self.world.session.fact("encounters")
            subjects, known = encounters.elements, encounters.known
        outcomes = []
        for subject, is_there in subjects:
            names = {"session": self.world.session, kind.lower(): subject}
            parts = [self.condition(rule["require"], names)]
            if "when" in rule:
                parts.append(negated(self.condition(rule["when"], names)))
            if "unless" in rule:
                parts.append(self.condition(rule["unless"], names))
            outcome = either(parts)
            outcomes.append(Truth(z3.Or(z3.Not(is_there), outcome.yes), z3.And(is_there, outcome.no)))
        every = both(outcomes)
        every = Truth(z3.And(known, every.yes), z3.And(known, every.no))
        if "effective" not in rule:
            return every
        self.is_dated = True
        dates = rule["effective"]
        in_force = z3.And(
            self.date.value >= days(dates["from"]) if "from" in dates else True,
            self.date.value <= days(dates["until"]) if "until" in dates else True,
        )
        return Truth(z3.Or(z3.Not(in_force), every.yes), z3.And(in_force, every.no))

    def condition(self, condition, names):
        if isinstance(condition, str):
            return self.value(Parser(condition).expression(), names)
        if isinstance(condition, bool):
            return truth(z3.BoolVal(condition), True)
        (kind, parts), = condition.items()
        parts = [self.condition(it, names) for it in parts]
        return {"all": both, "any": either, "none": lambda it: negated(either(it))}[kind](parts)

    def parameter(self, name):
        values = sorted(self.policies["parameters"][name]["values"].items())
        if len(values) == 1 and not isinstance(values[0][1], (dict, list)):
            return Plain(values[0][1], self.date.value >= days(values[0][0]))
        if len(values) == 1:
            value = values[0][1]
            if isinstance(value, list):
                return Items([(constant(it), z3.BoolVal(True)) for it in value], z3.BoolVal(True))
            return Table([(constant(key), constant(it)) for key, it in value.items()])
        found = z3.IntVal(values[0][1])
        for date, value in values[1:]:
            found = z3.If(self.date.value >= days(date), value, found)
        return Plain(found, self.date.value >= days(values[0][0]))

    def value(self, node, names):
        kind = node[0]
        if kind == "literal":
            return constant(node[1])
        if kind == "name":
            if node[1] in names:
                return names[node[1]]
            if node[1] == "today":
                return self.world.today
            self.is_dated = True
            return self.parameter(node[1])
        if kind == "list":
            return Items([(self.value(it, names), z3.BoolVal(True)) for it in node[1]], z3.BoolVal(True))
        if kind == "map":
            return Table([(self.value(key, names), self.value(it, names)) for key, it in node[1]])
        if kind == "select":
            return self.select(self.value(node[1], names), node[2], node[3])
        if kind == "index":
            return self.row(self.value(node[1], names), self.value(node[2], names))
        return self.call(node[1], node[2], node[3], names)

    def select(self, owner, name, is_optional):
        if isinstance(owner, Optional):
            owner = owner.value
        term = owner.term(name)
        if term is not None:
            return self.value(Parser(term["is"]).expression(), {owner.kind.lower(): owner})
        fact = owner.fact(name)
        if is_optional or not isinstance(fact, Optional):
            return fact
        return fact.value

    def row(self, table, key):
        found, is_there = table.rows[0][1].value, z3.BoolVal(False)
        for row_key, value in table.rows:
            found = z3.If(key.value == row_key.value, value.value, found)
            is_there = z3.Or(is_there, key.value == row_key.value)
        return Plain(found, z3.And(key.known, is_there))

    def call(self, name, operand, arguments, names):
        if name in ("all", "exists", "exists_one", "filter"):
            return self.comprehension(name, self.value(operand, names), arguments, names)
        if name == "has":
            owner = self.value(arguments[0][1], names)
            owner = owner.value if isinstance(owner, Optional) else owner
            fact = owner.fact(arguments[0][2])
            if isinstance(fact, Optional):
                return truth(fact.is_there, fact.known)
            return Truth(fact.known, z3.BoolVal(False))
        if name == "duration":
            number, unit = re.fullmatch(r"(\d+)([hms])", arguments[0][1]).groups()
            return constant(int(number) * {"h": 3_600, "m": 60, "s": 1}[unit])
        values = [self.value(it, names) for it in ([operand] if operand else []) + arguments]
        if name == "!":
            return negated(values[0])
        if name == "&&":
            return both(values)
        if name == "||":
            return either(values)
        if name == "?":
            return chosen(*values)
        if name == "size":
            items = values[0]
            return Plain(z3.Sum([z3.If(is_in, 1, 0) for _, is_in in items.elements]), items.known)
        if name == "orValue":
            optional, default = values
            known = z3.And(optional.known, default.known)
            return Plain(z3.If(optional.is_there, optional.value.value, default.value), known)
        if name == "in":
            return self.member(*values)
        if name == "==" or name == "!=":
            equal = self.equal(*values)
            return equal if name == "==" else negated(equal)
        left, right = (values + values)[:2]
        known = z3.And(left.known, right.known)
        compared = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
        if name in compared:
            return truth(compared[name](left.value, right.value), known)
        if name == "startsWith":
            return truth(z3.PrefixOf(right.value, left.value), known)
        computed = {
            "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "addDays": lambda a, b: a + b,
            "addWeeks": lambda a, b: a + 7 * b, "daysUntil": lambda a, b: b - a,
        }
        if name in computed:
            return Plain(computed[name](left.value, right.value), known)
        raise NotCovered(f"{name}()")

    def equal(self, left, right):
        if isinstance(left, Truth):
            return chosen(left, right, negated(right))
        if isinstance(left, Items) or isinstance(right, Items):
            items = left if isinstance(left, Items) and left.elements else right
            if (right if items is left else left).elements:
                raise NotCovered("lists that are equal")
            return truth(z3.Not(z3.Or([is_in for _, is_in in items.elements])), items.known)
        return truth(left.value == right.value, z3.And(left.known, right.known))

    def member(self, value, items):
        if isinstance(items, Table):
            items = Items([(key, z3.BoolVal(True)) for key, _ in items.rows], z3.BoolVal(True))
        found = z3.Or([z3.And(is_in, value.value == it.value) for it, is_in in items.elements])
        return truth(found, z3.And(value.known, items.known))

    def comprehension(self, name, items, arguments, names):
        variable = arguments[0][1]
        bodies = [
            (it, is_in, self.value(arguments[1], {**names, variable: it})) for it, is_in in items.elements
        ]
        if name == "exists":
            yes = z3.Or([z3.And(is_in, body.yes) for _, is_in, body in bodies])
            no = z3.And([z3.Or(z3.Not(is_in), body.no) for _, is_in, body in bodies])
            return Truth(z3.And(items.known, yes), z3.And(items.known, no))
        if name == "all":
            yes = z3.And([z3.Or(z3.Not(is_in), body.yes) for _, is_in, body in bodies])
            no = z3.Or([z3.And(is_in, body.no) for _, is_in, body in bodies])
            return Truth(z3.And(items.known, yes), z3.And(items.known, no))
        # These want to know of every element.
        settled = z3.And([z3.Or(z3.Not(is_in), body.yes, body.no) for _, is_in, body in bodies])
        known = z3.And(items.known, settled)
        if name == "filter":
            return Items([(it, z3.And(is_in, body.yes)) for it, is_in, body in bodies], known)
        count = z3.Sum([z3.If(z3.And(is_in, body.yes), 1, 0) for _, is_in, body in bodies])
        return truth(count == 1, known)


def constant(value):
    if isinstance(value, bool):
        return truth(z3.BoolVal(value), z3.BoolVal(True))
    return Plain(z3.StringVal(value) if isinstance(value, str) else z3.IntVal(value), z3.BoolVal(True))


def days(date):
    return (date - EPOCH).days


def answer(base, pair):
    """Whether some session tells the two sets apart: `same` or `differs`."""
    sides = []
    world = World(Vocabulary(yaml.safe_load(base), {}))
    for side in ("old", "new"):
        world.vocabulary.types["Session"]["terms"].update(yaml.safe_load(pair.get(side + "Terms", "{}")) or {})
        policies = Side(world, pair[side])
        sides.append((policies.payment(), policies))
    (old, first), (new, second) = sides
    solver = z3.Solver()
    solver.set("timeout", 60_000)
    solver.add(world.rules)
    if first.is_dated or second.is_dated:
        solver.add(world.session.fact("date").known)
    solver.add(z3.Or(old.yes != new.yes, old.no != new.no))
    found = solver.check()
    return "differs" if found == z3.sat else "same" if found == z3.unsat else "not settled"


def main():
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../../PolicyComparisonTests/Fixtures"
    base = (folder / "base.yaml").read_text()
    counts = {"same": 0, "differs": 0}
    not_covered, wrong = [], []
    for file in sorted((folder / "pairs").glob("*.yaml")):
        pair = yaml.safe_load(file.read_text())
        try:
            found = answer(base, pair)
        except NotCovered as reason:
            not_covered.append(f"{file.stem}: {reason}")
            continue
        if found == pair["expect"]:
            counts[found] += 1
        else:
            wrong.append(f"{file.stem}: said to be '{pair['expect']}', and z3 finds '{found}'")
    print(f"z3 {z3.get_version_string()}: {counts['same']} pairs are the same, and {counts['differs']} differ, as they are said to")
    print(f"not covered: {len(not_covered)}" + "".join("\n  " + it for it in not_covered))
    print(f"otherwise: {len(wrong)}" + "".join("\n  " + it for it in wrong))
    if not counts["same"] or not counts["differs"]:
        print("there are no pairs here")
    sys.exit(1 if wrong or not counts["same"] or not counts["differs"] else 0)


if __name__ == "__main__":
    main()
