import type { PartnerAnswer, PartnerRequest, PartnerServer, Sandbox, SandboxPartner } from '../partner.ts';
import { newApiKey, newWebhookSecret } from '../partner-keys.ts';
import { signAsStandardWebhook } from '../signatures.ts';
import { signatureOf } from './check-signature.ts';
import { supplierHelp } from './help.ts';
import { SupplierOffice } from './office.ts';
import { readDocument } from './read-document.ts';

/** The supplier that runs with the sample shop. */
export const SAMPLE_SUPPLIER = 'sample-supplier';

/**
 * A supplier that takes UBL 2.1 orders over HTTP, answers them and ships. It is no plug-in: every supplier speaks the
 * same protocol, and is stored by an operator. The answer to that has the secret, which becomes the `webhookSecret` of
 * its keys: the supplier checks our orders by it, and signs its own calls with it.
 */
export const supplierSandbox = (code: string, portOffset?: number): SandboxPartner => ({
  ...{ kind: 'supplier', code, portOffset, help: supplierHelp },
  createKeys: () => ({ apiKey: newApiKey('sup_'), webhookSecret: newWebhookSecret() }),
  // Nothing of it is in a secret of the backend.
  settings: () => ({}),
  signHook: signAsStandardWebhook,
  createServer: (sandbox) => createSupplier(code, sandbox),
});

function createSupplier(code: string, sandbox: Sandbox): PartnerServer {
  const office = new SupplierOffice(code, sandbox);
  return {
    operations: [
      {
        ...{ name: 'documents.take', method: 'POST', path: '/v1/documents' },
        answer: ({ body }) => {
          const document = readDocument(body);
          if (document === undefined)
            return plain(400, 'Neither an Order nor an OrderCancellation of UBL 2.1');
          return document.kind === 'order' ? office.take(document) : office.cancel(document.orderId);
        },
      },
      {
        ...{ name: 'orders.retrieve', method: 'GET', path: '/v1/orders/:id' },
        answer: (_request, { id = '' }) => office.show(id),
      },
    ],
    steps: {
      [`${code}.answer`]: ({ orderId }: { readonly orderId: string }) => office.answer(orderId),
      [`${code}.ship`]: ({ orderId }: { readonly orderId: string }) => office.ship(orderId),
    },
    guard: (request, { name }, work) => {
      if (name !== 'documents.take') return work();
      const wrong = signatureOf(request, sandbox.keys().webhookSecret, sandbox.now());
      return wrong === undefined ? work() : plain(401, wrong);
    },
    contextOf: (_request, { id = '' }) => id,
    inFlightKey: ({ headers }: PartnerRequest) => headers['idempotency-key'],
    conflict: () => plain(409, 'The same document is being taken at this moment'),
    error: (status, _requestId, detail) => plain(status, detail),
  };
}

const plain = (status: number, text: string): PartnerAnswer => ({
  ...{ status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text },
});
