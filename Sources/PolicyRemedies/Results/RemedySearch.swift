/// What the searches for all decisions about a document share.
struct RemedySearch {
  let assessment: Assessment
  let prover: Prover
  let allowance: Allowance
  let extent: Remedies.Extent
  let memory = SearchMemory()

  /// How much work may be done for a document, in nodes evaluated and the like: a second or two of it.
  static let wholeWork = 8_000_000
  /// How much may be done for the best ways out alone: a tenth of a second or two.
  static let bestWork = 800_000
}
