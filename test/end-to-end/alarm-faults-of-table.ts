import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { OPERATOR_SCOPES } from '../../infra/cli/client/operator-client.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { type Key, keys } from '../../shared/aws/table.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { dayMs } from '../../shared/kernel/time.ts';
import { actOnOrder } from '../../shared/timeline/index.ts';
import { held, started, voided } from '../builders/facts.ts';
import { placedAt } from '../builders/timeline.ts';
import { costOf, openShop } from '../component/stores/shop.ts';
import type { AlarmedBackend, AlarmFault } from './alarmed-backend.ts';
import { baskets, patiently } from './shopper.ts';

const ORDERS = 60;
const AT_ONCE = 6;
const UNRELAYABLE: Key = { pk: 'ORDER#ord_unrelayable', sk: 'FACT#000001' };

/** Faults of the table, and of what follows from its items. */
export const tableFaults: readonly AlarmFault[] = [
  {
    alarm: 'IncompleteOrders',
    what: 'an item can not be published, and is gone when it is tried again',
    logs: ['NOT_RELAYED', 'UNRELAYED_GONE'],
    make: async (at) => {
      await put(at, UNRELAYABLE, { outbox: 'order.placed', facts: Buffer.from('no facts') });
      // A write through the API makes the relay look at the stream.
      await at.running.shopper.quote(baskets.US);
      await until(() => at.logged('NOT_RELAYED') > 0);
      await at.table.client.send(new DeleteCommand({ TableName: at.table.name, Key: UNRELAYABLE }));
      await until(() => at.logged('UNRELAYED_GONE') > 0);
    },
  },
  {
    alarm: 'IncompleteOrders',
    what: 'the key of an item that can not be published is not taken by its queue',
    logs: ['NOT_HANDED_OVER'],
    make: async ({ faultRates, invoke }) => {
      const Keys = { pk: { S: UNRELAYABLE.pk }, sk: { S: UNRELAYABLE.sk } };
      const NewImage = { ...Keys, outbox: { S: 'order.placed' }, facts: { B: 'bm8gZmFjdHM=' } };
      const ApproximateCreationDateTime = Date.now() / 1_000;
      const dynamodb = { ApproximateCreationDateTime, Keys, NewImage, SequenceNumber: '1' };
      faultRates.throttle = 1;
      await invoke('operations/relay-facts', { Records: [{ eventName: 'INSERT', dynamodb }] });
      delete faultRates.throttle;
    },
  },
  {
    alarm: 'IncompleteOrders',
    what: 'the work that an order gives its warehouse is not counted',
    logs: ['WORK_NOT_COUNTED'],
    make: async (at) => {
      const { shopper } = at.running;
      const { quoteId, landedCost } = await shopper.quote<PlannedQuote>(baskets.US);
      const broken = landedCost.consignments.map(({ workDay = '', shipFrom, warehouseId = shipFrom }) =>
        keys.workload(orderIdOf(quoteId), workDay, warehouseId),
      );
      await Promise.all(broken.map((key) => put(at, key, { parcels: 'not a number' })));
      await shopper.place(quoteId, 'US');
      await Promise.all(broken.map((key) => remove(at, key)));
    },
  },
  {
    alarm: 'IncompleteOrders',
    what: 'it is not noted how many want a unit of stock',
    logs: ['DEMAND_NOT_NOTED'],
    make: async (at) => {
      const [{ sku }] = baskets.US.lines;
      const broken = sampleWarehouses.map(({ warehouseId }) => keys.stockDemand(sku, warehouseId));
      await Promise.all(broken.map((key) => put(at, key, { reservations: 'not a number' })));
      const order = async () => {
        const { quoteId } = await at.running.shopper.quote(baskets.US);
        await at.running.shopper.place(quoteId, 'US');
      };
      // Many orders, or orders that meet at the same units, are noted.
      for (let orders = 0; orders < ORDERS && at.logged('DEMAND_NOT_NOTED') === 0; orders += AT_ONCE)
        await Promise.all(Array.from({ length: AT_ONCE }, order));
      await Promise.all(broken.map((key) => remove(at, key)));
    },
  },
  {
    alarm: 'OverdueOrders',
    what: 'nobody has looked at a held order for days',
    logs: ['OVERDUE'],
    make: async (at) => {
      const shop = openShop({ table: at.table, items: async () => [] } as never);
      // No function reacts to the last facts of this order, so that only the sweep moves it.
      shop.pass(Date.now() - Date.parse(placedAt) - 3 * dayMs);
      await shop.receive('OVERDUE', 1);
      const orderId = await shop.buy(costOf([{ sku: 'OVERDUE', quantity: 1 }]));
      await actOnOrder(shop, orderId, { by: 'journey' }, () => [started(), voided(), held('payment-voided')]);
      await at.running.backend.cloud.runSchedule('entrepot-local-OperationsEveryMinuteSweepDueWork');
    },
  },
  {
    alarm: 'TableReadThrottles',
    // A caller gets a server error for it.
    also: ['ApiErrors'],
    what: 'the table refuses reads',
    make: askWhileThrottled,
  },
  {
    alarm: 'TableWriteThrottles',
    what: 'the table refuses writes',
    make: writeWhileThrottled,
  },
];

interface PlannedQuote {
  readonly quoteId: string;
  readonly landedCost: {
    readonly consignments: readonly {
      readonly shipFrom: string;
      readonly warehouseId?: string;
      readonly workDay?: string;
    }[];
  };
}

/** Stores an item as only a fault could leave it. */
function put({ table }: AlarmedBackend, key: Key, attributes: object): Promise<unknown> {
  return table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...attributes } }));
}

function remove({ table }: AlarmedBackend, key: Key): Promise<unknown> {
  return table.client.send(new DeleteCommand({ TableName: table.name, Key: key }));
}

const until = (holds: () => boolean): Promise<void> =>
  patiently(async () => {
    if (!holds()) throw new Error('not yet');
  });

async function askWhileThrottled({ faultRates, running }: AlarmedBackend): Promise<void> {
  faultRates.throttle = 1;
  const path = `${running.backend.url}/v1/orders/ord_01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const headers = { 'x-entrepot-key': running.storefrontKey };
  await Promise.all(Array.from({ length: 4 }, async () => (await fetch(path, { headers })).body?.cancel()));
  delete faultRates.throttle;
}

async function writeWhileThrottled({ faultRates, running: { backend } }: AlarmedBackend): Promise<void> {
  const headers = {
    authorization: `Bearer ${await backend.cloud.issueToken(OPERATOR_SCOPES)}`,
    'content-type': 'application/json',
  };
  faultRates.throttle = 1;
  const request = { method: 'PUT', headers, body: JSON.stringify({ name: 'Throttled' }) };
  const path = `${backend.url}/v1/admin/storefronts/throttled`;
  await Promise.all(Array.from({ length: 4 }, async () => (await fetch(path, request)).body?.cancel()));
  delete faultRates.throttle;
}
