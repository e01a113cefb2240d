/** An item or a key in the form of a request: each value is wrapped in its type. */
type Item = Record<string, Record<string, unknown>>;

/** What a request does to one item, or which items it reads. */
export interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
  readonly isDelete?: boolean;
}

/** The input of an operation, as the SDK sends it. */
export type Input = Readonly<Record<string, unknown>>;

/** The actions of an operation, in the order of the request. */
export function actionsOf(operation: string, input: Input): Action[] {
  const named = ([name, action]: [string, object]): Action =>
    ({ ...action, isDelete: name === 'Delete' || name === 'DeleteRequest' }) as unknown as Action;
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems')
    return (input.TransactItems as Record<string, object>[]).flatMap((each) =>
      Object.entries(each).map(named),
    );
  if (operation === 'BatchWriteItem') {
    const tables = Object.entries(input.RequestItems as Record<string, Record<string, object>[]>);
    return tables.flatMap(([TableName, requests]) =>
      requests.flatMap((each) =>
        Object.entries(each).map(([name, request]) => named([name, { TableName, ...request }])),
      ),
    );
  }
  if (operation === 'BatchGetItem') {
    const tables = Object.entries(input.RequestItems as Record<string, { Keys: Item[] }>);
    return tables.flatMap(([TableName, { Keys }]) => Keys.map((Key) => ({ TableName, Key })));
  }
  return [{ ...input, isDelete: operation === 'DeleteItem' } as unknown as Action];
}

/** The partition that a query reads: the value of the partition key in the key condition. */
export function queriedKey(action: Action, partitionKey: string | undefined): unknown {
  const { KeyConditionExpression = '', IndexName } = action;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    // An index has a partition key of its own. The first attribute that is compared by equality is taken.
    if (IndexName !== undefined || attributeOf(action, name) === partitionKey)
      return action.ExpressionAttributeValues?.[value];
  }
  return undefined;
}

/** The attributes that an update sets to a given value or removes. Sums and functions are left out. */
export function updatedAttributes(action: Action): ReadonlyMap<string, unknown> {
  const { UpdateExpression = '', ExpressionAttributeValues = {} } = action;
  const updated = new Map<string, unknown>();
  for (const [, name = '', value = ''] of UpdateExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g))
    updated.set(attributeOf(action, name), ExpressionAttributeValues[value]);
  const removed = /(?<![#:\w])REMOVE\s+(.*?)(?=(?<![#:\w])(?:SET|ADD|DELETE)\s|$)/s.exec(UpdateExpression);
  for (const name of (removed?.[1] ?? '').split(',').map((part) => part.trim()))
    if (name !== '') updated.set(attributeOf(action, name), undefined);
  return updated;
}

const attributeOf = ({ ExpressionAttributeNames }: Action, name: string): string =>
  ExpressionAttributeNames?.[name] ?? name;
