# Finds a JDK 25 (or newer) and exports JAVA_HOME; sourced by ./mvnw and ./run.
# Looks at JAVA_HOME, the usual variables of CI machines, `java` on the PATH, and the places where installers put JDKs.

jdk_major() { # prints the major version of the JDK in $1, nothing when it is no JDK
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk25() {
  jdk_newer=""
  jdk_path_java="$(command -v java 2>/dev/null || true)"
  if [ -n "$jdk_path_java" ]; then
    jdk_path_java="$(readlink -f "$jdk_path_java" 2>/dev/null || echo "$jdk_path_java")"
    jdk_path_java="${jdk_path_java%/bin/java}"
  fi
  set +f # the wrapper runs with globbing off, the list below needs it
  for jdk_candidate in "${JAVA_HOME:-}" "${JDK25_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    "$jdk_path_java" /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$jdk_candidate" ] || continue
    jdk_version="$(jdk_major "$jdk_candidate")"
    case "$jdk_version" in
      25) JAVA_HOME="$jdk_candidate"; export JAVA_HOME; return 0 ;;
      2[6-9] | [3-9][0-9]) [ -n "$jdk_newer" ] || jdk_newer="$jdk_candidate" ;;
    esac
  done
  if [ -n "$jdk_newer" ]; then
    JAVA_HOME="$jdk_newer"; export JAVA_HOME; return 0
  fi
  cat >&2 <<'TEXT'
This project needs a JDK 25, and none was found.
Install one, for example Eclipse Temurin 25 (https://adoptium.net), `sdk install java 25-tem`,
`apt install temurin-25-jdk` or `brew install openjdk@25`; or set JAVA_HOME to one that is installed elsewhere.
TEXT
  return 1
}

find_jdk25 || exit 1
