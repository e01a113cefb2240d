import { describe, expect, it } from 'vitest';
import { addApprove } from '../../../../infra/cli/replenish/approve/approve-command.ts';
import type { ApproveOptions } from '../../../../infra/cli/replenish/approve/approve-options.ts';
import { approveOrders } from '../../../../infra/cli/replenish/approve/approve-orders.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { parseLine } from '../parse-line.ts';
import { fakeApi, problem } from './fake-api.ts';

const proposal = (id: string, supplierId: string | undefined, amount?: number, currency = 'EUR') => ({
  ...{ replenishmentOrderId: id, kind: 'purchase', supplierId, warehouseId: 'pl-poznan' },
  ...{ proposedAt: '2026-11-29T06:00:02.000Z', expectedAt: '2026-12-09T06:00:00.000Z', runId: 'daily' },
  ...(amount === undefined ? {} : { total: { amount, currency } }),
  lines: [{ sku: 'MUG', units: 24, reasons: [] }],
});

const waiting = [
  proposal('rpl_1', 'potter', 50_000),
  proposal('rpl_2', 'potter', 50_001),
  proposal('rpl_3', 'smith', 9_000),
  proposal('rpl_4', 'smith', 100, 'USD'),
  proposal('rpl_5', undefined),
];

async function approve(
  options: Partial<ApproveOptions>,
  { answer = true, answers = {} }: { answer?: boolean; answers?: Parameters<typeof fakeApi>[0] } = {},
) {
  const approved = Object.fromEntries(
    waiting.map(({ replenishmentOrderId: id }) => [
      `POST /orders/${id}/approve`,
      () => ({ status: 'approved' }),
    ]),
  );
  const { client, calls } = fakeApi({
    // Two pages, as the API gives them.
    'GET /proposals': ({ path }) =>
      path.includes('cursor=next')
        ? { proposals: waiting.slice(2) }
        : { proposals: waiting.slice(0, 2), cursor: 'next' },
    ...approved,
    ...answers,
  });
  const said: string[] = [];
  const questions: string[] = [];
  const isWell = await approveOrders(
    { ids: [], supplier: undefined, under: undefined, all: false, yes: false, json: false, ...options },
    {
      client,
      ask: async (question) => {
        questions.push(question.trim());
        return answer;
      },
      say: (line) => void said.push(line),
    },
  );
  const posted = calls.filter(({ method }) => method === 'POST');
  return {
    isWell,
    said: said.join('\n'),
    questions,
    posted,
    ids: posted.map(({ path }) => path.split('/')[5]),
  };
}

describe('entrepot replenish approve', () => {
  it('lists what waits and approves nothing, unless orders are named', async () => {
    const { isWell, said, ids, questions } = await approve({});
    expect({ isWell, ids, questions }).toEqual({ isWell: true, ids: [], questions: [] });
    for (const { replenishmentOrderId } of waiting) expect(said).toContain(replenishmentOrderId);
    expect(said).toContain('500.00 EUR');
    expect(said).toContain('Approve with ids, --supplier, --under or --all.');
    const none = await approve({}, { answers: { 'GET /proposals': () => ({ proposals: [] }) } });
    expect(none).toMatchObject({ isWell: true, said: 'No order waits for an approval.' });
  });

  it.each([
    ['by id', { ids: ['rpl_3', 'rpl_1'] }, ['rpl_1', 'rpl_3']],
    ['by supplier', { supplier: 'smith' }, ['rpl_3', 'rpl_4']],
    // 500.00 EUR is at most 500.00 EUR; dollars and orders without an amount are not compared.
    ['at most an amount', { under: money(50_000, 'EUR') }, ['rpl_1', 'rpl_3']],
    ['by both', { supplier: 'potter', under: money(50_000, 'EUR') }, ['rpl_1']],
    ['all of them', { all: true }, ['rpl_1', 'rpl_2', 'rpl_3', 'rpl_4', 'rpl_5']],
  ] as const)('approves %s, each under a key of its own', async (_what, options, expected) => {
    const { isWell, ids, posted, questions } = await approve(options);
    expect(isWell).toBe(true);
    expect(ids).toEqual(expected);
    expect(questions).toHaveLength(1);
    expect(posted.map(({ headers }) => headers?.['idempotency-key'])).toEqual(
      expected.map((id) => `approve-${id}`),
    );
  });

  it('asks with the number and the sum, and approves nothing after a no', async () => {
    const { isWell, said, questions, ids } = await approve({ supplier: 'potter' }, { answer: false });
    expect(questions).toEqual(['Approve 2 orders of 1000.01 EUR? (y/N)']);
    expect(ids).toEqual([]);
    expect(isWell).toBe(false);
    expect(said).toContain('Nothing was approved.');
  });

  it('asks nothing with --yes', async () => {
    expect(await approve({ ids: ['rpl_1'], yes: true })).toMatchObject({ questions: [], ids: ['rpl_1'] });
  });

  it('names an id that does not wait, and approves the others', async () => {
    const { isWell, said, ids } = await approve({ ids: ['rpl_1', 'rpl_9'], yes: true });
    expect(said).toContain('rpl_9: no order of this id waits for an approval');
    expect({ isWell, ids }).toEqual({ isWell: false, ids: ['rpl_1'] });
  });

  it('goes on after an order that is refused, and ends with an error', async () => {
    const { isWell, said, ids } = await approve(
      { supplier: 'potter', yes: true },
      {
        answers: {
          'POST /orders/rpl_1/approve': () => problem(409, 'illegal-move', 'The order is cancelled.'),
          'GET /orders/rpl_1': () => ({
            status: 'cancelled',
            timeline: [{ name: 'replenishment.approved' }],
          }),
        },
      },
    );
    expect(isWell).toBe(false);
    expect(said).toContain('rpl_1: not approved: The order is cancelled.');
    expect(ids).toEqual(['rpl_1', 'rpl_2']);
  });

  it('takes an order that somebody else approved meanwhile as approved', async () => {
    const { isWell, said } = await approve(
      { ids: ['rpl_1'], yes: true },
      {
        answers: {
          'POST /orders/rpl_1/approve': () => problem(409, 'illegal-move'),
          'GET /orders/rpl_1': () => ({ status: 'sent', timeline: [{ name: 'replenishment.approved' }] }),
        },
      },
    );
    expect(isWell).toBe(true);
    expect(said).toContain('rpl_1: was approved meanwhile');
  });

  it('stops at a token that may not approve', async () => {
    const answers = { 'POST /orders/rpl_1/approve': () => problem(403, 'forbidden') };
    await expect(approve({ ids: ['rpl_1'], yes: true }, { answers })).rejects.toThrow(
      'it needs replenishment:approve',
    );
  });

  it('reads its command line', () => {
    const read = (...args: readonly string[]) =>
      parseLine<ApproveOptions>(['approve', ...args], (program, give) =>
        addApprove(program, async (options) => give(options)),
      );
    expect(read('rpl_1', 'rpl_2')).toMatchObject({ ids: ['rpl_1', 'rpl_2'], all: false, yes: false });
    expect(read('--under', '500.00eur').under).toEqual(money(50_000, 'EUR'));
    expect(read('--under', '500 JPY').under).toEqual(money(500, 'JPY'));
    for (const wrong of ['500', '500.001EUR', '5.5JPY', '-5EUR', '500XXX'])
      expect(() => read('--under', wrong)).toThrow(/It takes an amount|unknown option/);
    expect(() => read('rpl_1', '--all')).toThrow('ids are not used together');
    expect(() => read('--all', '--supplier', 'potter')).toThrow('--all is not used together');
  });
});
