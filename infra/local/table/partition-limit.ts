/** Whether a write may pass now under the limit; counts it when it may. */
export type AdmitWrite = (operation: string, body: Buffer) => boolean;

interface Bucket {
  units: number;
  at: number;
}
type Item = Record<string, Record<string, unknown>>;
interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
}

/**
 * Limits what each partition key takes to a number of write units a second, as DynamoDB does at 1,000, so that the
 * cost of a hot key shows on one machine too. `partitionKeys` gives the name of each table's partition key.
 *
 * Sizes are taken from the request, so an update counts at least one unit for an item that may be larger.
 */
export function createPartitionLimit(
  unitsPerSecond: number,
  partitionKeys: ReadonlyMap<string, string>,
  now: () => number,
): AdmitWrite {
  const buckets = new Map<string, Bucket>();

  function refill(key: string): Bucket {
    const at = now();
    const bucket = buckets.get(key) ?? { units: unitsPerSecond, at };
    bucket.units = Math.min(unitsPerSecond, bucket.units + ((at - bucket.at) / 1000) * unitsPerSecond);
    bucket.at = at;
    buckets.set(key, bucket);
    return bucket;
  }

  return (operation, body) => {
    const factor = operation === 'TransactWriteItems' ? 2 : 1;
    const wanted = new Map<Bucket, number>();
    for (const { TableName, Item, Key } of actionsOf(operation, JSON.parse(body.toString()))) {
      const item = Item ?? Key;
      const value = item?.[partitionKeys.get(TableName) ?? ''];
      if (item === undefined || value === undefined) continue;
      const bucket = refill(`${TableName}/${JSON.stringify(value)}`);
      const units = Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(item)) / 1024)) * factor;
      wanted.set(bucket, (wanted.get(bucket) ?? 0) + units);
    }
    const admitted = [...wanted].every(([bucket, units]) => bucket.units >= units);
    if (admitted) for (const [bucket, units] of wanted) bucket.units -= units;
    return admitted;
  };
}

function actionsOf(operation: string, input: Record<string, unknown>): Action[] {
  if (operation === 'TransactWriteItems') {
    const actions = input.TransactItems as Record<string, Action>[];
    return actions.flatMap((action) => Object.values(action));
  }
  if (operation === 'BatchWriteItem') {
    const tables = Object.entries(input.RequestItems as Record<string, Record<string, object>[]>);
    return tables.flatMap(([TableName, requests]) =>
      requests.flatMap((request) => Object.values(request).map((action) => ({ TableName, ...action }))),
    );
  }
  return [input as unknown as Action];
}
