import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningBackend, runBackend } from './running-backend.ts';

const commands = [...readFileSync('docs/storefront.md', 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, block]) => block ?? '',
);

let running: RunningBackend;
beforeAll(async () => {
  running = await runBackend();
});
afterAll(() => running.stop());

it('the commands on the page bring an order to its delivery', async () => {
  expect(commands).toHaveLength(10);
  // All commands run in one shell, as a reader runs them. It ends at the first command that fails.
  const script = commands.join('\necho "-- next --"\n');
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', script], {
    env: { ...process.env, API: running.backend.url },
    timeout: 90_000,
  });
  const said = stdout.split('-- next --\n').map((text) => text.trim());
  const [, price = '', methods = '', , declined, held, way = '', visit, pointer, refusal] = said;
  expect(price).toMatch(/"total": \{\s*"amount": \d+,\s*"currency": "EUR"/);
  expect(price).toContain('"optionId": "opt-1"');
  expect(methods).toContain('"method": "card"');
  expect(declined).toBe('card_declined');
  expect(held).toBe('requires_capture');
  expect(way).toContain('"status": "delivered"');
  expect(way).toContain('"payment": "captured"');
  // The second card may be accepted before the report about the first card is read. That report then changes nothing.
  expect(way).toMatch(/order\.placed[\s\S]*payment\.authorised[\s\S]*order\.delivered/);
  expect(visit).toBe('202');
  expect(pointer).toBe('/lines/0/sku');
  expect(refusal).toBe('already-dispatched');
}, 120_000);
