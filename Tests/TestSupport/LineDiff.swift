/// The lines that two texts differ in, marked `-` (expected) and `+` (actual), with those around them.
///
/// Runs of equal lines further than `context` lines from a difference are shown as `…`. A last line
/// without a line feed is shown as such. Equal texts give an empty text.
public func lineDiff(expected: String, actual: String, context: Int = 3) -> String {
  guard !hasSameBytes(expected, actual) else { return "" }
  let lines = editedLines(from: lines(of: expected), to: lines(of: actual))
  let changes = lines.indices.filter { lines[$0].mark != " " }
  var output: [String] = []
  var elided = false
  var nextChange = changes[...]
  var lastChange = -context - 1
  for (index, line) in lines.enumerated() {
    if nextChange.first == index {
      lastChange = index
      nextChange = nextChange.dropFirst()
    }
    let isNear = index - lastChange <= context || (nextChange.first ?? .max) - index <= context
    if isNear {
      output.append("\(line.mark) \(line.text)")
    } else if !elided {
      output.append("…")
    }
    elided = !isNear
  }
  return output.joined(separator: "\n")
}

// `==` takes canonically equal texts for equal, and a recorded file has bytes.
private func hasSameBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.elementsEqual(right.utf8)
}

private func lines(of text: String) -> [String] {
  // As scalars, since a carriage return and a line feed are one Character.
  var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    .map { String($0).replacing("\r", with: "␍") }
  if lines.last == "" {
    lines.removeLast()
  } else if let last = lines.popLast() {
    lines.append(last + " (no line feed at the end)")
  }
  return lines
}

/// All lines of both texts in order, each marked ` ` (in both), `-` (removed) or `+` (inserted).
private func editedLines(
  from old: [String], to new: [String]
) -> [(mark: Character, text: String)] {
  let difference = new.difference(from: old, by: hasSameBytes)
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for change in difference {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var edited: [(mark: Character, text: String)] = []
  var oldIndex = 0
  var newIndex = 0
  while oldIndex < old.count || newIndex < new.count {
    if removed.contains(oldIndex) {
      edited.append(("-", old[oldIndex]))
      oldIndex += 1
    } else if inserted.contains(newIndex) {
      edited.append(("+", new[newIndex]))
      newIndex += 1
    } else {
      edited.append((" ", new[newIndex]))
      oldIndex += 1
      newIndex += 1
    }
  }
  return edited
}
