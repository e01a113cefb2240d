import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { vi } from 'vitest';
import { createSecrets } from '../../shared/aws/secrets.ts';
import { minuteMs } from '../../shared/kernel/time.ts';
import { paymentProviders } from '../../shared/payment/providers/index.ts';
import { createPartners } from '../../shared/runtime/partners.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import type { AlarmedBackend, AlarmFault } from './alarmed-backend.ts';
import { booksOf } from './partners-books.ts';
import { baskets } from './shopper.ts';

const CALLS_AT_ONCE = 100;
const MAX_BURSTS = 60;
const SECRET = 'entrepot/local/partners-payment';

/** Faults of partners, of their calls and of their settings. */
export const partnerFaults: readonly AlarmFault[] = [
  {
    alarm: 'RefusedCallbacks',
    what: "a partner's call has a wrong signature",
    logs: ['CALLBACK_REFUSED'],
    make: callUnsigned,
  },
  {
    alarm: 'FunctionThrottles',
    what: 'more calls come at once than a function may handle',
    make: callTooOften,
  },
  {
    alarm: 'UnknownOrders',
    what: "a provider's payment belongs to no order of ours",
    logs: ['callback-without-order'],
    make: (at) => at.call('payment', 'stripe', captureEvent('evt_unknown', unknownIntent)),
  },
  {
    alarm: 'UnrecognisedWords',
    what: 'a provider reports what we have no word for',
    logs: ['partner-word-unrecognised'],
    make: ({ call }) =>
      call('payment', 'stripe', { id: 'evt_word', type: 'charge.dispute.created', data: { object: {} } }),
  },
  {
    alarm: 'AmountDiffers',
    what: 'a provider holds another amount than was asked for',
    logs: ['amount-differs'],
    make: async (at) => {
      const { shopper, backend } = at.running;
      const { quoteId } = await shopper.quote(baskets.DE);
      const { orderId } = await shopper.place(quoteId, 'DE');
      const [intent] = (await booksOf(backend.partners.urls, [orderId])).intents;
      const held = { ...intent, status: 'requires_capture', amount_capturable: 1 };
      await at.call('payment', 'stripe', captureEvent('evt_amount', held));
    },
  },
  {
    alarm: 'PartnerRefused',
    what: 'a carrier refuses a parcel',
    logs: ['partner-refused'],
    make: async ({ running: { backend, shopper, stripeUrl } }) => {
      backend.partners.faults.add({ partner: 'easypost', behaviour: 'refused', times: 1 });
      await shopper.buy(baskets.US, stripeUrl);
    },
  },
  {
    alarm: 'OldSettings',
    what: 'the new settings of a partner can not be used',
    logs: ['SETTINGS_REFUSED'],
    make: (at) => rebindAfter(at, { SecretString: '{"stripe":{}}' }),
  },
  {
    alarm: 'OldSettings',
    what: 'the secret with the settings can not be read',
    logs: ['SECRET_UNREAD'],
    make: (at) => rebindAfter(at, { SecretBinary: Buffer.from('{}') }),
  },
];

const captureEvent = (id: string, object: object) => ({
  id,
  type: 'payment_intent.amount_capturable_updated',
  data: { object },
});

const unknownIntent = {
  ...{ id: 'pi_unknown', object: 'payment_intent', status: 'requires_capture', currency: 'eur' },
  ...{ amount: 100, amount_capturable: 100, amount_received: 0 },
  metadata: { orderId: 'ord_01ARZ3NDEKTSV4RRFFQ69G5FAV', paymentId: 'pay_01ARZ3NDEKTSV4RRFFQ69G5FAV' },
};

/** How many calls of a burst meet in the function depends on the machine. So bursts follow until enough did. */
async function callTooOften(at: AlarmedBackend): Promise<void> {
  for (let burst = 0; burst < MAX_BURSTS && !at.alarm('FunctionThrottles').isRaised; burst += 1)
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, () => callUnsigned(at)));
}

async function callUnsigned({ running: { backend } }: AlarmedBackend): Promise<void> {
  const answer = await fetch(`${backend.url}/v1/hooks/payment/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
    body: '{"id":"evt_1"}',
  });
  await answer.body?.cancel();
}

/**
 * Changes the secret while a function has bound its partner, and lets the function need the partner again six minutes
 * later. The function's own code runs here, because its clock has to be ahead; what it logs is put into its log.
 */
async function rebindAfter(
  at: AlarmedBackend,
  changed: Pick<PutSecretValueCommand['input'], 'SecretString' | 'SecretBinary'>,
): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint: at.running.backend.cloud.awsUrl,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const clock = { aheadMs: 0 };
  const partners = createPartners({
    kind: 'payment',
    registry: paymentProviders,
    secrets: createSecrets(() => new Date(Date.now() + clock.aheadMs), client),
    settings: readSettings({
      TABLE_NAME: 't',
      BUS_NAME: 'b',
      STAGE: 'local',
      SECRET_PARTNERS_PAYMENT: SECRET,
    }),
    clock: () => new Date(Date.now() + clock.aheadMs),
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: SECRET }));
  const bound = await partners.get('stripe');
  try {
    await client.send(new PutSecretValueCommand({ SecretId: SECRET, ...changed }));
    clock.aheadMs = 6 * minuteMs;
    for (const line of await linesOf(() => partners.get('stripe').then((again) => again === bound)))
      at.write('3-payment/on-payment-callback', line);
  } finally {
    await client.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString }));
    client.destroy();
  }
}

/** The lines that are logged meanwhile. Throws if the work does not end with true. */
async function linesOf(work: () => Promise<boolean>): Promise<object[]> {
  const texts: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      texts.push(String(text));
      return true;
    }),
  );
  try {
    if (!(await work())) throw new Error('the settings bound before are not used');
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  const lines = texts.join('').split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
}
