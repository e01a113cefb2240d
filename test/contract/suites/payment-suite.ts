import { describe, expect, it } from 'vitest';
import { SettingsRefused } from '../../../shared/partners/plug-in.ts';
import { impatientSend } from '../../fixtures/partner-calls.ts';
import { describeBehaviours } from './payment/behaviours.ts';
import { Bench, type Entry } from './payment/bench.ts';
import { describeEvidence } from './payment/evidence.ts';
import { describeFaults } from './payment/faults.ts';
import { describeInstalments } from './payment/instalments.ts';
import { describeMoney } from './payment/money.ts';
import { describeSettlements } from './payment/settlements.ts';
import { describeSignatures } from './payment/signatures.ts';
import { describeWebhooks } from './payment/webhooks.ts';

/**
 * The tests that every payment provider must pass. They run over the registry, and over any further provider. The
 * abilities of each method on offer decide what is expected of it.
 */
export function describePaymentProvider(entry: Entry): void {
  const { plugIn, contract } = entry;
  describe(`payment provider ${plugIn.code}`, () => {
    const bench = new Bench(entry);
    const methods = [...new Set(plugIn.methods.map(({ method }) => method))];
    for (const method of methods) describeMoney(bench, method);
    for (const method of methods) if (bench.offer(method).chargesLater) describeInstalments(bench, method);
    describeFaults(bench);
    describeBehaviours(bench, methods);
    describeWebhooks(bench, methods);
    describeSignatures(bench);
    describeSettlements(bench);
    describeEvidence(bench);

    it('reports a declined attempt as failed, and accepts another attempt afterwards', async () => {
      if (bench.offer().flow !== 'confirm') return;
      const intent = await bench.start();
      await bench.pay(intent, 'declined');
      const declined = await bench.find(intent);
      expect(declined).toMatchObject({ status: 'failed', failureCode: contract.declineCode });
      await bench.pay(intent);
      expect(['authorised', 'captured']).toContain((await bench.find(intent)).status);
    });

    it.each(contract.amounts)(
      'charges $ours.amountMinor $ours.currency exactly',
      async ({ ours, theirs }) => {
        const intent = await bench.start(undefined, undefined, ours);
        expect((await bench.find(intent)).amount).toEqual(ours);
        expect(await contract.heldAmount(bench.url, intent.providerPaymentId)).toBe(theirs);
      },
    );

    it('refuses invalid settings without repeating them', () => {
      const bind = () =>
        plugIn.bind({ apiKey: 7, webhookSecrets: ['whsec_secret'] }, impatientSend(plugIn.code));
      expect(bind).toThrow(SettingsRefused);
      expect(bind).not.toThrow(/whsec_secret/);
    });
  });
}
