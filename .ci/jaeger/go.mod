module audit-correlator/ci/jaeger

go 1.22.0

require github.com/jaegertracing/jaeger v1.62.0
