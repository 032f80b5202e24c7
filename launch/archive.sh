# shellcheck shell=sh disable=SC2154  # part of launch/mvn, whose variables it uses
# Makes the class-data archive of the dependencies: the first run writes down which classes it loads, and when it is
# over the JVM lays them out in a file, in the background, without running any of the program.

# Gets ready for a run that writes its classes to $class_list. False when it cannot, or when another run is at it.
record_classes() {
  workshop=$dependencies/archiving
  if ! mkdir "$workshop" 2>/dev/null; then
    # Left behind by a killed one?
    [ -n "$(find "$workshop" -prune -mmin +5 2>/dev/null)" ] || return 1
    rm -rf "$workshop"
    mkdir "$workshop" 2>/dev/null || return 1
  fi
  class_list=$workshop/classes
  # The JVM keeps the writing end open for as long as it lives, however it ends.
  mkfifo "$workshop/running" 2>/dev/null || return 1
  exec 9<>"$workshop/running"
  exec 8<"$workshop/running"
  (
    export CLASSPATH
    cat <&8
    make_archive
    rm -rf "$workshop"
  ) 9>&- </dev/null >/dev/null 2>&1 &
  exec 8<&-
}

make_archive() {
  # A program that failed early, or was stopped, has not loaded all there is.
  grep -qF "pulumirpc/Resource\$RegisterResourceOutputsRequest" "$class_list" || return 0
  nice "$java_home/bin/java" -Xshare:dump "-XX:SharedClassListFile=$class_list" \
    "-XX:SharedArchiveFile=$workshop/classes.jsa" &&
    mv "$workshop/classes.jsa" "$archive"
}
