// Asks a running service as Jaeger's UI does, and decodes the answers with Jaeger's own types: every
// field must be one that Jaeger has. Usage: go run . ADDRESS; sends a trace first.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	ui "github.com/jaegertracing/jaeger/model/json"
)

// The envelope of cmd/query/app/http_handler.go.
type answer[T any] struct {
	Data   T   `json:"data"`
	Total  int `json:"total"`
	Limit  int `json:"limit"`
	Offset int `json:"offset"`
	Errors []struct {
		Code    int        `json:"code,omitempty"`
		Msg     string     `json:"msg"`
		TraceID ui.TraceID `json:"traceID,omitempty"`
	} `json:"errors"`
}

const traceID = "5b8efff798038103d269b633813fc60c"

var address string

func main() {
	address = os.Args[1]
	start := time.Now().Add(-time.Second)
	send(start)

	services := ask[[]string](200, "/api/services").Data
	require(contains(services, "gateway") && contains(services, "orders"), "services: %v", services)
	operations := ask[[]string](200, "/api/services/orders/operations").Data
	require(contains(operations, "place"), "operations: %v", operations)
	kinds := ask[[]ui.Operation](200, "/api/operations?service=orders&spanKind=server").Data
	require(len(kinds) == 1 && kinds[0].Name == "place", "operations with kinds: %v", kinds)

	question := url.Values{
		"service": {"orders"}, "operation": {"place"}, "limit": {"20"}, "lookback": {"1h"},
		"start":       {fmt.Sprint(start.Add(-time.Hour).UnixMicro())},
		"end":         {fmt.Sprint(time.Now().UnixMicro())},
		"minDuration": {"1ms"}, "maxDuration": {"1.5s"}, "tags": {`{"error":"true","http.status_code":"500"}`},
	}
	found := ask[[]ui.Trace](200, "/api/traces?"+question.Encode()).Data
	require(len(found) == 1 && found[0].TraceID == traceID, "found: %v", found)
	traces := ask[[]ui.Trace](200, "/api/traces/"+traceID).Data
	require(len(traces) == 1, "traces: %v", traces)
	check(traces[0], start)

	end := time.Now().UnixMilli()
	calls := ask[[]ui.DependencyLink](200, fmt.Sprintf("/api/dependencies?endTs=%d&lookback=604800000", end)).Data
	require(contains(calls, ui.DependencyLink{Parent: "gateway", Child: "orders", CallCount: 1}), "calls: %v", calls)

	missing := ask[any](404, "/api/traces/ffffffffffffffffffffffffffffffff")
	require(len(missing.Errors) == 1 && missing.Errors[0].Code == 404, "missing: %v", missing)
	wrong := ask[any](400, "/api/traces?limit=20")
	require(strings.Contains(wrong.Errors[0].Msg, "service"), "wrong: %v", wrong)
	fmt.Println("Jaeger's types hold every answer")
}

func check(trace ui.Trace, start time.Time) {
	spans := map[ui.SpanID]ui.Span{}
	for _, span := range trace.Spans {
		spans[span.SpanID] = span
		_, known := trace.Processes[span.ProcessID]
		require(known, "process of %v", span)
	}
	root, child := spans["051581bf3cb55c13"], spans["5fb397be34d26b51"]
	require(len(spans) == 2, "spans: %v", spans)
	require(root.StartTime == uint64(start.UnixMicro()), "start: %v", root.StartTime)
	require(root.Duration == 900_000 && len(root.References) == 0, "root: %v", root)
	require(len(child.References) == 1 && child.References[0] == ui.Reference{
		RefType: ui.ChildOf, TraceID: traceID, SpanID: root.SpanID,
	}, "references: %v", child.References)
	require(len(child.Logs) == 1, "logs: %v", child.Logs)
	require(trace.Processes[child.ProcessID].ServiceName == "orders", "processes: %v", trace.Processes)
	types := map[string]ui.ValueType{}
	for _, tag := range child.Tags {
		types[tag.Key] = tag.Type
	}
	require(types["error"] == ui.BoolType, "types: %v", types)
	require(types["http.status_code"] == ui.Int64Type, "types: %v", types)
	require(types["span.kind"] == ui.StringType, "types: %v", types)
}

func send(start time.Time) {
	span := func(id, parent, name string, kind int, took time.Duration, more string) string {
		return fmt.Sprintf(`{"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s","kind":%d,
			"startTimeUnixNano":"%d","endTimeUnixNano":"%d"%s}`,
			traceID, id, parent, name, kind, start.UnixMicro()*1000, (start.UnixMicro()+took.Microseconds())*1000, more)
	}
	of := func(service, spans string) string {
		return fmt.Sprintf(`{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
			"scopeSpans":[{"spans":[%s]}]}`, service, spans)
	}
	failed := fmt.Sprintf(`,"status":{"code":2,"message":"no funds"},
		"attributes":[{"key":"http.status_code","value":{"intValue":"500"}}],
		"events":[{"name":"exception","timeUnixNano":"%d"}]`, start.UnixMicro()*1000)
	body := fmt.Sprintf(`{"resourceSpans":[%s,%s]}`,
		of("gateway", span("051581bf3cb55c13", "", "POST /orders", 2, 900*time.Millisecond, "")),
		of("orders", span("5fb397be34d26b51", "051581bf3cb55c13", "place", 2, 700*time.Millisecond, failed)))
	response, err := http.Post(address+"/v1/traces", "application/json", strings.NewReader(body))
	require(err == nil && response.StatusCode == 200, "sending: %v %v", response, err)
}

func ask[T any](status int, path string) answer[T] {
	response, err := http.Get(address + path)
	require(err == nil, "%s: %v", path, err)
	body, err := io.ReadAll(response.Body)
	require(err == nil && response.StatusCode == status, "%s: %d %s", path, response.StatusCode, body)
	strict := json.NewDecoder(bytes.NewReader(body))
	strict.DisallowUnknownFields()
	var decoded answer[T]
	require(strict.Decode(&decoded) == nil, "%s is not of Jaeger's form: %s", path, body)
	return decoded
}

func contains[T comparable](all []T, one T) bool {
	for _, each := range all {
		if each == one {
			return true
		}
	}
	return false
}

func require(holds bool, format string, args ...any) {
	if !holds {
		fmt.Printf("wrong: "+format+"\n", args...)
		os.Exit(1)
	}
}
