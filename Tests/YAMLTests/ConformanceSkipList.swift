/// Cases of the YAML test suite that are read otherwise on purpose, by id, with the reason.
///
/// The test fails for an entry whose case is read as the suite says.
let deliberateDifferences: [String: String] = [:]
