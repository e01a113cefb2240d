import { createJsonServer, readJson } from '../../../../../infra/sandbox/json-partner.ts';
import type {
  Operation,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey, newWebhookSecret } from '../../../../../infra/sandbox/partner-keys.ts';
import { signAsStandardWebhook } from '../../../../../infra/sandbox/signatures.ts';
import { checkOrder } from './check-order.ts';
import { WarehouseFloor } from './floor.ts';
import { warehouseHelp } from './help.ts';

/** The warehouse. It picks, packs and hands over dispatch orders, and reports each step by webhook. */
export const sandboxPartner: SandboxPartner = {
  kind: 'warehouse',
  code: 'wms',
  portOffset: 3,
  help: warehouseHelp,
  createKeys: () => ({ apiKey: newApiKey('wms_'), webhookSecret: newWebhookSecret() }),
  settings: ({ url, apiKey, webhookSecrets }) => ({ apiKey, webhookSecrets, baseUrl: url }),
  signHook: signAsStandardWebhook,
  createServer: createWarehouse,
};

function createWarehouse(sandbox: Sandbox): PartnerServer {
  const floor = new WarehouseFloor(sandbox);
  return createJsonServer(sandbox, {
    code: 'wms',
    keyed: ['dispatch_orders.create'],
    operations: dispatchOperations(floor),
    steps: { 'wms.work': (work: Parameters<WarehouseFloor['work']>[0]) => floor.work(work) },
    contextOf: (_request, { id = '' }) => JSON.stringify(floor.find(id) ?? ''),
  });
}

function dispatchOperations(floor: WarehouseFloor): Operation[] {
  return [
    {
      name: 'dispatch_orders.create',
      method: 'POST',
      path: '/v1/dispatch-orders',
      answer: (request) => ({ status: 202, body: floor.take(checkOrder(readJson(request))) }),
    },
    {
      name: 'dispatch_orders.retrieve',
      method: 'GET',
      path: '/v1/dispatch-orders/:id',
      answer: (_request, { id = '' }) => ({ status: 200, body: floor.view(id) }),
    },
    {
      name: 'dispatch_orders.cancel',
      method: 'POST',
      path: '/v1/dispatch-orders/:id/cancellation',
      answer: (_request, { id = '' }) => ({ status: 200, body: floor.cancel(id) }),
    },
  ];
}
