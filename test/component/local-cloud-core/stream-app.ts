import type { Core } from '../../../infra/local/start-core.ts';
import { functionResource, installed, type TestResource, tableResource } from './make-assembly.ts';

const dynamodb = installed('@aws-sdk/client-dynamodb');
/** Writes items, one by one or in one transaction. */
export const writer = `import sdk from '${dynamodb}';
const client = new sdk.DynamoDBClient({});
export const handler = async ({ items, transact }) => {
  if (transact) {
    const TransactItems = items.map((Item) => ({ Put: { TableName: 'Records', Item } }));
    return await client.send(new sdk.TransactWriteItemsCommand({ TransactItems }));
  }
  const answers = [];
  for (const Item of items) answers.push(await client.send(new sdk.PutItemCommand({ TableName: 'Records', Item })));
  return answers;
};`;
/** Reads one item. */
export const reader = `import sdk from '${dynamodb}';
const client = new sdk.DynamoDBClient({});
export const handler = async ({ pk, sk }) =>
  (await client.send(new sdk.GetItemCommand({ TableName: 'Records', Key: { pk: { S: pk }, sk: { S: sk } } }))) ;`;
/** Remembers the records of each invocation. An invocation with { report: true } gives them. */
export const recorder = (act: string): string => `const seen = [];
export const handler = async (event) => {
  if (event.report) return seen;
  const bodies = event.Records.map((r) => r.body ?? r.dynamodb.Keys.pk.S + '/' + r.dynamodb.Keys.sk.S);
  seen.push(bodies);
  ${act}
};`;
/** An item of the table with a text of this length. */
export const item = (pk: string, sk: string, bytes = 0) => ({
  pk: { S: pk },
  sk: { S: sk },
  x: { S: 'x'.repeat(bytes) },
});
export const lambdaArn = (name: string): string =>
  `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:000000000000:${name}`;

/** The records that a recorder received, one list for each invocation. */
export async function seenBy(running: Core, name: string): Promise<string[][]> {
  return (await running.parts.invoke(lambdaArn(name), { report: true })).payload as string[][];
}

/** A table, functions that write and read it, and a function that receives its stream. */
export function stream(mapping: Record<string, unknown> = {}): Record<string, TestResource> {
  return {
    Table: tableResource,
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Writer: functionResource('writer'),
    Reader: functionResource('reader'),
    Relay: functionResource('relay', { ReservedConcurrentExecutions: 1 }),
    Follow: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        FunctionName: { 'Fn::GetAtt': ['Relay', 'Arn'] },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [
            {
              Pattern: JSON.stringify({
                eventName: ['INSERT'],
                dynamodb: { Keys: { sk: { S: [{ prefix: 'FACT#' }] } } },
              }),
            },
          ],
        },
        ...mapping,
      },
    },
  };
}
