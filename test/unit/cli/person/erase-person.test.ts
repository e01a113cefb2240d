import { describe, expect, it } from 'vitest';
import type { ApiClient, Call } from '../../../../infra/cli/client/api-client.ts';
import { erasePerson } from '../../../../infra/cli/person/erase-person.ts';
import { addPerson } from '../../../../infra/cli/person/person-command.ts';
import type { EraseOptions } from '../../../../infra/cli/person/person-options.ts';
import { parseLine } from '../parse-line.ts';

type State = 'erased' | 'erasing' | 'waiting' | 'erasable';

const order = (orderId: string, state: State) => ({
  orderId,
  state,
  ...(state === 'waiting' ? { waitingFor: 'the end of the order' } : {}),
  ...(state === 'erased' ? { erasedAt: '2026-11-29T10:00:00.000Z', digest: 'abc' } : {}),
});

const given = (over: Partial<EraseOptions> = {}): EraseOptions => ({
  ...{ url: 'http://shop.test', token: 'token', dataDir: '.local' },
  ...{ orderIds: [], email: 'ada@example.test', dryRun: false, yes: true, ...over },
});

/** A backend that gives these answers in turn, and then the last one again. */
function backend(...answers: { orders: readonly object[]; hasMore?: boolean }[]) {
  const calls: Call[] = [];
  const lines: string[] = [];
  const client: ApiClient = {
    call: async <T>(call: Call) => {
      calls.push(call);
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      return { erasureId: 'era_1', hasMore: false, ...answer } as T;
    },
  };
  const step = { advance: () => undefined, reach: () => undefined, end: () => undefined };
  const progress = { start: () => step, say: (line: string) => void lines.push(line) };
  let keys = 0;
  const surroundings = {
    ...{ client, progress, pauseMs: 0, newKey: () => `key-${++keys}` },
    ask: async () => false,
  };
  return { surroundings, calls, text: () => lines.join('\n') };
}

const bodies = (calls: readonly Call[]) => calls.map(({ body }) => body);

describe('entrepot person erase', () => {
  it('shows the orders, erases them, waits for the receipts and prints them', async () => {
    const { surroundings, calls, text } = backend(
      { orders: [order('ord_1', 'erasable'), order('ord_2', 'waiting')] },
      { orders: [order('ord_1', 'erasing'), order('ord_2', 'waiting')] },
      { orders: [order('ord_1', 'erased'), order('ord_2', 'waiting')] },
    );

    expect(await erasePerson(given(), surroundings)).toBe(true);

    expect(bodies(calls)).toEqual([
      { email: 'ada@example.test', dryRun: true },
      { email: 'ada@example.test' },
      undefined,
    ]);
    expect(text()).toContain('ord_1  can be erased now');
    expect(text()).toContain('ord_1  erased at 2026-11-29T10:00:00.000Z, receipt abc');
    expect(text()).toContain('ord_2  is marked: it waits for the end of the order');
  });

  it('writes nothing in a dry run, without a yes, and where nothing is stored', async () => {
    const dry = backend({ orders: [order('ord_1', 'erasable')] });
    const refused = backend({ orders: [order('ord_1', 'erasable')] });
    const nobody = backend({ orders: [] });

    expect(await erasePerson(given({ dryRun: true }), dry.surroundings)).toBe(true);
    expect(await erasePerson(given({ yes: false }), refused.surroundings)).toBe(false);
    expect(await erasePerson(given(), nobody.surroundings)).toBe(true);

    for (const { calls } of [dry, refused, nobody])
      expect(bodies(calls)).toEqual([expect.objectContaining({ dryRun: true })]);
    expect(nobody.text()).toBe('No order is stored for this person.');
  });

  it('asks again, under another key, while the person has more orders than one request takes', async () => {
    const { surroundings, calls } = backend(
      { orders: [order('ord_1', 'erasable')], hasMore: true },
      { orders: [order('ord_1', 'erased')], hasMore: true },
      { orders: [order('ord_2', 'erased')], hasMore: false },
    );

    expect(await erasePerson(given(), surroundings)).toBe(true);

    expect(calls.map(({ headers }) => headers?.['idempotency-key'])).toEqual(['key-1', 'key-2', 'key-3']);
  });

  it('fails where an order is not erased after a minute, and says that the backend goes on', async () => {
    const { surroundings, text } = backend(
      { orders: [order('ord_1', 'erasable')] },
      { orders: [order('ord_1', 'erasing')] },
    );

    expect(await erasePerson(given(), surroundings)).toBe(false);
    expect(text()).toContain('ord_1  is not erased yet: the backend repeats it');
  });

  it('takes orders, an address, and the words that every such command has', () => {
    const parse = (...args: string[]) =>
      parseLine<EraseOptions>(['person', 'erase', ...args], (program, give) =>
        addPerson(program, async (options) => give(options)),
      );

    expect(
      parse('--order', 'ord_1', 'ord_2', '--email', 'ada@example.test', '--dry-run', '--yes'),
    ).toMatchObject({
      ...{ orderIds: ['ord_1', 'ord_2'], email: 'ada@example.test', dryRun: true, yes: true },
    });
    expect(() => parse()).toThrow('name --order or --email');
  });
});
