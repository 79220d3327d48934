#!/bin/sh
# Fetches Flink with Maven, compiles FlinkJoin.java and runs it. Arguments: events of a run, runs.
# Wants mvn, and a JDK that Flink takes (17 or 21) as JAVA_HOME.
set -eu
version=${FLINK_VERSION:-2.2.0}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

artifact() {
    echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"
}

cat > "$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bench</groupId><artifactId>flink-join</artifactId><version>1</version>
  <dependencies>
    $(artifact org.apache.flink flink-streaming-java "$version")
    $(artifact org.apache.flink flink-clients "$version")
    $(artifact org.apache.flink flink-statebackend-rocksdb "$version")
    $(artifact org.apache.flink flink-connector-datagen "$version")
    $(artifact org.slf4j slf4j-nop 1.7.36)
  </dependencies>
</project>
POM
mvn -q -f "$work/pom.xml" dependency:build-classpath "-Dmdep.outputFile=$work/classpath"
classpath=$work:$(cat "$work/classpath")
"${JAVA_HOME:-/usr}/bin/javac" -cp "$classpath" -d "$work" "$here/FlinkJoin.java"
"${JAVA_HOME:-/usr}/bin/java" -Xmx2g "-Djava.io.tmpdir=$work" \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.time=ALL-UNNAMED -cp "$classpath" FlinkJoin "$@"
