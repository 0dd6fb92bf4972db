import CEL
import Diagnostics
public import PolicyEngine

extension PolicyEdit {
  /// What was edited between two policy sets, in the order of the new files, what is gone last.
  public static func edits(from old: PolicySet, to new: PolicySet) -> [PolicyEdit] {
    EditFinder(old: old, new: new).edits
  }
}

/// Finds what is another declaration now, and what is only called otherwise or stands elsewhere.
struct EditFinder {
  private struct Key: Hashable {
    let subject: PolicyEdit.Subject
    let name: String
  }

  private let old: [Declaration]
  private let new: [Declaration]
  private let renaming: Renaming

  init(old: PolicySet, new: PolicySet) {
    let now = PolicyDeclarations(new).all
    var renaming = Renaming()
    var before = PolicyDeclarations(old).all
    // A term that speaks of a renamed one is the same only once that is known.
    for _ in 0..<4 {
      var next = renaming
      for (was, found) in Self.renamed(before, now) {
        switch was.subject {
        case .parameter: next.parameters[was.name] = found.name
        case .term: next.terms[was.name] = found.name
        default: break
        }
      }
      guard next != renaming else { break }
      renaming = next
      before = PolicyDeclarations(old, renaming: renaming).all
    }
    self.old = before
    self.new = now
    self.renaming = renaming
  }

  /// The declarations that are gone, with those that are new and say the same, where only one does.
  private static func renamed(
    _ old: [Declaration], _ new: [Declaration]
  ) -> [(was: Declaration, now: Declaration)] {
    let (oldKeys, newKeys) = (Set(old.map(key)), Set(new.map(key)))
    let gone = old.filter { !newKeys.contains(key($0)) && $0.subject.canBeRenamed }
    let added = Dictionary(
      grouping: new.filter { !oldKeys.contains(key($0)) && $0.subject.canBeRenamed }, by: \.body)
    let goneByBody = Dictionary(grouping: gone, by: \.body)
    return gone.compactMap { was in
      guard let found = added[was.body], let now = found.first, found.count == 1,
        goneByBody[was.body]?.count == 1
      else { return nil }
      return (was, now)
    }
  }

  private static func key(_ declaration: Declaration) -> Key {
    Key(subject: declaration.subject, name: declaration.name)
  }

  var edits: [PolicyEdit] {
    let renamed = Self.renamed(old, new)
    let oldNames = Dictionary(
      renamed.map { (Self.key($0.now), $0.was) }, uniquingKeysWith: { first, _ in first })
    let before = Dictionary(
      old.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let now = Set(new.map(Self.key)).union(renamed.map { Self.key($0.was) })
    let changed = new.flatMap { declaration -> [PolicyEdit] in
      let key = Self.key(declaration)
      if let was = oldNames[key] {
        return [edit(.renamed, was, declaration, oldName: was.name)] + moves(was, declaration)
      }
      guard let was = before[key] else { return [edit(.added, nil, declaration)] }
      var found: [PolicyEdit] = []
      if let oldName = renaming.oldName(of: declaration) {
        found.append(edit(.renamed, was, declaration, oldName: oldName))
      }
      let details = Self.details(was, declaration)
      if !details.isEmpty { found.append(edit(.changed, was, declaration, details)) }
      return found + moves(was, declaration)
    }
    return changed + old.filter { !now.contains(Self.key($0)) }.map { edit(.removed, $0, nil) }
  }

  private func moves(_ was: Declaration, _ now: Declaration) -> [PolicyEdit] {
    guard now.subject != .setting else { return [] }
    var details: [PolicyEdit.Detail] = []
    if let old = was.file, let new = now.file, old != new {
      details.append(
        PolicyEdit.Detail(part: "file", old: old, new: new, isText: true, range: now.range))
    }
    if was.topic != now.topic {
      details.append(
        PolicyEdit.Detail(
          part: "topic", old: was.topic, new: now.topic, isText: true, range: now.range))
    }
    return details.isEmpty ? [] : [edit(.moved, was, now, details)]
  }

  private func edit(
    _ kind: PolicyEdit.Kind, _ was: Declaration?, _ now: Declaration?,
    _ details: [PolicyEdit.Detail] = [], oldName: String? = nil
  ) -> PolicyEdit {
    PolicyEdit(
      kind: kind, subject: (now ?? was)?.subject ?? .setting, name: (now ?? was)?.name ?? "",
      oldName: oldName, details: details, oldRange: was?.range, newRange: now?.range)
  }

  private static func details(_ was: Declaration, _ now: Declaration) -> [PolicyEdit.Detail] {
    var details: [PolicyEdit.Detail] = []
    if let old = was.parameter, let new = now.parameter {
      details = ParameterEdits(old: old, new: new).details
    }
    for (before, after) in zip(was.parts, now.parts) where before.form != after.form {
      details.append(
        PolicyEdit.Detail(
          part: after.name, old: before.shown, new: after.shown, isText: after.isText,
          range: after.range ?? now.range))
    }
    return details
  }
}

extension PolicyEdit.Subject {
  /// Whether one that says the same under another name is taken for the same one.
  ///
  /// A fact or a case of another name is another one in every document, and types say too little.
  fileprivate var canBeRenamed: Bool {
    switch self {
    case .rule, .term, .parameter, .decision: true
    case .fact, .type, .enumeration, .enumerationCase, .setting: false
    }
  }
}

extension Renaming {
  /// The old name of a declaration that was renamed.
  fileprivate func oldName(of declaration: Declaration) -> String? {
    let names =
      switch declaration.subject {
      case .parameter: parameters
      case .term: terms
      default: [String: String]()
      }
    return names.first { $0.value == declaration.name }?.key
  }
}
