#!/bin/sh
# Builds the fuzz targets and runs each for a number of seconds (60 unless given).
#
#     Tests/Fuzzing/run.sh [seconds] [target...]
#
# Inputs that make a target fail are left in Tests/Fuzzing/.build/found; what they show belongs into a
# test. The corpus is kept beside them, so that the next run goes on from it.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
[ $# -gt 0 ] && shift
targets=${*:-FuzzParser FuzzEvaluator}
swift build -c release -Xswiftc -sanitize=fuzzer
status=0
for target in $targets; do
  mkdir -p ".build/corpus/$target" .build/found
  echo "== $target, $seconds seconds"
  ".build/release/$target" ".build/corpus/$target" seeds -dict=cel.dictionary \
    -max_total_time="$seconds" -max_len=300 -timeout=5 -rss_limit_mb=2000 -print_final_stats=1 \
    -verbosity=0 -artifact_prefix=.build/found/ || status=1
done
exit $status
