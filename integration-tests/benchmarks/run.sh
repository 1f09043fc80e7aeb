#!/bin/sh
# Takes figures and prints them as a Markdown table: run.sh all, or the names of some (run.sh --help).
# Builds first what the figures are of. -Dshort=true and -Dagents=N before the names: fewer of everything, to try it out.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
home=$(cd "$here/../.." && pwd -P)
. "$home/.mvn/jdk.sh"
ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -H -n)" # two for each of a thousand agents, and some

if [ -z "${WEFT_BENCHMARKS_BUILT:-}" ]; then
  (cd "$home" && ./mvnw -q -pl integration-tests/benchmarks -am -DskipTests -Dspotless.check.skip=true package) >&2
fi
options=
while [ $# -gt 0 ]; do case $1 in -D*) options="$options $1"; shift ;; *) break ;; esac; done
cd "$home/integration-tests" # as its tests are run: fixtures look for their files from here
# shellcheck disable=SC2086 # several options
exec "$JAVA_HOME/bin/java" -Xmx8g -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -Dlogback.configurationFile=benchmarks-logback.xml $options \
  -cp "$here/target/classes:$(cat "$here/target/classpath")" io.weft.bench.Benchmarks "$@"
