import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

/** A program that needs two seconds to stop, and prints when it receives the signal. */
const PROGRAM = `
import { listenForInterruption } from './infra/cli/terminal/until-interrupted.ts';
const { asked } = listenForInterruption();
console.log('ready');
const alive = setInterval(() => {}, 1_000);
console.log(await asked);
setTimeout(() => process.exit(7), 2_000);
clearInterval(alive);
`;

/** Starts the program, sends the signals with a pause before each, and gives the exit code. */
async function exitCodeAfter(...sent: readonly (readonly [pauseMs: number, signal: NodeJS.Signals])[]) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  for (const [pauseMs, signal] of sent) {
    await wait(pauseMs);
    child.kill(signal);
  }
  const [code] = await ended;
  const heard = [];
  for await (const line of { [Symbol.asyncIterator]: () => lines }) heard.push(line);
  return { code, heard };
}

describe('a program that is asked to stop', () => {
  it('stops in an orderly way if the same signal comes several times at once', async () => {
    expect(await exitCodeAfter([0, 'SIGTERM'], [30, 'SIGTERM'], [30, 'SIGTERM'])).toEqual({
      code: 7,
      heard: ['SIGTERM'],
    });
  });

  it('ends at once on a second Ctrl-C, as users of a shell expect', async () => {
    expect(await exitCodeAfter([0, 'SIGINT'], [800, 'SIGINT'])).toEqual({ code: 130, heard: ['SIGINT'] });
  });

  it('ends at once on a SIGTERM after a Ctrl-C', async () => {
    expect(await exitCodeAfter([0, 'SIGINT'], [800, 'SIGTERM'])).toEqual({ code: 143, heard: ['SIGINT'] });
  });
});
