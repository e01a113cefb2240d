import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { PartnerUnavailable } from '../../../../shared/partners/send.ts';
import { callFaults, present } from '../../../fixtures/partner-calls.ts';
import type { Bench } from './bench.ts';
import type { Intent } from './intent.ts';
import { describeUnless } from './unless.ts';

/** A PDF is any bytes, so that the suite finds an adapter that sends them as text. */
const bytes = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const texts = {
  product: '2 x Leinentuch (TEA-TOWEL)',
  summary: 'Parcel par_1 was delivered on 2026-12-04 10:00 UTC.',
  customerName: 'Ανδρέας Παπαδόπουλος',
  customerEmail: 'andreas@example.com',
  shippingAddress: 'Οδός Αθηνάς 1, 10551 Αθήνα, GR',
  carrier: 'easypost',
  trackingNumbers: 'EZ1000000001',
  shippedOn: '2026-12-01',
};

/** The evidence for disputes, at a provider that takes it by an API. */
export function describeEvidence(bench: Bench): void {
  const { disputes } = bench.entry.contract;

  it('says whether it takes evidence, and the suite can test it', () => {
    expect(disputes !== undefined).toBe(bench.provider.submitEvidence !== undefined);
  });

  const byHand = "evidence is given in the provider's dashboard";
  describeUnless(disputes === undefined ? byHand : undefined)('evidence for a dispute', () => {
    const opened = async () => {
      const intent = await bench.captured();
      return { intent, disputeId: (await disputes?.open(bench.url, intent)) ?? '' };
    };
    const submit = ({ orderId }: Intent, disputeId: string, made = { bytes, sha256 }) =>
      bench.provider.submitEvidence?.(present(), {
        ...{ orderId, disputeId, texts },
        document: { name: 'evidence.pdf', ...made },
      });
    const submitted = (disputeId: string) => disputes?.submitted(bench.url, disputeId);

    it('is submitted once, with the document and the texts', async () => {
      const { intent, disputeId } = await opened();
      expect(await submit(intent, disputeId)).toEqual({ document: sha256 });
      expect(await submit(intent, disputeId)).toEqual({ document: sha256 });
      const { texts: given = [], ...rest } = (await submitted(disputeId)) ?? {};
      expect(rest).toEqual({ times: 1, hasDocument: true });
      expect(given).toEqual(expect.arrayContaining(Object.values(texts)));
    });

    it('is over once the bank has decided', async () => {
      const { intent, disputeId } = await opened();
      await disputes?.decide(bench.url, disputeId);
      expect(await submit(intent, disputeId)).toBe('over');
      expect(await submitted(disputeId)).toMatchObject({ times: 0 });
    });

    it.each(callFaults)('is submitted once if the call meets the fault $name', async ({ fault }) => {
      const { intent, disputeId } = await opened();
      bench.strike(disputes?.operation ?? '', fault);
      await expect(submit(intent, disputeId)).rejects.toThrow(PartnerUnavailable);
      expect(await submit(intent, disputeId)).toEqual({ document: sha256 });
      expect(await submitted(disputeId)).toMatchObject({ times: 1 });
    });

    it('is the document that the provider has, though the repeat made another one', async () => {
      const { intent, disputeId } = await opened();
      bench.strike(disputes?.operation ?? '', { kind: 'reset', done: true });
      await expect(submit(intent, disputeId)).rejects.toThrow(PartnerUnavailable);
      // A scan came meanwhile, so that the document is printed with one line more.
      const later = Buffer.concat([bytes, Buffer.from('one scan more')]);
      const other = { bytes: later, sha256: createHash('sha256').update(later).digest('hex') };
      expect(await submit(intent, disputeId, other)).toEqual({ document: sha256 });
      expect(await submitted(disputeId)).toMatchObject({ times: 1 });
    });
  });
}
