import { expect, test } from 'vitest';
import { shipmentOf } from '../../../shared/shipping/carriers/easypost/requests.ts';
import { bookParcels } from '../../../shared/shipping/index.ts';
import { placed, untilPaid } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const from = '2026-12-07T07:00:00.000Z';
const to = '2026-12-07T11:00:00.000Z';
const deliverySlot = { slotId: 'de-berlin_2026-12-07_0800-1200_timed', from, to, carrier: 'easypost' };

async function commandsOf(slot: { deliverySlot?: typeof deliverySlot }) {
  const harness = createHarness(timelineOf([placed(slot), ...untilPaid().slice(1)]));
  await bookParcels(harness.deps, orderId, harness.cause);
  return [...harness.carrier.labels.values()].map(({ command }) => command);
}

test('the booked slot is included in the booking of every parcel', async () => {
  const commands = await commandsOf({ deliverySlot });
  expect(commands.map(({ deliveryWindow }) => deliveryWindow)).toEqual([{ from, to }]);
});

test('an order without a slot sends no delivery window', async () => {
  for (const command of await commandsOf({})) expect(command).not.toHaveProperty('deliveryWindow');
});

test('EasyPost receives the window as the earliest and the latest time of delivery', async () => {
  const access = { apiKey: 'EZTK', baseUrl: 'https://api.easypost.com' };
  const optionsOf = async (slot: Parameters<typeof commandsOf>[0]) => {
    const [command] = await commandsOf(slot);
    if (command === undefined) throw new Error('the parcel was booked');
    const { customs: _, ...plain } = command;
    return shipmentOf(access, plain).options;
  };
  expect(await optionsOf({ deliverySlot })).toEqual({
    label_format: 'PDF',
    delivery_min_datetime: from,
    delivery_max_datetime: to,
  });
  expect(await optionsOf({})).toEqual({ label_format: 'PDF' });
});

test('a slot that has passed by the time of booking is not sent to the carrier', async () => {
  const over = { ...deliverySlot, from: '2026-11-22T07:00:00.000Z', to: '2026-11-22T11:00:00.000Z' };
  for (const command of await commandsOf({ deliverySlot: over }))
    expect(command).not.toHaveProperty('deliveryWindow');
});
