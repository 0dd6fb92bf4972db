extension String {
  /// A path that names the same file to Foundation as to everybody else.
  ///
  /// Foundation takes a tilde at its start for somebody's home folder, which the shell has seen to before;
  /// and to look a user up, a program that has the C library within itself would load parts of the system's.
  package var literalPath: String { hasPrefix("~") ? "./" + self : self }
}
