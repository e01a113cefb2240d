import { triggerList } from '../../events/triggers.ts';
import { isWanted } from '../../events/wanted-fact.ts';
import type { Happening, RandomJourney } from './random-journey.ts';

/** The step of the journey that each function runs. */
const stepOf: Readonly<Record<string, Happening>> = {
  '3-payment/on-screening-released': 'capture',
  '3-payment/on-order-stopped': 'return',
  '4-screening/on-payment-authorised': 'screen',
  '5-shipping/on-payment-captured': 'book',
  '5-shipping/on-order-cancelled': 'void',
  '6-customs/on-parcel-booked': 'clear',
  '6-customs/on-order-cancelled': 'withdraw',
  '7-warehouse/on-parcel-cleared': 'dispatch',
  '7-warehouse/on-cancellation-requested': 'stop',
};

const subscriptions = triggerList.flatMap(([id, trigger]) => {
  const step = stepOf[id];
  return step === undefined || trigger.kind !== 'queue' || trigger.facts === undefined
    ? []
    : trigger.facts.map((wanted) => ({ wanted, step }));
});

const MAX_ROUNDS = 60;

/**
 * Delivers what the queues hold, and no more: each fact once to each of its subscribers, failed messages until they
 * succeed or are parked, partners' calls. Meanwhile the partners go on with their work. No step is repeated by a clock.
 */
export async function deliverMessages(journey: RandomJourney): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await journey.let({ happening: 'minutes', choice: 0 });
    for (const step of stepsDue(journey)) await journey.let({ happening: step, choice: round });
    for (let left = journey.queue.failed.length; left > 0; left -= 1) await journey.queue.redeliver(0);
    for (let left = journey.mailbox.length; left > 0; left -= 1)
      await journey.let({ happening: 'call', choice: 0 });
    await journey.let({ happening: 'pick', choice: round });
    await journey.let({ happening: 'authority', choice: round });
  }
}

/** The steps that a fact has started and that have not run since. */
function stepsDue({ harness, queue }: RandomJourney): Happening[] {
  const due = subscriptions.filter(({ wanted, step }) =>
    harness.facts().some((fact) => isWanted(wanted, fact) && fact.sequence > queue.seenBy(step)),
  );
  return [...new Set(due.map(({ step }) => step))];
}
