// node .ci/connect/check.mjs PORT GENERATED: asks audit.v1.TopologyService as the ecosystem's user interface does, with
// Connect's own clients for the web and for Node, in JSON and in protobuf. GENERATED is the directory of protoc-gen-es; the
// clients are found from there. Exits with 0 if all is well.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';

const [port, generated] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const from = createRequire(join(resolve(generated), 'from.js'));
const load = name => import(pathToFileURL(from.resolve(name)).href);

const { createClient, ConnectError, Code } = await load('@connectrpc/connect');
const web = await load('@connectrpc/connect-web');
const node = await load('@connectrpc/connect-node');
const { TopologyService, NodeStatus } = await import(pathToFileURL(join(resolve(generated), 'audit/v1/topology_pb.js')).href);

/** Gives the service something new to see. */
async function event(service, more = {}) {
  const answer = await fetch(`${address}/api/v1/events`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ service, type: 'connect.checked', occurred_at: new Date().toISOString(), ...more }),
  });
  assert.ok(answer.ok, await answer.text());
}

/** What an error was, or a failure if there was none. */
async function failure(work) {
  try {
    await work();
  } catch (problem) {
    return ConnectError.from(problem);
  }
  return assert.fail('no error');
}

async function check(name, transport) {
  const client = createClient(TopologyService, transport);
  const structure = await client.getTopologyStructure({ requestId: 'r-1' });
  assert.equal(structure.requestId, 'r-1');
  const own = structure.nodes.find(each => each.serviceType === 'audit-correlator');
  assert.equal(own?.status, NodeStatus.LIVE, 'this service is a node, and live');
  const ids = new Set(structure.nodes.map(each => each.id));
  structure.edges.forEach(each => assert.ok(ids.has(each.sourceId) && ids.has(each.targetId), 'a dangling edge'));

  const { metadata } = await client.getNodeMetadata({ nodeIds: [own.id] });
  assert.ok(metadata[own.id].basicInfo);

  const unknown = await failure(() => client.getNodeMetadata({ nodeIds: ['nobody'] }));
  assert.equal(unknown.code, Code.NotFound);
  const cut = await failure(async () => {
    for await (const change of client.streamTopologyChanges({}, { timeoutMs: 300 })) {
      assert.ok(change.snapshotId);
    }
  });
  assert.equal(cut.code, Code.DeadlineExceeded);

  await resumed(name, client, structure.snapshotId);

  let updates = 0;
  for await (const update of client.streamMetricsUpdates({ updateInterval: { seconds: 1n, nanos: 0 } })) {
    assert.ok(update.update.case);
    if (++updates === 2) {
      break;
    }
  }
  console.log(`${name}: all well`);
}

/** Changes are heard, the watcher leaves, more changes, and it goes on where it was. */
async function resumed(name, client, snapshotId) {
  const first = `first-of-${name}`;
  const second = `second-of-${name}`;
  await event(first);
  let last = '';
  const leaving = new AbortController();
  const left = await failure(async () => {
    for await (const change of client.streamTopologyChanges({ fromSnapshotId: snapshotId }, { signal: leaving.signal })) {
      assert.ok(change.snapshotId > snapshotId, 'snapshots are ordered');
      last = change.snapshotId;
      if (change.change.case === 'nodeAdded' && change.change.value.node.serviceType === first) {
        leaving.abort();
      }
    }
  });
  assert.equal(left.code, Code.Canceled);
  await event(second);
  for await (const change of client.streamTopologyChanges({ fromSnapshotId: last, serviceTypes: [second, first] })) {
    assert.equal(change.change.case, 'nodeAdded');
    assert.equal(change.change.value.node.serviceType, second, 'nothing twice, nothing missed');
    break;
  }
  for await (const change of client.streamTopologyChanges({ fromSnapshotId: 'of another log' })) {
    assert.equal(change.change.case, 'nodeAdded', 'the whole begins with its nodes');
    break;
  }
}

async function preflight() {
  const answer = await fetch(`${address}/audit.v1.TopologyService/GetTopologyStructure`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'http://ui.example', 'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'connect-protocol-version,content-type,x-client,x-client-version',
    },
  });
  assert.equal(answer.status, 204);
  const allowed = answer.headers.get('access-control-allow-headers').toLowerCase();
  ['connect-protocol-version', 'connect-timeout-ms', 'content-type', 'x-client', 'x-client-version']
    .forEach(each => assert.ok(allowed.includes(each), each));
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
}

await preflight();
for (const useBinaryFormat of [false, true]) {
  const form = useBinaryFormat ? 'proto' : 'json';
  await check(`web-${form}`, web.createConnectTransport({ baseUrl: address, useBinaryFormat }));
  await check(`node-${form}`, node.createConnectTransport({ baseUrl: address, httpVersion: '1.1', useBinaryFormat }));
}
