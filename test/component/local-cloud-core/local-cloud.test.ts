import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/start-local-cloud.ts';
import {
  functionResource,
  installed,
  makeAssembly,
  newDataDir,
  type TestResource,
  tableResource,
} from './make-assembly.ts';

const dynamodb = installed('@aws-sdk/client-dynamodb');
const eventbridge = installed('@aws-sdk/client-eventbridge');
const sqs = installed('@aws-sdk/client-sqs');
const handlers = {
  // A route writes a fact, the stream brings it to the relay, the relay to the bus and to a queue, and the queue to the
  // function that writes the result.
  'post-order': `import sdk from '${dynamodb}';
    const client = new sdk.DynamoDBClient({});
    export const handler = async (event) => {
      const Item = { pk: { S: JSON.parse(event.body).id }, sk: { S: 'FACT#1' } };
      await client.send(new sdk.PutItemCommand({ TableName: process.env.TABLE, Item }));
      return { statusCode: 201, body: JSON.stringify({ partner: process.env.PARTNER_URL }) };
    };`,
  relay: `import sdk from '${eventbridge}';
    import sqs from '${sqs}';
    const client = new sdk.EventBridgeClient({});
    const queues = new sqs.SQSClient({ useQueueUrlAsEndpoint: false });
    export const handler = async ({ Records }) => {
      const Entries = Records.map((r) => ({ Source: 'shop', DetailType: 'order.placed', EventBusName: process.env.BUS,
        Detail: JSON.stringify({ id: r.dynamodb.Keys.pk.S }) }));
      const { FailedEntryCount } = await client.send(new sdk.PutEventsCommand({ Entries }));
      if (FailedEntryCount > 0) throw new Error('not published');
      await queues.send(new sqs.SendMessageBatchCommand({ QueueUrl: process.env.QUEUE,
        Entries: Entries.map(({ Detail }, place) => ({ Id: String(place), MessageBody: Detail })) }));
    };`,
  'on-order': `import sdk from '${dynamodb}';
    const client = new sdk.DynamoDBClient({});
    export const handler = async ({ Records }) => {
      for (const record of Records) {
        const { id } = JSON.parse(record.body);
        await client.send(new sdk.PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: id }, sk: { S: 'SEEN' } } }));
      }
      return { batchItemFailures: [] };
    };`,
  sweep: `export const handler = async () => { console.log('swept'); };`,
};
const Environment = {
  Variables: { TABLE: { Ref: 'Table' }, BUS: { Ref: 'Bus' }, QUEUE: { Ref: 'Queue' } },
};
const resources: Record<string, TestResource> = {
  Table: tableResource,
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
  PostOrder: functionResource('post-order', { Environment }),
  Relay: functionResource('relay', { Environment }),
  OnOrder: functionResource('on-order', { Environment }),
  Sweep: functionResource('sweep'),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'shop', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['PostOrder', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'POST /v1/orders',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'on-order' } },
  Feed: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      FunctionName: { Ref: 'OnOrder' },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  Follow: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      FunctionName: { Ref: 'Relay' },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"FACT#"}]}}}}' }] },
    },
  },
  Nightly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Name: 'nightly',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'rate(1 day)',
      Target: { Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] }, RoleArn: 'arn:aws:iam::000000000000:role/x' },
    },
  },
};

let cloud: LocalCloud | undefined;
afterEach(() => cloud?.stop());

async function start(assemblyDir: string, dataDir = newDataDir()): Promise<LocalCloud> {
  const environment = { PARTNER_URL: 'http://partner' };
  cloud = await startLocalCloud({ assemblyDir, dataDir, port: 0, environment, log: () => undefined });
  return cloud;
}

async function placeOrder(running: LocalCloud, id: string): Promise<Response> {
  return fetch(`${running.url}/v1/orders`, { method: 'POST', body: JSON.stringify({ id }) });
}

