#!/bin/sh
# Builds the fuzz targets and runs each for a number of seconds (60 unless given).
#
#     Tests/Fuzzing/run.sh [seconds] [target...]
#
#     FuzzParser      parses, checks, prints and parses again what stands in an expression
#     FuzzEvaluator   evaluates expressions, plainly and traced, and compares with the deduced types
#     FuzzPolicies    reads any text as YAML and as a policy file, and decides by what has no mistake
#     FuzzDocuments   reads session documents in JSON and YAML, and decides them by the plan and the
#                     general evaluator
#
# An input that makes a target fail is left in Tests/Fuzzing/.build/found: `target FILE` runs it again,
# `target -minimize_crash=1 -runs=100000 FILE` makes it small. It belongs into one of the folders of
# seeds, where the ordinary tests find it, with the mistake mended. The corpus is kept beside them, so
# that the next run goes on from it; the last lines of a run tell how many inputs were tried.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
[ $# -gt 0 ] && shift
targets=${*:-FuzzParser FuzzEvaluator FuzzPolicies FuzzDocuments}
for target in $targets; do
  swift build -c release -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing --product "$target"
done
# The language's own crash report would keep libFuzzer from writing the input.
export SWIFT_BACKTRACE=enable=no
status=0
for target in $targets; do
  case $target in
    FuzzPolicies) seeds=policies length=700 more=../PolicyEngineTests/Fixtures/mistakes ;;
    FuzzDocuments) seeds=documents length=900 more= ;;
    *) seeds=cel length=200 more= ;;
  esac
  mkdir -p ".build/corpus/$target" .build/found
  echo "== $target, $seconds seconds"
  # shellcheck disable=SC2086
  ".build/release/$target" ".build/corpus/$target" "seeds/$seeds" $more \
    -dict="$seeds.dictionary" -max_total_time="$seconds" -max_len=$length -timeout=20 \
    -rss_limit_mb=3000 -print_final_stats=1 -verbosity=0 -artifact_prefix=.build/found/ || status=1
done
exit $status
