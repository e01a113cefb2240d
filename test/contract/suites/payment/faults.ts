import { describe, expect, it } from 'vitest';
import { PartnerUnavailable } from '../../../../shared/partners/send.ts';
import { callFaults, present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import { partOf } from './intent.ts';
import { proofs } from './proofs.ts';
import { unless } from './unless.ts';

/** Calls that meet a fault, or that run twice at the same time: each effect happens once. */
export function describeFaults(bench: Bench): void {
  const { operations } = bench.entry.contract;
  const captures = bench.offer().captures !== 'at-once';
  const twice = async (operation: string, ask: () => Promise<unknown>) => {
    bench.strike(operation, { kind: 'slow', delayMs: 120 });
    const outcomes = await Promise.allSettled([ask(), ask()]);
    const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    for (const failure of failures) expect(failure).toBeInstanceOf(PartnerUnavailable);
    expect(failures.length).toBeLessThan(2);
  };

  it('acts once if two calls run at the same time', async () => {
    const ids = bench.ids();
    await twice(operations.start, () => bench.start(undefined, ids));
    const intent = await bench.start(undefined, ids);
    await bench.pay(intent);
    if (captures) await twice(operations.capture ?? '', () => bench.capture(intent));
    const part = partOf(intent.amount, 1);
    await twice(operations.refund, () => bench.refund(intent, part));
    expect(await bench.effects(ids)).toEqual({
      ...{ intents: 1, captures: 1, refunds: 1, refunded: part.amountMinor },
    });
  });

  unless(captures ? undefined : proofs.whole.otherwise)(
    'captures and voids once, whatever meets the calls',
    () => {
      // Each fault is a group below.
      expect([operations.capture, operations.void]).not.toContain(undefined);
    },
  );

  describe.each(callFaults)('if a call meets the fault $name', ({ fault }) => {
    it('start: there is one intent', async () => {
      const ids = bench.ids();
      bench.strike(operations.start, fault);
      await expect(bench.start(undefined, ids)).rejects.toThrow(PartnerUnavailable);
      const intent = await bench.start(undefined, ids);
      expect((await bench.find(intent)).captures).toEqual([]);
      expect(await bench.effects(ids)).toMatchObject({ intents: 1 });
    });

    it('start: what it left is looked for by our ids, which makes nothing', async () => {
      const ids = bench.ids();
      bench.strike(operations.start, fault);
      await expect(bench.start(undefined, ids)).rejects.toThrow(PartnerUnavailable);
      const { intents } = await bench.effects(ids);
      const found = await bench.provider.findStarted?.(present(), ids);
      const canLook = bench.provider.findStarted !== undefined;
      expect(found?.captures).toEqual(canLook && intents > 0 ? [] : undefined);
      expect(await bench.effects(ids)).toMatchObject({ intents });
    });

    it('refund: there is one refund', async () => {
      const intent = await bench.captured();
      bench.strike(operations.refund, fault);
      const part = partOf(intent.amount, 1);
      await expect(bench.refund(intent, part)).rejects.toThrow(PartnerUnavailable);
      expect(await bench.refund(intent, part)).toMatchObject({ amount: part });
      expect(await bench.effects(intent)).toMatchObject({ refunds: 1, refunded: part.amountMinor });
    });

    it('find: the second try succeeds', async () => {
      const intent = await bench.start();
      bench.strike(operations.find, fault);
      await expect(bench.find(intent)).rejects.toThrow(PartnerUnavailable);
      expect(await bench.find(intent)).toMatchObject({ amount: intent.amount });
    });

    if (!captures) return;

    it('capture: there is one capture', async () => {
      const intent = await bench.paid();
      bench.strike(operations.capture ?? '', fault);
      await expect(bench.capture(intent)).rejects.toThrow(PartnerUnavailable);
      const { status, captures: taken } = await bench.capture(intent);
      expect({ status, amounts: taken.map(({ amount }) => amount) }).toEqual({
        ...{ status: 'captured', amounts: [intent.amount] },
      });
    });

    it('void: the intent is voided', async () => {
      const intent = await bench.paid();
      bench.strike(operations.void ?? '', fault);
      await expect(bench.void(intent)).rejects.toThrow(PartnerUnavailable);
      expect(await bench.void(intent)).toMatchObject({ status: 'voided' });
    });
  });
}
