# Where the recorded start of an installation lies; sourced by the launcher and by prepare-start, after jdk25.sh.
# Sets cache (a folder) and start_cache (a file in it). One file for each JDK and each OPENCLAW_JAVA_OPTS: the JVM takes none
# that was recorded with others. An installation that cannot be written to keeps it with the user; without a home directory there is
# none (cache is empty), as a JVM believes what it finds there and a folder that all share could hold anybody's.

cache="$home/cache"
if [ ! -w "$home" ] && [ ! -d "$cache" ]; then
  cache=""
  if [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ]; then
    cache="${XDG_CACHE_HOME:-$HOME/.cache}/openclaw-aitbc/${home//\//%}"
  fi
fi
start_name="start-$jdk_runtime"
if [ -n "${OPENCLAW_JAVA_OPTS:-}" ]; then
  read -r start_options _ < <(printf '%s' "$OPENCLAW_JAVA_OPTS" | cksum)
  start_name="$start_name-$start_options"
fi
start_cache="$cache/$start_name.aot"
start_lock="$cache/$start_name.lock"     # holds the process that records
start_failed="$cache/$start_name.failed" # the launcher does not try again by itself

is_being_recorded() { # a process that was killed leaves its lock behind
  local process=""
  [ -r "$start_lock" ] && read -r process <"$start_lock"
  [ -n "$process" ] && kill -0 "$process" 2>/dev/null
}
