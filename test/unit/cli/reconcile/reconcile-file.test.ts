import { describe, expect, test } from 'vitest';
import type { ApiClient } from '../../../../infra/cli/client/api-client.ts';
import { reconcileFile } from '../../../../infra/cli/reconcile/reconcile-file.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { ok, refused } from '../../../../shared/kernel/result.ts';
import { differenceView, reconcile, settlementRow } from '../../../../shared/payment/settlement/index.ts';
import type { SettlementRow } from '../../../../shared/payment/settlement-row.ts';
import { captured, untilReleased } from '../../../builders/facts.ts';
import { idOf } from '../../../builders/ids.ts';
import { placedAt, timelineOf } from '../../../builders/timeline.ts';
import { createMemoryReconciliations } from '../../../fakes/memory-reconciliations.ts';
import { createMemoryTimelines } from '../../../fakes/memory-timelines.ts';
import { project } from '../../../fakes/project.ts';

interface Sent {
  readonly provider: string;
  readonly dryRun: boolean;
  readonly rows: readonly Parameters<typeof settlementRow>[0][];
}

const total = money(3927, 'EUR');
const row = (order: number, rowId: string): SettlementRow => ({
  ...{ rowId, kind: 'payment', reference: `ch_${order}`, orderId: idOf('order', order), gross: total },
  ...{
    fee: money(82, 'EUR'),
    held: money(0, 'EUR'),
    net: money(3845, 'EUR'),
    at: placedAt,
    payoutId: 'po_1',
  },
});

/** Orders that were captured, behind the route that reconciles lines, and a file with these lines. */
function shop(orders: number, rows: readonly SettlementRow[]) {
  const timelines = createMemoryTimelines(project);
  for (let order = 1; order <= orders; order += 1) {
    const orderId = idOf('order', order);
    const { facts } = timelineOf([...untilReleased(), captured({ providerReference: `ch_${order}` })]);
    timelines.seed({ orderId, facts: facts.map((fact) => ({ ...fact, orderId })) });
  }
  const deps = {
    ...{ timelines, reconciliations: createMemoryReconciliations(), clock: () => new Date(placedAt) },
  };
  const sent: Sent[] = [];
  const said: string[] = [];
  const client: ApiClient = {
    async call<T>({ body }: { readonly body?: unknown }) {
      const request = body as Sent;
      sent.push(request);
      const given = { ...request, rows: request.rows.map(settlementRow), cause: { by: 'operator' } as const };
      const { run, differences } = await reconcile(deps, given);
      return { ...run, differences: differences.map(differenceView) } as T;
    },
  };
  const file = (dryRun: boolean) => {
    said.length = 0;
    const format = { format: 'lines', read: () => ok(rows) };
    const options = { provider: 'stripe', file: 'lines.csv', dryRun };
    return reconcileFile(
      options,
      { text: '', format },
      async () => client,
      (line) => said.push(line),
    );
  };
  return { file, sent, said, facts: () => timelines.factsOf(idOf('order', 1)) };
}

describe('a settlement file of more lines than one request takes', () => {
  // The last line settles the first order again.
  const rows = [
    row(1, 'first'),
    ...Array.from({ length: 119 }, (_, index) => row(index + 2, `line-${index + 2}`)),
    row(1, 'again'),
  ];

  test('is compared in a dry run as it is in the real one: lines of one order go together', async () => {
    const { file, sent, said, facts } = shop(120, rows);
    expect(await file(true)).toBe(false);
    const dry = [...said];
    expect(dry.at(-1)).toContain('Nothing was booked: 121 lines: 120 matched, 0 booked before');
    expect(dry[0]).toContain('was settled before by another line');
    expect(facts().map(({ name }) => name)).not.toContain('payment.settled');
    expect(sent.map(({ rows: lines, dryRun }) => [lines.length, dryRun])).toEqual([
      [100, true],
      [21, true],
    ]);
    expect(await file(false)).toBe(false);
    expect(said[0]).toBe(dry[0]);
    expect(dry.at(-1)).toContain(said.at(-1) ?? '');
    expect(facts().map(({ name }) => name)).toContain('payment.settled');
  });

  test('changes nothing when it comes again', async () => {
    const { file, said } = shop(120, rows.slice(0, -1));
    expect(await file(false)).toBe(true);
    expect(await file(false)).toBe(true);
    expect(said).toEqual(['120 lines: 0 matched, 120 booked before, 0 of no order, 0 differences']);
  });
});

test('a file that can not be read sends nothing', async () => {
  const said: string[] = [];
  const format = { format: 'lines', read: () => refused([{ line: 3, reason: 'no amount' }]) };
  const unused = () => Promise.reject(new Error('nobody is asked'));
  const options = { provider: 'stripe', file: 'lines.csv', dryRun: false };
  expect(await reconcileFile(options, { text: '', format }, unused, (line) => said.push(line))).toBe(false);
  expect(said.join(' ')).toContain('no amount');
});