describe('the local cloud', () => {
  test('runs a whole app with route, table, stream, bus, queue and schedule, and meters it', async () => {
    const running = await start(makeAssembly(resources, handlers));
    const answer = await placeOrder(running, 'ord_1');
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ partner: 'http://partner' });
    await running.settled(5000);
    await running.runSchedule('nightly');
    expect(running.counts()).toMatchObject({
      'dynamodb.writeUnits': 2,
      'events.put': 1,
      'httpApi.requests': 1,
      'lambda.requests': 4,
      'scheduler.invocations': 1,
      'sqs.requests': 3,
    });
    expect(running.deadLetters()).toEqual([]);
  });

  test('keeps its data after a stop, and refuses a table that the template now declares differently', async () => {
    const dataDir = newDataDir();
    const first = await start(makeAssembly(resources, handlers), dataDir);
    await placeOrder(first, 'ord_1');
    await first.stop();
    const second = await start(makeAssembly(resources, handlers), dataDir);
    await second.settled(5000);
    // Everything was done before the stop, so nothing is relayed again.
    expect(second.counts()).toEqual({});
    await second.stop();
    const properties = { ...tableResource.Properties, StreamSpecification: { StreamViewType: 'KEYS_ONLY' } };
    const changed = { ...resources, Table: { ...tableResource, Properties: properties } };
    await expect(start(makeAssembly(changed, handlers), dataDir)).rejects.toThrow(
      'Table: the stored table Records differs from the template. stream is "NEW_AND_OLD_IMAGES"',
    );
    // The refused start has released the folder.
    await start(makeAssembly(resources, handlers), dataDir);
  });

  test('refuses a second start with the same data folder', async () => {
    const dataDir = newDataDir();
    const assemblyDir = makeAssembly({ Table: tableResource });
    const running = await start(assemblyDir, dataDir);
    await expect(startLocalCloud({ assemblyDir, dataDir, port: 0 })).rejects.toThrow('is used by process');
    expect(running.isQuiescent()).toBe(true);
  });

  test('refuses a call to a service that it does not simulate, and sends nothing to the network', async () => {
    const other = `import sdk from '${import.meta.resolve('@aws-sdk/client-dynamodb-streams')}';
      const client = new sdk.DynamoDBStreamsClient({});
      export const handler = () => client.send(new sdk.ListStreamsCommand({}));`;
    const running = await start(makeAssembly({ Other: functionResource('other') }, { other }));
    const { error } = await running.invoke('other', {});
    expect(error?.errorMessage).toContain('does not answer DynamoDBStreams_20120810.ListStreams');
  });

  test('takes what a function sends to a queue, keeps it over a restart, and refuses what is too large', async () => {
    const sender = `import sdk from '${installed('@aws-sdk/client-sqs')}';
      const client = new sdk.SQSClient({ useQueueUrlAsEndpoint: false });
      export const handler = ({ bytes }) => client.send(
        new sdk.SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: 'x'.repeat(bytes) }));`;
    const assemblyDir = makeAssembly(
      {
        Table: tableResource,
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters', MaximumMessageSize: 2048 } },
        Sender: functionResource('sender', { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } }),
      },
      { sender },
    );
    const dataDir = newDataDir();
    const first = await start(assemblyDir, dataDir);
    expect((await first.invoke('sender', { bytes: 3 })).error).toBeUndefined();
    const { error } = await first.invoke('sender', { bytes: 2049 });
    expect(error?.errorMessage).toContain('Message must be shorter than 2048 bytes');
    const letters = [{ queue: 'letters', body: 'xxx' }];
    expect(first.deadLetters()).toEqual(letters);
    await first.stop();
    expect((await start(assemblyDir, dataDir)).deadLetters()).toEqual(letters);
  });

  test('takes a batch of messages of one call as one billed request', async () => {
    const sender = `import sdk from '${installed('@aws-sdk/client-sqs')}';
      const client = new sdk.SQSClient({ useQueueUrlAsEndpoint: false });
      export const handler = ({ bodies }) => client.send(new sdk.SendMessageBatchCommand({
        QueueUrl: process.env.QUEUE,
        Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })) }));`;
    const assemblyDir = makeAssembly(
      {
        Table: tableResource,
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters', MaximumMessageSize: 2048 } },
        Sender: functionResource('sender', { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } }),
      },
      { sender },
    );
    const running = await start(assemblyDir);
    const { error } = await running.invoke('sender', { bodies: ['one', 'two', 'three'] });
    expect(error).toBeUndefined();
    expect(running.deadLetters().map(({ body }) => body)).toEqual(['one', 'two', 'three']);
    expect(running.counts()['sqs.requests']).toBe(1);
    const tooLong = await running.invoke('sender', { bodies: ['x'.repeat(2_000), 'y'.repeat(49)] });
    expect(tooLong.error?.errorMessage).toContain('A batch must not be over 2048 bytes');
  });

  test('runs new code without a restart', async () => {
    const assemblyDir = makeAssembly(resources, handlers);
    const running = await start(assemblyDir);
    const folder = newDataDir();
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => ({ statusCode: 204 });');
    running.reload('post-order', join(folder, 'index.mjs'));
    expect((await placeOrder(running, 'ord_1')).status).toBe(204);
  });
});
