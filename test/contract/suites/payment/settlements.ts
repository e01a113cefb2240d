import { describe, expect, it } from 'vitest';
import { csvLines } from '../../../../infra/cli/files/csv-lines.ts';
import { add, type Money, subtract } from '../../../../shared/kernel/money.ts';
import { later, toInstant } from '../../../../shared/kernel/time.ts';
import type { SettlementRow } from '../../../../shared/payment/settlement-row.ts';
import { present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import { type Intent, partOf } from './intent.ts';

const dayMs = 86_400_000;

/** The present UTC day and the two around it, so that a test at midnight sees its payout. */
function aroundNow() {
  const today = Date.parse(`${present().slice(0, 10)}T00:00:00.000Z`);
  const from = toInstant(new Date(today - dayMs));
  return { from, to: later(from, 3 * dayMs) };
}

/** What a provider tells about its payouts: by an API, by files, or by both. */
export function describeSettlements(bench: Bench): void {
  const { contract, plugIn } = bench.entry;
  const { payOut, settlementFile } = contract;

  it('says how it settles, and the suite can test it', () => {
    const bound = bench.provider;
    expect(payOut !== undefined).toBe(bound.settlements !== undefined);
    expect(settlementFile !== undefined).toBe(plugIn.settlementFile !== undefined);
    const settles = bound.settlements !== undefined || bound.settlementFile !== undefined;
    expect(bound.settledWithinDays !== undefined).toBe(settles);
  });

  describe.skipIf(payOut === undefined)('settlements', () => {
    const rowsOf = async ({ orderId }: Intent) => {
      const all = (await bench.provider.settlements?.(present(), aroundNow())) ?? [];
      return { all, own: all.filter((row) => row.orderId === orderId) };
    };

    it('has a line for each capture and refund once it is paid out, each once', async () => {
      const intent = await bench.captured();
      const refund = await bench.refund(intent, partOf(intent.amount, 1));
      expect((await rowsOf(intent)).own).toEqual([]);
      await payOut?.(bench.url);
      const { all, own } = await rowsOf(intent);
      const [capture] = (await bench.find(intent)).captures;
      const named = own.map(({ kind, reference, gross }) => ({ kind, reference, gross }));
      expect(named.sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
        { kind: 'payment', reference: capture?.reference, gross: intent.amount },
        {
          ...{ kind: 'refund', reference: refund.providerReference },
          gross: subtract(partOf(intent.amount, 0), partOf(intent.amount, 1)),
        },
      ]);
      for (const row of own) expectBalanced(row);
      expect(new Set(all.map(({ rowId }) => rowId)).size).toBe(all.length);
      // The payout is what its lines come to.
      const [payoutId] = own.map((row) => row.payoutId);
      const lines = all.filter((row) => row.payoutId === payoutId);
      const [payout] = lines.filter(({ kind }) => kind === 'payout');
      expect(payout).toBeDefined();
      expect(lines.reduce((sum, { net }) => sum + net.amountMinor, 0)).toBe(0);
      expect((await rowsOf(intent)).all).toEqual(all);
      await payOut?.(bench.url);
      expect((await rowsOf(intent)).own).toEqual(own);
    });

    it('says what was captured of a payment that is captured in part', async () => {
      if (bench.offer().partialCapture === 'none') return;
      const intent = await bench.paid();
      const part = partOf(intent.amount, 2);
      await bench.capture(intent, { amount: part });
      await payOut?.(bench.url);
      const { own } = await rowsOf(intent);
      expect(own).toMatchObject([{ kind: 'payment', gross: part }]);
      for (const row of own) expectBalanced(row);
    });
  });

  it.skipIf(settlementFile === undefined)('reads a settlement file, whatever ends its lines', () => {
    const { text = '', rows = [] } = settlementFile ?? {};
    const read = (of: string) => plugIn.settlementFile?.read(csvLines(of));
    expect(read(text)).toEqual({ ok: true, value: rows });
    expect(read(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`)).toEqual({ ok: true, value: rows });
    expect(new Set(rows.map(({ rowId }) => rowId)).size).toBe(rows.length);
    for (const row of rows) expectBalanced(row);
  });

  it.skipIf(settlementFile === undefined)('refuses a file that it can not read, and names the lines', () => {
    const lines = (settlementFile?.text ?? '').split('\n');
    for (const broken of ['', 'a,b\n1,2\n', [...lines.slice(0, -2), 'x'.repeat(20)].join('\n')]) {
      const read = plugIn.settlementFile?.read(csvLines(broken));
      expect(read?.ok).toBe(false);
      if (read?.ok === false) expect(read.error.length).toBeGreaterThan(0);
    }
  });
}

/** Where the account has the currency of the payment, the line says where its amount went. */
function expectBalanced({ gross, fee, held, net }: SettlementRow): void {
  expect([fee.currency, held.currency]).toEqual([net.currency, net.currency]);
  const parts: Money = add(add(fee, held), net);
  if (gross.currency === net.currency) expect(parts).toEqual(gross);
}
