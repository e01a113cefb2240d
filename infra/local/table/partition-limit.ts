/** What DynamoDB gives one partition key a second (developer guide, "Designing partition keys"). */
export const SERVICE_LIMITS: PartitionUnits = { writeUnitsPerSecond: 1_000, readUnitsPerSecond: 3_000 };

/** Units a second that one partition key may take; no limit where one is left out. */
export interface PartitionUnits {
  readonly writeUnitsPerSecond?: number | undefined;
  readonly readUnitsPerSecond?: number | undefined;
}

export interface PartitionLimit {
  /**
   * Which of the actions of an operation meet a key that is over its limit, by their place in the request; none:
   * the operation may pass, and its writes are counted.
   */
  admit(operation: string, body: Buffer): readonly number[];
  /** Counts what a read took, once it is known. */
  countRead(operation: string, body: Buffer, units: number): void;
}

interface Allowance {
  units: number;
  at: number;
}
type Item = Record<string, Record<string, unknown>>;
interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/**
 * Limits what each partition key takes to a number of units a second, as DynamoDB does, so that the cost of a hot key
 * shows on one machine too. `partitionKeys` gives the name of each table's partition key.
 *
 * Sizes of writes are taken from the request, so an update counts at least one unit for an item that may be larger.
 * Reads are counted after they were answered: a key that was read over its limit refuses the next one. What a write
 * costs the partition keys of indexes is not counted.
 */
export function createPartitionLimit(
  { writeUnitsPerSecond, readUnitsPerSecond }: PartitionUnits,
  partitionKeys: ReadonlyMap<string, string>,
  now: () => number,
): PartitionLimit {
  const written = createAllowances(writeUnitsPerSecond, now);
  const read = createAllowances(readUnitsPerSecond, now);

  const keyOf = (action: Action): string | undefined => {
    const { TableName, IndexName = '' } = action;
    const name = partitionKeys.get(TableName);
    const value = (action.Item ?? action.Key)?.[name ?? ''] ?? queriedKey(action, name);
    return value === undefined ? undefined : `${TableName}/${IndexName}/${JSON.stringify(value)}`;
  };

  function admitWrites(operation: string, actions: readonly Action[]): number[] {
    const factor = operation === 'TransactWriteItems' ? 2 : 1;
    const wanted = new Map<string, number>();
    const keys = actions.map(keyOf);
    for (const [place, action] of actions.entries()) {
      const key = keys[place];
      if (key === undefined) continue;
      const bytes = Buffer.byteLength(JSON.stringify(action.Item ?? action.Key));
      const units = Math.max(1, Math.ceil(bytes / 1024)) * factor;
      wanted.set(key, (wanted.get(key) ?? 0) + units);
    }
    const over = new Set([...wanted].flatMap(([key, units]) => (written.left(key) >= units ? [] : [key])));
    if (over.size === 0) for (const [key, units] of wanted) written.take(key, units);
    return keys.flatMap((key, place) => (key !== undefined && over.has(key) ? [place] : []));
  }

  return {
    admit(operation, body) {
      const isWrite = WRITES.has(operation);
      if ((isWrite ? writeUnitsPerSecond : readUnitsPerSecond) === undefined) return [];
      const actions = actionsOf(operation, JSON.parse(body.toString()));
      if (isWrite) return admitWrites(operation, actions);
      return actions.flatMap((action, place) => {
        const key = keyOf(action);
        return key !== undefined && read.left(key) <= 0 ? [place] : [];
      });
    },
    countRead(operation, body, units) {
      if (readUnitsPerSecond === undefined || units === 0) return;
      const keys = actionsOf(operation, JSON.parse(body.toString())).flatMap((action) => keyOf(action) ?? []);
      for (const key of keys) read.take(key, units / keys.length);
    },
  };
}

/** Units that keys have left, filled up again as time goes by. */
function createAllowances(unitsPerSecond: number | undefined, now: () => number) {
  const most = unitsPerSecond ?? 0;
  const allowances = new Map<string, Allowance>();
  const refilled = (key: string): Allowance => {
    const at = now();
    const allowance = allowances.get(key) ?? { units: most, at };
    allowance.units = Math.min(most, allowance.units + ((at - allowance.at) / 1000) * most);
    allowance.at = at;
    allowances.set(key, allowance);
    return allowance;
  };
  return {
    left: (key: string) => refilled(key).units,
    take: (key: string, units: number) => {
      refilled(key).units -= units;
    },
  };
}

/** The partition that a query reads: the value that its key condition wants the partition key to have. */
function queriedKey(action: Action, partitionKey: string | undefined): unknown {
  const { KeyConditionExpression = '', IndexName } = action;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    const attribute = action.ExpressionAttributeNames?.[name] ?? name;
    // An index has a partition key of its own: the first that is asked for by equality.
    if (IndexName !== undefined || attribute === partitionKey)
      return action.ExpressionAttributeValues?.[value];
  }
  return undefined;
}

function actionsOf(operation: string, input: Record<string, unknown>): Action[] {
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    const actions = input.TransactItems as Record<string, Action>[];
    return actions.flatMap((action) => Object.values(action));
  }
  if (operation === 'BatchWriteItem') {
    const tables = Object.entries(input.RequestItems as Record<string, Record<string, object>[]>);
    return tables.flatMap(([TableName, requests]) =>
      requests.flatMap((request) => Object.values(request).map((action) => ({ TableName, ...action }))),
    );
  }
  if (operation === 'BatchGetItem') {
    const tables = Object.entries(input.RequestItems as Record<string, { Keys: Item[] }>);
    return tables.flatMap(([TableName, { Keys }]) => Keys.map((Key) => ({ TableName, Key })));
  }
  return [input as unknown as Action];
}
