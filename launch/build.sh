# shellcheck shell=sh disable=SC2154  # part of launch/mvn, whose variables and functions it uses
# Has Maven compile the program and puts what the fast way needs into the store.

compilation_failed='COMPILATION ERROR'

# Builds $program; sets it anew when the sources change meanwhile. Ends the script when there is nothing to run.
build() {
  can_build || stock
  replay_failure
  mkdir -p "$store" 2>/dev/null || stock
  tidy_store
  for _ in 1 2 3; do
    started_with=$program_key
    workshop=$(mktemp -d "$store/building.XXXXXX") || stock
    trap 'rm -rf "$workshop"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    run_maven
    identify
    if [ "$program_key" = "$started_with" ]; then
      publish
      break
    fi
    rm -rf "$workshop"
  done
  rm -rf "$workshop"
  trap - EXIT HUP INT TERM
  is_built || stock
}

# Whether the keys cover all that this build reads, and the JDK can run what it makes.
can_build() {
  for reference in '<parent>' '<module>' '<resources>' '<sourceDirectory>' 'build-helper' '-SNAPSHOT'; do
    ! grep -qF -e "$reference" pom.xml || return 1
  done
  main_class=$(sed -n 's:^.*<mainClass>\([A-Za-z_][A-Za-z0-9_.]*\)</mainClass>.*$:\1:p' pom.xml)
  release=$(sed -n 's:^.*<maven.compiler.release>\([0-9]*\)</maven.compiler.release>.*$:\1:p' pom.xml)
  jdk=$(sed -n 's:^JAVA_VERSION="\([0-9]*\).*$:\1:p' "$java_home/release")
  case "$main_class|$release|$jdk" in
    *"
"* | '|'* | *'||'* | *'|') return 1 ;;
  esac
  [ "$jdk" -ge "$release" ]
}

# Runs Maven into $workshop: the class path, the answer to discovery and the program's jar. A compile error ends the
# script with Maven's own words and exit code; whatever else fails, Maven's way may still work.
run_maven() {
  set -- "-DbuildDirectory=$project/$workshop/target" compile jar:jar
  if has_same_jars "$dependencies" && [ -f "$dependencies/packages.json" ] && ! names_plugins; then
    cp "$dependencies/classpath" "$dependencies/jars" "$dependencies/packages.json" "$workshop/"
    output=/dev/null
  else
    set -- "$@" dependency:build-classpath -DincludeScope=runtime "-Dmdep.outputFile=$project/$workshop/classpath" \
      exec:java "$discovery_class" "$discovery_arguments"
    output=$workshop/packages.json
  fi
  status=0
  # The JDK that will run the program; the fast compiler, since this Maven lives for seconds.
  JAVA_HOME=$java_home MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}" \
    mvn "$quiet" "$log_to_stderr" --no-transfer-progress "$@" >"$output" 2>"$workshop/log" || status=$?
  if [ "$status" -ne 0 ]; then
    grep -qF "$compilation_failed" "$workshop/log" || take_stock_way
    show_failure "$workshop/log"
    [ "$call" = run ] || { echo "$status" && cat "$workshop/log"; } >"$store/failed-$program_key"
    exit "$status"
  fi
}

# Where Maven would write it.
show_failure() {
  if [ "$call" = run ]; then
    cat "$1"
  else
    cat "$1" >&2
  fi
}

# Discovery comes first and has just failed to compile the very same files: shows that, once.
replay_failure() {
  failure=$store/failed-$program_key
  [ "$call" = run ] && [ -f "$failure" ] || return 0
  IFS= read -r status <"$failure"
  sed 1d "$failure"
  rm -f "$failure"
  exit "$status"
}

# Whether the program brings files that discovery looks for on the class path.
names_plugins() {
  [ -n "$(find -L src/main \( -name plugin.json -o -name version.txt \))" ]
}

take_stock_way() {
  rm -rf "$workshop"
  stock
}

# Moves what was built into its place, whole, or not at all. Whoever comes second finds it there.
publish() {
  classpath=$(cat "$workshop/classpath") &&
    mkdir "$workshop/program" "$workshop/dependencies" &&
    mv "$workshop"/target/*.jar "$workshop/program/app.jar" &&
    printf '%s\n' "$main_class" >"$workshop/program/main-class" &&
    printf '%s\n' "$classpath" >"$workshop/program/classpath" &&
    select_answer >"$workshop/program/packages.json" &&
    mark_overrides &&
    true >"$workshop/program/used" &&
    describe_jars "$classpath" >"$workshop/program/jars" &&
    (cd "$workshop/program" && cp classpath packages.json used jars ../dependencies/) || return 0
  if names_plugins; then
    rm "$workshop/dependencies/packages.json"
  fi
  has_same_jars "$dependencies" || place dependencies "$dependencies"
  is_built || place program "$program"
}

place() {
  rm -rf "$2"
  mv "$workshop/$1" "$2"
  # mv puts a folder inside one that has appeared meanwhile, which is as good as this one.
  rm -rf "${2:?}/$1"
}

# Prints discovery's answer. Maven may add the codes that end its colours, which the language host cannot read.
select_answer() {
  grep '^\[' "$workshop/packages.json"
}

# Notes whether a file of the program's stands in a dependency too: then the program has to come first on the class
# path, as Maven has it. A jar holds its files' names as they are.
mark_overrides() {
  (cd "$workshop/target/classes" && find . -type f | sed 's:^\./::') >"$workshop/names" || return 1
  printf '%s\n' "$classpath" | tr ':' '\n' >"$workshop/dependency-jars" || return 1
  while IFS= read -r jar; do
    if LC_ALL=C grep -aqF -f "$workshop/names" "$jar"; then
      true >"$workshop/program/overrides"
      return
    fi
  done <"$workshop/dependency-jars"
}

# Removes what no command has used for days, and what killed builds left. Whoever still runs from there has it open.
tidy_store() {
  find "$store" -mindepth 2 -maxdepth 2 -name used -mtime +2 | while IFS= read -r used; do
    rm -rf "${used%/used}"
  done
  find "$store" -mindepth 1 -maxdepth 1 \( -name 'building.*' -o -name 'failed-*' \) -mmin +60 -exec rm -rf {} +
}
