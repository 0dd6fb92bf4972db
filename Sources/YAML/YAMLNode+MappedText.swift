public import Diagnostics

extension YAMLNode {
  /// The decoded text of a scalar with the map of its bytes to the file, for all five styles.
  ///
  /// Nil for sequences and mappings. What is not white space maps to the very bytes it is written as,
  /// and an escape as a whole to its backslash; white space that folding changed maps to white space
  /// between the same words. The text of an alias maps to the scalar that the anchor names.
  public func mappedText() -> MappedText? {
    guard case .scalar(let scalar) = content else { return nil }
    var aligner = TextAligner(
      text: Array(scalar.text.utf8), style: scalar.style, bytes: contentRange.source.bytes,
      written: contentRange.bytes)
    return aligner.align(in: contentRange.source)
  }
}
