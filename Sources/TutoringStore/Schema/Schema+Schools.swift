#if Store
extension Schema {
  /// What the vocabulary has of a school, such as its hours.
  static let schoolFacts = Migration(
    name: "3 facts of schools",
    sql: """
      ALTER TABLE schools ADD COLUMN facts TEXT NOT NULL DEFAULT '{}'
        CHECK (json_type(facts) = 'object');
      """)
}
#endif
