import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { App } from 'aws-cdk-lib';
import type { Resource, Strike } from '../../../infra/local/cloud-parts.ts';
import { createMeter } from '../../../infra/local/meter/create-meter.ts';
import { createTables } from '../../../infra/local/table/create-tables.ts';
import {
  createEngineClient,
  type EngineClient,
  EngineError,
} from '../../../infra/local/table/engine-client.ts';
import { sendingAll, writingToFile } from '../../../infra/local/table/file-writes.ts';
import { createItemLocks } from '../../../infra/local/table/item-locks.ts';
import {
  createPartitionLimit,
  type PartitionLimit,
  type PartitionUnits,
} from '../../../infra/local/table/partition-limit.ts';
import { startEngine } from '../../../infra/local/table/start-engine.ts';
import { keysOfTables } from '../../../infra/local/table/table-keys.ts';
import { startTableProxy } from '../../../infra/local/table/table-proxy.ts';
import { StatefulStack } from '../../../infra/stacks/stateful-stack.ts';
import { readStage } from '../../../infra/stages.ts';
import { type Table, tableClient } from '../../../shared/aws/clients.ts';
import type { Key } from '../../../shared/aws/table.ts';
import type { Counts } from '../../../shared/usage/bill.ts';

export type Item = Record<string, unknown>;

export interface TableOnEngine {
  readonly table: Table;
  /** The address of the engine, for other clients. */
  readonly endpoint: string;
  /** Every item of the table. */
  items(): Promise<Item[]>;
  /** The current item with this key. */
  item(key: Key): Promise<Item | undefined>;
  /** The billed units since the start, through the proxy only. */
  counts(): Counts;
  /** The number of operations that the limit of a partition key refused. */
  limited(): number;
  stop(): Promise<void>;
}

export interface TableOptions {
  /** Sends calls through the proxy of the local cloud, which counts and limits them. */
  readonly throughProxy?: boolean;
  readonly partitionLimit?: PartitionUnits;
  /** The faults between the client and the engine. None if absent. */
  readonly strike?: Strike;
  readonly limitClock?: LimitClock;
  /** Lets transactions pass that meet on an item, for a clock that stands still while a transaction is written. */
  readonly withoutConflicts?: boolean;
}

const noLocks = { enter: () => ({ met: [], leave: () => undefined }) };

/** The clock of the limit in milliseconds. The machine's clock if absent. */
export interface LimitClock {
  now(): number;
  /** Is called for every operation before the limit is checked. */
  asked(operation: string): void;
}

/**
 * Tests have clocks of their own, mostly in the past. An engine that removes expired items by the machine's clock, as
 * MiniStack does once a minute, would remove the items of a running test.
 */
function withoutExpiry(table: Resource): Resource {
  const { TimeToLiveSpecification: _, ...properties } = table.properties;
  return { ...table, properties };
}

/**
 * The table of the template with its keys and indexes, on a separate engine. The template alone describes the table,
 * so that the stores are tested on the deployed table.
 */
export async function startTable(options: TableOptions = {}): Promise<TableOnEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-table-'));
  const engine = await startEngine(folder, () => undefined);
  const declared = declaredTable(folder);
  const admin = createEngineClient(engine.host, engine.port, 'eu-central-1');
  // An engine that was started elsewhere still has the table of the last test.
  const isElsewhere = engine.streamStore === undefined;
  if (isElsewhere) await removeTable(admin, declared.ref);
  await createTables([isElsewhere ? withoutExpiry(declared) : declared], admin);
  const { meter, counts } = createMeter();
  const { partitionLimit, limitClock = machineClock, strike = () => false } = options;
  let limited = 0;
  const countingLimit = (units: PartitionUnits): PartitionLimit => {
    const limit = createPartitionLimit(units, keysOfTables([declared]), limitClock.now);
    return {
      ...limit,
      admit(operation, body) {
        limitClock.asked(operation);
        const over = limit.admit(operation, body);
        if (over.length > 0) limited += 1;
        return over;
      },
    };
  };
  const proxy =
    options.throughProxy === true || partitionLimit !== undefined || options.strike !== undefined
      ? await startTableProxy({
          ...{ engine: admin, meter, strike, log: () => undefined },
          calls: engine.itemStore === undefined ? sendingAll(admin) : writingToFile(admin, engine.itemStore),
          locks: options.withoutConflicts === true ? noLocks : createItemLocks(keysOfTables([declared])),
          ...{ kill: () => undefined, onWrite: () => undefined },
          ...(partitionLimit === undefined ? {} : { partitionLimit: countingLimit(partitionLimit) }),
        })
      : undefined;
  const endpoint = proxy?.url ?? `http://${engine.host}:${engine.port}`;
  const client = tableClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 3,
  });
  const table = { client, name: declared.ref };
  return {
    ...{ table, endpoint, counts, limited: () => limited },
    items: () => scan(table),
    async item({ pk, sk }) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table.name, Key: { pk, sk }, ConsistentRead: true }),
      );
      return Item;
    },
    async stop() {
      client.destroy();
      await proxy?.stop();
      admin.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const machineClock: LimitClock = { now: () => performance.now(), asked: () => undefined };

/** The table of the stateful stack, as the local cloud receives it. */
function declaredTable(outdir: string): Resource {
  const stage = readStage((name) => (name === 'stage' ? 'local' : undefined));
  const stack = new StatefulStack(new App({ autoSynth: false, outdir }), 'Stateful', { stage });
  const { Resources } = stack.resolve(
    (stack.ownTable.node.defaultChild as unknown as { _toCloudFormation(): object })._toCloudFormation(),
  ) as { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
  const [logicalId, resource] = Object.entries(Resources)[0] ?? [];
  if (logicalId === undefined || resource === undefined) throw new Error('the stack declares a table');
  return {
    logicalId,
    type: resource.Type,
    properties: resource.Properties,
    ref: String(resource.Properties.TableName),
  } as unknown as Resource;
}

async function scan({ client, name }: Table): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

async function removeTable(admin: EngineClient, TableName: string): Promise<void> {
  try {
    await admin.call('DynamoDB_20120810.DeleteTable', { TableName });
  } catch (error) {
    if (!(error instanceof EngineError && error.name === 'ResourceNotFoundException')) throw error;
  }
}
