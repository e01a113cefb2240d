import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Partners, startPartners } from '../../infra/sandbox/start-partners.ts';
import { chooseBroker, clearParcels, receiveCustomsCallback } from '../../shared/customs/index.ts';
import { createSend } from '../../shared/runtime/partner-sender.ts';
import { receiveWarehouseCallback, requestDispatch } from '../../shared/warehouse/index.ts';
import { untilBooked } from '../builders/facts.ts';
import { orderId, timelineOf } from '../builders/timeline.ts';
import { createHarness } from '../fakes/harness.ts';
import { toCallback } from '../fixtures/partner-calls.ts';
import { paperwork } from '../fixtures/toys/customs/paperwork/adapter.ts';
import { shed } from '../fixtures/toys/warehouse/shed/adapter.ts';
import { newDataDir, type Receiver, startReceiver, until } from './partners/sandbox.ts';
import { partnersWithToys } from './suites/toys.ts';

let receiver: Receiver;
let partners: Partners;

beforeAll(async () => {
  receiver = await startReceiver();
  const all = await partnersWithToys();
  partners = await startPartners({
    dataDir: newDataDir(),
    hooksBaseUrl: receiver.url,
    partners: all,
    pace: 10,
  });
});
afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

/** The toys, bound to what an operator stores for them. */
function bindToys() {
  const settings = partners.settings();
  return {
    broker: paperwork.bind(settings['partners-customs']?.paperwork, createSend({ partner: 'paperwork' })),
    system: shed.bind(settings['partners-warehouse']?.shed, createSend({ partner: 'shed' })),
  };
}

/** The genuine calls that arrived below this address, once nothing moves any more. */
async function callsAt(path: string, verify: ReturnType<typeof bindToys>['broker']['verify']) {
  await until(() => partners.idle());
  return receiver.arrived
    .filter((arrived) => arrived.path === path)
    .map((arrived) => {
      const callback = toCallback(arrived);
      const verdict = verify(new Date().toISOString(), callback);
      if (!verdict.genuine) throw new Error(`not genuine: ${verdict.reason}`);
      return { callbackId: verdict.callbackId, rawBody: callback.rawBody };
    });
}

it('an order is declared by the toy broker and dispatched by the toy warehouse', async () => {
  const { broker, system } = bindToys();
  const harness = createHarness(timelineOf(untilBooked()));
  const find = async (code: string) => (code === broker.code ? broker : undefined);
  const deps = {
    ...harness.deps,
    brokerFor: (regime: string) =>
      chooseBroker(regime, { chosen: { [regime]: 'paperwork' }, registered: ['broker'], find }),
    brokerByCode: async () => broker,
    warehouseById: async () => ({ ...(await harness.deps.warehouseById()), system: 'shed' }),
    systemByCode: async (code: string) => {
      if (code !== 'shed') throw new Error(`asked for ${code}`);
      return system;
    },
  };

  await clearParcels(deps, orderId, harness.cause);
  expect(harness.facts().at(-1)).toMatchObject({ name: 'declaration.filed', data: { broker: 'paperwork' } });
  for (const call of await callsAt('/v1/hooks/customs/paperwork', broker.verify))
    await receiveCustomsCallback(deps, { code: 'paperwork', ...call });
  expect(harness.names()).toContain('parcel.cleared');

  await requestDispatch(deps, orderId, harness.cause);
  for (const call of await callsAt('/v1/hooks/warehouse/shed', system.verify))
    await receiveWarehouseCallback(deps, { code: 'shed', ...call });
  expect(harness.names()).toContain('parcel.dispatched');
});
