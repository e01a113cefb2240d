import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listener, listen } from '../../../infra/local/front/http-listener.ts';
import { createTableMount } from '../../../infra/local/table/table-mount.ts';
import { tableClient } from '../../../shared/aws/clients.ts';
import { createLease } from '../../../shared/aws/lease.ts';
import { keys } from '../../../shared/aws/table.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';

let on: TableOnEngine;
let listener: Listener;
beforeAll(async () => {
  on = await startTable();
  const mount = createTableMount(on.endpoint);
  listener = await listen(mount.handle, 0, () => undefined);
});
afterAll(async () => {
  await listener.stop();
  await on.stop();
});

it('the table answers signed calls of the SDK on the port of the API', async () => {
  const client = tableClient({
    endpoint: `${listener.url}/_local/dynamodb`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const lease = createLease({ client, name: on.table.name }, 'job');
  const [now, until] = ['2026-11-29T10:00:00.000Z', '2026-11-29T10:05:00.000Z'];
  expect(await lease.take('one', now, until)).toEqual({});
  expect(await lease.take('other', now, until)).toBeUndefined();
  expect((await on.item(keys.jobLease('job')))?.holder).toBe('one');
  client.destroy();
});

it('a call without a signature, as a page of another site makes it, is refused', async () => {
  const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const answer = await fetch(`${listener.url}/_local/dynamodb`, { method: 'POST', headers, body: '{}' });
  expect([answer.status, await answer.text()]).toEqual([403, '']);
});
