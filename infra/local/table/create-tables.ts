import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../cloud-parts.ts';
import { type EngineClient, EngineError } from './engine-client.ts';

interface KeyPart {
  readonly AttributeName: string;
  readonly KeyType?: string;
  readonly AttributeType?: string;
}
interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyPart[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}
interface TableShape {
  readonly AttributeDefinitions?: readonly KeyPart[];
  readonly KeySchema?: readonly KeyPart[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: { readonly StreamViewType?: string };
}
interface TimeToLive {
  readonly AttributeName?: string;
  readonly Enabled?: boolean;
}

const api = 'DynamoDB_20120810';

/** Whether a resource is a table. */
export function isTable(resource: Resource): boolean {
  return resource.type === 'AWS::DynamoDB::Table' || resource.type === 'AWS::DynamoDB::GlobalTable';
}

/**
 * Creates each declared table that the engine does not have yet.
 *
 * When a table already exists, its keys, indexes and stream must be as the template declares. Otherwise an Error
 * names the difference, because the code would read the stored data by rules that do not fit.
 */
export async function createTables(resources: readonly Resource[], engine: EngineClient): Promise<void> {
  for (const table of resources.filter(isTable)) {
    const declared = table.properties as TableShape;
    const existing = await describe(engine, table.ref);
    if (existing === undefined) await create(engine, table.ref, declared);
    else refuseDifference(table, declared, existing);
    await expireItems(engine, table);
  }
}

async function describe(engine: EngineClient, TableName: string): Promise<TableShape | undefined> {
  try {
    const { Table } = await engine.call<{ Table: TableShape }>(`${api}.DescribeTable`, { TableName });
    return Table;
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(engine: EngineClient, TableName: string, declared: TableShape): Promise<void> {
  const StreamViewType = declared.StreamSpecification?.StreamViewType;
  await engine.call(`${api}.CreateTable`, {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: declared.AttributeDefinitions,
    KeySchema: declared.KeySchema,
    ...indexes('GlobalSecondaryIndexes', declared.GlobalSecondaryIndexes),
    ...indexes('LocalSecondaryIndexes', declared.LocalSecondaryIndexes),
    ...(StreamViewType === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType } }),
  });
}

function indexes(name: string, declared: readonly Index[] | undefined): object {
  if (declared === undefined || declared.length === 0) return {};
  // The throughput settings of an index concern billing only, as those of the table do.
  return {
    [name]: declared.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}

async function expireItems(engine: EngineClient, table: Resource): Promise<void> {
  const declared = table.properties.TimeToLiveSpecification as TimeToLive | undefined;
  if (declared?.Enabled !== true) return;
  const TableName = table.ref;
  const { TimeToLiveDescription } = await engine.call<{
    TimeToLiveDescription?: { TimeToLiveStatus: string; AttributeName?: string };
  }>(`${api}.DescribeTimeToLive`, { TableName });
  if (TimeToLiveDescription?.AttributeName === declared.AttributeName) return;
  await engine.call(`${api}.UpdateTimeToLive`, { TableName, TimeToLiveSpecification: declared });
}

function refuseDifference(table: Resource, declared: TableShape, existing: TableShape): void {
  const wanted = comparable(declared);
  const found = comparable(existing);
  const different = Object.keys(wanted).filter((part) => !isDeepStrictEqual(wanted[part], found[part]));
  if (different.length === 0) return;
  const details = different.map(
    (part) => `${part} is ${JSON.stringify(found[part])}, the template says ${JSON.stringify(wanted[part])}`,
  );
  throw new Error(
    `${table.logicalId}: the stored table ${table.ref} differs from the template. ${details.join('; ')}. ` +
      'Remove the data folder to start with an empty table.',
  );
}

function comparable(shape: TableShape): Record<string, unknown> {
  const byName = <Named extends KeyPart>(parts: readonly Named[] | undefined): string[] =>
    (parts ?? []).map((part) => `${part.AttributeName}:${part.KeyType ?? part.AttributeType}`).sort();
  const byIndex = (list: readonly Index[] | undefined): string[] =>
    (list ?? [])
      .map(({ IndexName, KeySchema, Projection }) => {
        const others = [...(Projection.NonKeyAttributes ?? [])].sort().join('+');
        return `${IndexName}(${byName(KeySchema).join(',')})${Projection.ProjectionType}${others}`;
      })
      .sort();
  return {
    attributes: byName(shape.AttributeDefinitions),
    keys: byName(shape.KeySchema),
    globalIndexes: byIndex(shape.GlobalSecondaryIndexes),
    localIndexes: byIndex(shape.LocalSecondaryIndexes),
    stream: shape.StreamSpecification?.StreamViewType ?? 'none',
  };
}
