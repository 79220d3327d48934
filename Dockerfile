# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
# The dependencies change less often than the sources: a layer of their own.
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline -DexcludeArtifactIds=audit-correlator || true
COPY proto ./proto
COPY src ./src
ARG COMMIT=unknown
RUN mvn -B -ntp -DskipTests "-P!archive" -Dbuild.commit="${COMMIT}" package

FROM eclipse-temurin:21-jre
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin audit \
    && mkdir -p /app/data \
    && chown -R audit /app
WORKDIR /app
COPY --from=build /src/target/libs ./libs
COPY --from=build /src/target/audit-correlator.jar ./
COPY app.yaml ./
USER 10001
# The classes of a start and its first answers, kept as an archive: the service is ready in about
# half the time. One run, ended as Docker would end it; it must end well, or the image is not built.
# RocksDB's library, which it unpacked, is kept under the name that the Java library path goes by.
# hadolint ignore=DL3001
RUN REGISTRY_BACKEND=in-process \
    java -XX:+UseSerialGC -XX:ArchiveClassesAtExit=app.jsa -jar audit-correlator.jar & \
    pid=$!; \
    until (exec 3<> /dev/tcp/127.0.0.1/8083) 2> /dev/null; do kill -0 "${pid}"; sleep 0.2; done; \
    for page in / /health/ready /metrics /api/v1/status; do \
        exec 3<> /dev/tcp/127.0.0.1/8083; \
        printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${page}" >&3; \
        read -r -t 10 line <&3; [[ "${line}" == *' 200 '* ]]; \
    done; \
    sleep 1; kill -TERM "${pid}"; wait "${pid}"; \
    mkdir native; \
    for library in data/log/native/*/*; do \
        name=$(basename "${library}"); mv "${library}" "native/${name/jnijni/jni}"; \
    done; \
    chmod -R a+rX native; rm -rf data/*; test -s app.jsa
VOLUME /app/data
EXPOSE 8083 9093
# No curl in the image: bash speaks to the port itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 CMD ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/${HTTP_PORT:-8083} && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 2 line <&3 && [[ $line == *' 200 '* ]]"]
# Exec form: SIGTERM reaches the JVM, not a shell.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms32m", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-XX:SharedArchiveFile=/app/app.jsa", "-Djava.library.path=/app/native", "-jar", "audit-correlator.jar"]
