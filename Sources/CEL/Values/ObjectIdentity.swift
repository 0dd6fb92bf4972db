/// Tells objects apart that stand for different things in the data.
public struct ObjectIdentity: Hashable, Sendable {
  private let holder: ObjectIdentifier
  private let position: Int

  /// The identity of what stands at a position in something that holds it.
  public init(in holder: AnyObject, at position: Int) {
    self.holder = ObjectIdentifier(holder)
    self.position = position
  }
}
