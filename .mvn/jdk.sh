# Sets JAVA_HOME to a JDK of at least 25, wherever it is installed; `java` on the PATH may well be older.
# Sourced by ./mvnw and ./weft. Looks at JAVA_HOME, WEFT_JAVA_HOME, the PATH, the usual folders of Linux and macOS, and SDKMAN.
weft_jdk_major() {
  [ -x "$1/bin/javac" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}
weft_jdk_usable() {
  weft_jdk_found=$(weft_jdk_major "$1") && [ -n "$weft_jdk_found" ] && [ "$weft_jdk_found" -ge 25 ]
}
weft_find_jdk() {
  for weft_jdk in "${WEFT_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if [ -n "$weft_jdk" ] && weft_jdk_usable "$weft_jdk"; then JAVA_HOME=$weft_jdk; export JAVA_HOME; return 0; fi
  done
  if weft_jdk=$(command -v javac 2>/dev/null); then
    weft_jdk=$(readlink -f "$weft_jdk" 2>/dev/null || echo "$weft_jdk"); weft_jdk=${weft_jdk%/bin/javac}
    if weft_jdk_usable "$weft_jdk"; then JAVA_HOME=$weft_jdk; export JAVA_HOME; return 0; fi
  fi
  if [ -x /usr/libexec/java_home ] && weft_jdk=$(/usr/libexec/java_home -v 25+ 2>/dev/null) && weft_jdk_usable "$weft_jdk"; then
    JAVA_HOME=$weft_jdk; export JAVA_HOME; return 0
  fi
  for weft_jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* "${HOME:-}"/.sdkman/candidates/java/* \
      "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if weft_jdk_usable "$weft_jdk"; then JAVA_HOME=$weft_jdk; export JAVA_HOME; return 0; fi
  done
  echo "Weft needs a JDK of version 25 or newer: install one (for example Temurin 25) or set JAVA_HOME to it." >&2
  return 1
}
weft_find_jdk || exit 1
