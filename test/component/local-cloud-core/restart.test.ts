import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  // What it saw outlives the process in a file; while the hold file exists, it never finishes.
  relay: `import { appendFileSync, existsSync } from 'node:fs';
    export const handler = async (event) => {
      for (const r of event.Records) appendFileSync(process.env.SEEN, r.dynamodb.Keys.pk.S + '\\n');
      while (existsSync(process.env.HOLD)) await new Promise((r) => setTimeout(r, 10));
    };`,
};

function assembly(folder: string): string {
  const Environment = { Variables: { SEEN: join(folder, 'seen'), HOLD: join(folder, 'hold') } };
  return makeAssembly(
    {
      Table: tableResource,
      Writer: functionResource('writer'),
      Relay: functionResource('relay', { Environment, Timeout: 60 }),
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

/** Runs the core in a process of its own, which can be killed. */
async function startProcess(assemblyDir: string, dataDir: string) {
  const child = fork(new URL('./core-process.ts', import.meta.url), [assemblyDir, dataDir], { execArgv: [] });
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
  test('what was under way is relayed again, what was done is not', async () => {
    const folder = newDataDir();
    const assemblyDir = assembly(folder);
    const seen = (): string[] =>
      existsSync(join(folder, 'seen')) ? readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n') : [];

    const first = await startProcess(assemblyDir, folder);
    await first.write('done');
    await first.quiescent();
    // From now on the relay never finishes.
    writeFileSync(join(folder, 'hold'), '');
    await first.write('under-way');
    await eventually(() => seen().length === 2);
    const enginePid = Number(readFileSync(join(folder, 'table-engine.pid'), 'utf8'));
    await first.kill();
    await eventually(() => !existsSync(`/proc/${enginePid}/exe`) || !isAlive(enginePid));

    rmSync(join(folder, 'hold'));
    const second = await startProcess(assemblyDir, folder);
    await second.quiescent();
    expect(seen()).toEqual(['done', 'under-way', 'under-way']);
    await second.write('new');
    await second.quiescent();
    expect(seen().at(-1)).toBe('new');
    await second.kill();
  });
});

describe('the data folder', () => {
  test('is used by one process at a time', () => {
    const folder = newDataDir();
    const unlock = lockData(folder);
    expect(() => lockData(folder)).toThrow(`used by process ${process.pid}`);
    unlock();
    lockData(folder)();
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
