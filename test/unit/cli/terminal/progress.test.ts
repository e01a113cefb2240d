import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createProgress } from '../../../../infra/cli/terminal/progress.ts';

function outlet(isTTY: boolean) {
  const chunks: string[] = [];
  const out = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return { chunks, out: Object.assign(out, { isTTY }) as unknown as NodeJS.WriteStream };
}

it('progress is a line every ten seconds and one at the end if the output is not a terminal', () => {
  const { chunks, out } = outlet(false);
  let now = 0;
  const step = createProgress(out, () => now).start('Orders', 100, 'orders');
  for (let second = 1; second <= 25; second += 1) {
    now = second * 1_000;
    step.advance(4);
  }
  step.end();
  expect(chunks).toEqual([
    'Orders: 40/100 orders, 4.0/s, 15 s left\n',
    'Orders: 80/100 orders, 4.0/s, 5 s left\n',
    'Orders: 100/100 orders, 4.0/s\n',
  ]);
});

it('progress estimates by the work of the units, when large ones come after small ones', () => {
  const { chunks, out } = outlet(false);
  let now = 0;
  // 40 units of 1 and then 12 of 10 make 160 seconds of work.
  const sizes = [...Array<number>(40).fill(1), ...Array<number>(12).fill(10)];
  const step = createProgress(out, () => now).start('Orders', sizes.length, 'orders', 160);
  for (const size of sizes) {
    now += size * 1_000;
    step.advance(1, size);
  }
  step.end();
  // 30 s have passed and 130 s are left. By the count it would be 22 s for 22 units.
  expect(chunks[2]).toBe('Orders: 30/52 orders, 1.0/s, 2 min 10 s left\n');
  expect(chunks.at(-1)).toBe('Orders: 52/52 orders, 0.3/s\n');
});

it('progress is a bar with count and rate on a terminal, also for a step without units', () => {
  const { chunks, out } = outlet(true);
  const terminal = { cursorTo: () => true, clearLine: () => true, moveCursor: () => true, columns: 200 };
  Object.assign(out, terminal);
  const progress = createProgress(out);
  const step = progress.start('Orders', 4, 'orders');
  step.reach(3);
  step.advance();
  step.end();
  progress.start('None', 0, 'orders').end();
  progress.say('done');
  const text = chunks.join('');
  expect(text).toContain('4/4 orders');
  expect(text).toContain('█');
  expect(text).toContain('done\n');
  expect(text).not.toContain('NaN');
});
