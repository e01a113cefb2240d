import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/start-local-cloud.ts';
import { writeWork } from '../../../shared/runtime/queue-message.ts';
import { idOf } from '../../builders/ids.ts';
import { eventually, functionResource, makeAssembly, newDataDir } from '../local-cloud-core/make-assembly.ts';

/**
 * A function that is bundled as ours are. It records when it received its message, and fails as often as its setting
 * says. The waits are those of production, begun at another number of seconds.
 */
const CONSUMER = `
import { appendFileSync, readFileSync } from 'node:fs';
import { queueConsumer } from './shared/runtime/queue-consumer.ts';
const { SEEN = '', FAILURES, MAX_RECEIVES, FIRST_SECONDS } = process.env;
export const handler = queueConsumer(
  () => undefined,
  async () => {
    appendFileSync(SEEN, Date.now() + '\\n');
    if (readFileSync(SEEN, 'utf8').trim().split('\\n').length <= Number(FAILURES)) throw new Error('not yet');
  },
  { policy: { maxReceives: Number(MAX_RECEIVES), firstSeconds: Number(FIRST_SECONDS) } },
);`;

let consumer = '';
beforeAll(() => {
  const { outputFiles } = buildSync({
    stdin: { contents: CONSUMER, resolveDir: process.cwd(), loader: 'ts' },
    ...{ bundle: true, write: false, platform: 'node', target: 'node24', format: 'esm' },
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
    },
  });
  consumer = outputFiles[0]?.text ?? '';
});

let cloud: LocalCloud | undefined;
afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
});

interface Setting {
  readonly failures: number;
  readonly maxReceives: number;
  readonly firstSeconds: number;
  readonly visibilitySeconds: number;
  /** Whether the function knows its queue. */
  readonly knowsQueue?: boolean;
}

/** A queue that holds one message, its dead-letter queue, and the function that receives the message. */
async function start({ failures, maxReceives, firstSeconds, visibilitySeconds, knowsQueue = true }: Setting) {
  const dataDir = newDataDir();
  const seen = join(dataDir, 'seen');
  const Variables = {
    ...{ SEEN: seen, TABLE_NAME: 'table', BUS_NAME: 'bus', STAGE: 'test' },
    ...{ FAILURES: String(failures), MAX_RECEIVES: String(maxReceives), FIRST_SECONDS: String(firstSeconds) },
    ...(knowsQueue ? { QUEUE_OWN: { Ref: 'Work' } } : {}),
  };
  const assemblyDir = makeAssembly(
    {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          QueueName: 'work',
          VisibilityTimeout: visibilitySeconds,
          RedrivePolicy: {
            deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
            maxReceiveCount: maxReceives,
          },
        },
      },
      Consumer: functionResource('consumer', { Environment: { Variables } }),
      Sender: functionResource('sender', { Environment: { Variables: { QUEUE: { Ref: 'Work' } } } }),
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
          FunctionName: { Ref: 'Consumer' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
    { consumer, sender },
  );
  const running = await startLocalCloud({ assemblyDir, dataDir, port: 0 });
  cloud = running;
  const body = writeWork({ orderId: idOf('order', 1), step: 'capture', attempt: 1 });
  expect((await running.invoke('sender', { body })).error).toBeUndefined();
  return {
    running,
    body,
    times: () =>
      existsSync(seen) ? readFileSync(seen, 'utf8').trim().split('\n').map(Number) : ([] as number[]),
    log: () => readFileSync(join(dataDir, 'logs', 'consumer.log'), 'utf8'),
  };
}

const sender = `import sdk from '${import.meta.resolve('@aws-sdk/client-sqs')}';
const client = new sdk.SQSClient({ useQueueUrlAsEndpoint: false });
export const handler = ({ body }) =>
  client.send(new sdk.SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: body }));`;

describe('a message that fails', () => {
  test('comes back after waits that grow, long before its visibility timeout, until it is handled', async () => {
    const { running, times } = await start({
      ...{ failures: 3, maxReceives: 12, firstSeconds: 1, visibilitySeconds: 600 },
    });
    await eventually(() => times().length === 4, 30_000);
    await eventually(() => running.isQuiescent());
    const [first = 0, second = 0, third = 0, fourth = 0] = times();
    // The waits are 1, 2 and 4 seconds, each shortened by a fifth at most. A busy machine only adds to them.
    expect(second - first).toBeGreaterThanOrEqual(900);
    expect(third - second).toBeGreaterThanOrEqual(1_900);
    expect(fourth - third).toBeGreaterThanOrEqual(2_900);
    expect(running.deadLetters()).toEqual([]);
  });

  test('is parked at once after its last receive, if it fails every time', async () => {
    const { running, body, times } = await start({
      ...{ failures: 99, maxReceives: 3, firstSeconds: 0, visibilitySeconds: 600 },
    });
    await eventually(() => running.deadLetters().length === 1, 20_000);
    expect(running.deadLetters()).toEqual([{ queue: 'dead', body }]);
    expect(times()).toHaveLength(3);
    await eventually(() => running.isQuiescent());
  });

  test('comes back after the visibility timeout if its wait can’t be set, and the log reports it', async () => {
    const before = Date.now();
    const { times, log } = await start({
      ...{ failures: 1, maxReceives: 12, firstSeconds: 600, visibilitySeconds: 1, knowsQueue: false },
    });
    await eventually(() => times().length === 2, 20_000);
    expect((times()[1] ?? 0) - before).toBeGreaterThanOrEqual(1_000);
    expect(log()).toContain('RETRY_WAIT_NOT_SET');
  });
});
