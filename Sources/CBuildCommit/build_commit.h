// The commit that the program is built from, where the build is given one: a Swift file can't be given a value.
//
// 'TUTORPOLICY_COMMIT=$(git rev-parse HEAD) swift build' gives it, by way of Package.swift.
#ifndef BUILD_COMMIT_H
#define BUILD_COMMIT_H

#define BUILD_COMMIT_TEXT(commit) #commit
#define BUILD_COMMIT_VALUE(commit) BUILD_COMMIT_TEXT(commit)

/// The commit as it was given, or an empty text.
static inline const char *build_commit(void) {
#ifdef TUTORPOLICY_COMMIT
  return BUILD_COMMIT_VALUE(TUTORPOLICY_COMMIT);
#else
  return "";
#endif
}

#endif
