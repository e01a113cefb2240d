import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { lockData } from '../../../infra/local/lock-data.ts';
import {
  eventually,
  functionResource,
  installed,
  makeAssembly,
  newDataDir,
  tableResource,
} from './make-assembly.ts';

const handlers = {
  writer: `import sdk from '${installed('@aws-sdk/client-dynamodb')}';
    const client = new sdk.DynamoDBClient({});
    export const handler = ({ pk }) => client.send(new sdk.PutItemCommand({ TableName: 'Records', Item: { pk: { S: pk }, sk: { S: 'FACT' } } }));`,
  relay: `import sdk from '${installed('@aws-sdk/client-sqs')}';
    const client = new sdk.SQSClient({ useQueueUrlAsEndpoint: false });
    export const handler = ({ Records }) => client.send(new sdk.SendMessageBatchCommand({ QueueUrl: process.env.QUEUE,
      Entries: Records.map((r, place) => ({ Id: String(place), MessageBody: r.dynamodb.Keys.pk.S })) }));`,
  // It keeps its messages in a file, which outlives the process. While the hold file exists, it does not finish.
  consumer: `import { appendFileSync, existsSync } from 'node:fs';
    export const handler = async (event) => {
      for (const r of event.Records) appendFileSync(process.env.SEEN, r.body + '\\n');
      while (existsSync(process.env.HOLD)) await new Promise((r) => setTimeout(r, 10));
    };`,
};

/** A fact passes the stream, the relay and a queue to the consumer. */
function assembly(folder: string): string {
  const Environment = { Variables: { SEEN: join(folder, 'seen'), HOLD: join(folder, 'hold') } };
  const queue = { 'Fn::GetAtt': ['Queue', 'Arn'] };
  return makeAssembly(
    {
      Table: tableResource,
      Writer: functionResource('writer'),
      Relay: functionResource('relay', { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } }),
      Consumer: functionResource('consumer', { Environment, Timeout: 60 }),
      Queue: { Type: 'AWS::SQS::Queue' },
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: queue, FunctionName: { Ref: 'Consumer' } },
      },
      Follow: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
          FunctionName: { Ref: 'Relay' },
          StartingPosition: 'LATEST',
        },
      },
    },
    handlers,
  );
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Runs the local cloud in a separate process that can be killed. */
async function startProcess(assemblyDir: string, dataDir: string) {
  const child = fork(new URL('./cloud-process.ts', import.meta.url), [assemblyDir, dataDir], {
    execArgv: [],
  });
  children.push(child);
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
  expect(await next()).toBe('ready');
  return {
    write: async (pk: string) => {
      const answered = next();
      child.send({ pk });
      await answered;
    },
    quiescent: async () => {
      const answered = next();
      child.send('until quiescent');
      await answered;
    },
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      }),
  };
}

describe('after a SIGKILL', () => {
  test('unfinished work is delivered again, and finished work is not', async () => {
    const folder = newDataDir();
    const assemblyDir = assembly(folder);
    const seen = (): string[] =>
      existsSync(join(folder, 'seen')) ? readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n') : [];

    const first = await startProcess(assemblyDir, folder);
    await first.write('done');
    await first.quiescent();
    // From now on the consumer does not finish. The relay has handed the fact over, and only a queue has it.
    writeFileSync(join(folder, 'hold'), '');
    await first.write('under-way');
    await eventually(() => seen().length === 2);
    // After this time, positions would be stored if there were any.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const enginePid = Number(readFileSync(join(folder, 'table-engine.pid'), 'utf8'));
    await first.kill();
    await eventually(() => !existsSync(`/proc/${enginePid}/exe`) || !isAlive(enginePid));

    rmSync(join(folder, 'hold'));
    const second = await startProcess(assemblyDir, folder);
    await second.quiescent();
    // The queue kept the message, and the relay sends the fact again, because its position was not stored.
    expect(seen()).toEqual(['done', 'under-way', 'under-way', 'under-way']);
    await second.write('new');
    await second.quiescent();
    expect(seen().at(-1)).toBe('new');
    await second.kill();
  });
});

describe('a message that a function sent itself', () => {
  test('is delivered again after a SIGKILL, unless it was handled', async () => {
    const folder = newDataDir();
    const assemblyDir = sendingAssembly(folder);
    const seen = (): string[] =>
      existsSync(join(folder, 'seen')) ? readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n') : [];
    const first = await startProcess(assemblyDir, folder);
    await first.write('handled');
    await first.quiescent();
    writeFileSync(join(folder, 'hold'), '');
    await first.write('under-way');
    await eventually(() => seen().length === 2);
    await first.kill();
    rmSync(join(folder, 'hold'));
    const second = await startProcess(assemblyDir, folder);
    await second.quiescent();
    expect(seen()).toEqual(['handled', 'under-way', 'under-way']);
    await second.kill();
  });
});

/** A function sends to a queue, and the queue feeds the consumer. No stream can deliver the message again. */
function sendingAssembly(folder: string): string {
  const files = { SEEN: join(folder, 'seen'), HOLD: join(folder, 'hold') };
  return makeAssembly(
    {
      Table: tableResource,
      Writer: functionResource('writer', { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } }),
      Consumer: functionResource('consumer', { Environment: { Variables: files }, Timeout: 60 }),
      Queue: { Type: 'AWS::SQS::Queue' },
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          FunctionName: { Ref: 'Consumer' },
        },
      },
    },
    {
      ...handlers,
      writer: `import sdk from '${installed('@aws-sdk/client-sqs')}';
        const client = new sdk.SQSClient({ useQueueUrlAsEndpoint: false });
        export const handler = ({ pk }) => client.send(new sdk.SendMessageCommand(
          { QueueUrl: process.env.QUEUE, MessageBody: pk }));`,
    },
  );
}

describe('the data folder', () => {
  test('can be used by one process at a time', () => {
    const folder = newDataDir();
    const unlock = lockData(folder);
    expect(() => lockData(folder)).toThrow(`used by process ${process.pid}`);
    unlock();
    lockData(folder)();
  });

  test('that is new can be read by its own user alone', () => {
    const folder = join(newDataDir(), 'new');
    lockData(folder)();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
