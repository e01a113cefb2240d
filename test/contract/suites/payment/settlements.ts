import { expect, it } from 'vitest';
import { csvLines } from '../../../../infra/cli/files/csv-lines.ts';
import { add, type Money, subtract, toJson } from '../../../../shared/kernel/money.ts';
import { later, toInstant } from '../../../../shared/kernel/time.ts';
import type { ProviderCapture, ProviderRefund } from '../../../../shared/payment/provider.ts';
import { decideOnRows, isOfOrder } from '../../../../shared/payment/settlement/decide-on-rows.ts';
import type { SettlementRow } from '../../../../shared/payment/settlement-row.ts';
import type { Decided, Timeline } from '../../../../shared/timeline/index.ts';
import { placed, refundRequested } from '../../../builders/facts.ts';
import { landedCost } from '../../../builders/landed-cost.ts';
import { timelineOf } from '../../../builders/timeline.ts';
import { present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import { type Intent, partOf } from './intent.ts';
import { describeUnless, unless } from './unless.ts';

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

  const noApi = 'the provider tells no settlements by an API';
  describeUnless(payOut === undefined ? noApi : undefined)('settlements', () => {
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

  const noFile = 'no settlement files of the provider are read';
  describeUnless(contract.payOutFile === undefined ? noFile : undefined)('settlement files', () =>
    describeFiles(bench),
  );

  unless(settlementFile === undefined ? noFile : undefined)(
    'reads a settlement file, whatever ends its lines',
    () => {
      const { text = '', rows = [] } = settlementFile ?? {};
      const read = (of: string) => plugIn.settlementFile?.read(csvLines(of));
      expect(read(text)).toEqual({ ok: true, value: rows });
      expect(read(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`)).toEqual({ ok: true, value: rows });
      expect(new Set(rows.map(({ rowId }) => rowId)).size).toBe(rows.length);
      for (const row of rows) expectBalanced(row);
    },
  );

  unless(settlementFile === undefined ? noFile : undefined)(
    'refuses a file that it can not read, and names the lines',
    () => {
      const lines = (settlementFile?.text ?? '').split('\n');
      for (const broken of ['', 'a,b\n1,2\n', [...lines.slice(0, -2), 'x'.repeat(20)].join('\n')]) {
        const read = plugIn.settlementFile?.read(csvLines(broken));
        expect(read?.ok).toBe(false);
        if (read?.ok === false) expect(read.error.length).toBeGreaterThan(0);
      }
    },
  );
}

/** The files of a sandbox that pays out, compared with what our books have of the order. */
function describeFiles(bench: Bench): void {
  const { contract, plugIn } = bench.entry;
  const rowsOf = async (fault?: 'missing' | 'differing' | 'doubled') => {
    const text = (await contract.payOutFile?.(bench.url, fault)) ?? '';
    const read = plugIn.settlementFile?.read(csvLines(text));
    if (read?.ok !== true) throw new Error(`the file can't be read: ${JSON.stringify(read?.error)}`);
    return read.value;
  };
  /** An order that was paid and partly refunded, as our books have it. */
  const paidOrder = async () => {
    const intent = await bench.captured();
    const refund = await bench.refund(intent, partOf(intent.amount, 1));
    const { captures } = await bench.find(intent);
    return { intent, timeline: settledLater(bench.code, intent, captures, refund) };
  };
  const outcomesOf = (timeline: Timeline, { orderId }: Intent, rows: readonly SettlementRow[]) => {
    const own = rows.filter(isOfOrder).filter((row) => row.orderId === orderId);
    const { outcomes, facts } = decideOnRows(timeline, bench.code, own);
    const after = timelineOf([...timeline.facts, ...facts]);
    return { own, after, statuses: outcomes.map(({ status }) => status).sort() };
  };

  it('a clean one has each capture and refund once, and differs in nothing; again it changes nothing', async () => {
    await rowsOf();
    const { intent, timeline } = await paidOrder();
    const rows = await rowsOf();
    const { own, after, statuses } = outcomesOf(timeline, intent, rows);
    expect(own.map(({ kind }) => kind).sort()).toEqual(['payment', 'refund']);
    expect(statuses).toEqual(['matched', 'matched']);
    expect(outcomesOf(after, intent, rows).statuses).toEqual(['repeated', 'repeated']);
    for (const row of rows) expectBalanced(row);
    expect(new Set(rows.map(({ rowId }) => rowId)).size).toBe(rows.length);
    // The payout is what the lines of its currency come to.
    const { currency } = intent.amount;
    const inCurrency = rows.filter(({ net }) => net.currency === currency);
    expect(inCurrency.filter(({ kind }) => kind === 'payout')).toHaveLength(1);
    expect(inCurrency.reduce((sum, { net }) => sum + net.amountMinor, 0)).toBe(0);
    // Nothing is paid out twice.
    expect((await rowsOf()).filter((row) => row.orderId === intent.orderId)).toEqual([]);
  });

  it('says which payment is missing, has another amount, or is there twice', async () => {
    const statusesWith = async (fault: 'missing' | 'differing' | 'doubled') => {
      await rowsOf();
      const { intent, timeline } = await paidOrder();
      return outcomesOf(timeline, intent, await rowsOf(fault)).statuses;
    };
    expect(await statusesWith('missing')).toEqual(['matched']);
    expect(await statusesWith('differing')).toEqual(['differs', 'matched']);
    const twice = await statusesWith('doubled');
    expect(twice.filter((status) => status === 'matched')).toHaveLength(2);
    expect(['duplicated', 'repeated']).toContain(twice.find((status) => status !== 'matched'));
  });

  it('a file that ends early, or has a line of an unknown kind, is refused with the line', async () => {
    await paidOrder();
    const text = (await contract.payOutFile?.(bench.url)) ?? '';
    const lines = text.trimEnd().split('\n');
    const read = (some: readonly string[]) => plugIn.settlementFile?.read(csvLines(some.join('\n')));
    const place = lines.findIndex((line) => /Settled|T0006/.test(line));
    const strange = lines.with(place, (lines[place] ?? '').replace(/Settled|T0006/, 'Teleported'));
    const refusal = read(strange);
    expect(refusal).toMatchObject({ ok: false });
    if (refusal?.ok === false)
      expect(refusal.error).toContainEqual({
        line: place + 1,
        reason: expect.stringMatching(/"Teleported" is unknown/),
      });
    const torn = [...lines.slice(0, place), (lines[place] ?? '').slice(0, 20)];
    expect(read(torn)).toMatchObject({ ok: false });
  });
}

/** The facts of an order whose money came and partly went back, before any settlement. */
function settledLater(
  provider: string,
  { paymentId, refundId, method, providerPaymentId, amount }: Intent,
  captures: readonly ProviderCapture[],
  refund: ProviderRefund,
): Timeline {
  const cost = landedCost();
  const total = toJson(amount);
  const part = toJson(refund.amount);
  const { providerReference } = refund;
  return timelineOf([
    placed({
      landedCost: { ...cost, totals: { ...cost.totals, total } },
      payment: { paymentId, method, provider },
    }),
    { name: 'payment.started', data: { paymentId, provider, providerPaymentId, amount: total } },
    ...captures.map(
      (capture): Decided => ({
        name: 'payment.captured',
        data: { paymentId, amount: toJson(capture.amount), providerReference: capture.reference },
      }),
    ),
    refundRequested({ paymentId, refundId, amount: part }),
    { name: 'refund.paid', data: { paymentId, refundId, amount: part, providerReference } },
  ]);
}

/** Where the account has the currency of the payment, the line says where its amount went. */
function expectBalanced({ gross, fee, held, net }: SettlementRow): void {
  expect([fee.currency, held.currency]).toEqual([net.currency, net.currency]);
  const parts: Money = add(add(fee, held), net);
  if (gross.currency === net.currency) expect(parts).toEqual(gross);
}
