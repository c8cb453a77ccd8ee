# Finds a JDK 25 (or newer) and exports JAVA_HOME; sourced by ./mvnw, ./run and the launcher.
# Looks at JAVA_HOME, the usual variables of CI machines, `java` on the PATH, and the places where installers put JDKs.
# Starts no process for a JAVA_HOME that fits: each start of the host waits for this.

jdk_look() { # sets jdk_version and jdk_runtime to what the JDK in $1 says of itself, or to nothing when it is no JDK
  jdk_version=""
  jdk_runtime=""
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
    jdk_value="${jdk_value#\"}"
    case "$jdk_key" in
      JAVA_VERSION) jdk_version="${jdk_value%%[!0-9]*}" ;;
      JAVA_RUNTIME_VERSION) jdk_runtime="${jdk_value%\"*}" ;;
    esac
  done <"$1/release"
}

find_jdk25() {
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk_look "$JAVA_HOME"
    if [ "$jdk_version" = 25 ]; then
      export JAVA_HOME
      return 0
    fi
  fi
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
    jdk_look "$jdk_candidate"
    case "$jdk_version" in
      25) JAVA_HOME="$jdk_candidate"; export JAVA_HOME; return 0 ;;
      2[6-9] | [3-9][0-9]) [ -n "$jdk_newer" ] || jdk_newer="$jdk_candidate" ;;
    esac
  done
  if [ -n "$jdk_newer" ]; then
    jdk_look "$jdk_newer"
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
