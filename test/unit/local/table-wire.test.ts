import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { type KeyNodes, plainOutput, Unusual, wireInput } from '../../../infra/local/lambda/table-wire.ts';

interface Command {
  readonly input: object;
  readonly inputKeyNodes: KeyNodes;
  readonly outputKeyNodes: KeyNodes;
}

/** What the SDK sends for a command, and what it makes of an answer. */
async function bySdk(command: object, answer: object) {
  let sent: unknown;
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async ({ body }: { body: string }) => {
        sent = JSON.parse(body);
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        return { response: { statusCode: 200, headers, body: Buffer.from(JSON.stringify(answer)) } };
      },
    } as never,
  });
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const { $metadata: _metadata, ...output } = (await documents.send(command as never)) as Record<
    string,
    unknown
  >;
  return { sent, output };
}

const TableName = 'Table';
const Key = { pk: 'ORDER#1', sk: 'ORDER' };
const item = {
  ...Key,
  ...{ text: 'ä "quoted"', empty: '', number: 12, part: -0.25, zero: 0, large: 9_007_199_254_740_991 },
  ...{ yes: true, no: false, nothing: null, left: undefined },
  bytes: new Uint8Array([0, 255, 7]),
  names: new Set(['b', 'a']),
  list: ['x', 1, undefined, { deep: ['y'] }],
  map: { inner: { number: 1, left: undefined } },
};
const values = { ':text': 'x', ':left': undefined, ':number': 3, ':names': new Set(['a']) };
const stored = {
  pk: { S: 'ORDER#1' },
  number: { N: '12' },
  part: { N: '-0.25' },
  yes: { BOOL: true },
  nothing: { NULL: true },
  bytes: { B: 'AP8H' },
  names: { SS: ['b', 'a'] },
  list: { L: [{ S: 'x' }, { N: '1' }] },
  map: { M: { inner: { M: { text: { S: '' } } } } },
};

const commands: readonly (readonly [string, object, object])[] = [
  ['GetItem', new GetCommand({ TableName, Key, ConsistentRead: true }), { Item: stored }],
  ['GetItem of nothing', new GetCommand({ TableName, Key, ProjectionExpression: 'pk' }), {}],
  [
    'PutItem',
    new PutCommand({
      TableName,
      Item: item,
      ConditionExpression: 'a = :text',
      ExpressionAttributeValues: values,
    }),
    { Attributes: stored },
  ],
  [
    'UpdateItem',
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET a = :text',
      ExpressionAttributeValues: values,
    }),
    {},
  ],
  ['DeleteItem', new DeleteCommand({ TableName, Key }), {}],
  [
    'Query',
    new QueryCommand({ TableName, ExpressionAttributeValues: values, ExclusiveStartKey: Key, Limit: 3 }),
    { Items: [stored, {}], Count: 2, ScannedCount: 2, LastEvaluatedKey: { pk: { S: 'x' } } },
  ],
  ['Scan', new ScanCommand({ TableName }), { Items: [], Count: 0, ScannedCount: 0 }],
  [
    'BatchGetItem',
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key], ConsistentRead: false } } }),
    {
      Responses: { [TableName]: [stored] },
      UnprocessedKeys: { [TableName]: { Keys: [{ pk: { S: 'y' } }] } },
    },
  ],
  [
    'BatchWriteItem',
    new BatchWriteCommand({
      RequestItems: { [TableName]: [{ PutRequest: { Item: item } }, { DeleteRequest: { Key } }] },
    }),
    { UnprocessedItems: {} },
  ],
  [
    'TransactWriteItems',
    new TransactWriteCommand({
      ClientRequestToken: 'token',
      TransactItems: [
        { Put: { TableName, Item: item, ExpressionAttributeValues: values } },
        { Update: { TableName, Key, UpdateExpression: 'ADD a :number', ExpressionAttributeValues: values } },
        { Delete: { TableName, Key } },
        { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    }),
    {},
  ],
];

describe('the table protocol of threads', () => {
  test.each(commands)('is that of the SDK: %s', async (_name, command, answer) => {
    const { sent, output } = await bySdk(command, answer);
    const { input, inputKeyNodes, outputKeyNodes } = command as Command;
    expect(JSON.parse(JSON.stringify(wireInput(input, inputKeyNodes)))).toEqual(sent);
    expect(plainOutput(JSON.parse(JSON.stringify(answer)), outputKeyNodes)).toEqual(output);
  });

  test.each([
    ['an object of a class', new Date()],
    ['no number', Number.NaN],
    ['an imprecise number', 2 ** 60],
    ['an empty set', new Set()],
    ['a set of numbers', new Set([1])],
    ['a large whole number', 5n],
  ])('leaves %s to the SDK', (_what, value) => {
    const { inputKeyNodes } = new PutCommand({ TableName, Item: {} }) as unknown as Command;
    expect(() => wireInput({ TableName, Item: { value } }, inputKeyNodes)).toThrow(Unusual);
  });

  test.each([
    ['a number that JavaScript would round', { N: '12345678901234567890' }],
    ['a set of numbers', { NS: ['1'] }],
  ])('leaves %s in an answer to the SDK', (_what, value) => {
    const { outputKeyNodes } = new GetCommand({ TableName, Key }) as unknown as Command;
    expect(() => plainOutput({ Item: { value } }, outputKeyNodes)).toThrow(Unusual);
  });
});
