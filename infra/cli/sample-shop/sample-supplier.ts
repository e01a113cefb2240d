import type { Partners } from '../../sandbox/start-partners.ts';
import type { ApiClient } from '../client/api-client.ts';

/** What the sample supplier sells, and how it is reached; `url` is the address of its sandbox. */
export const sampleSupplier = (url: string, over: object = {}) => ({
  name: 'Sample supplier',
  originCountries: ['CN'],
  offers: [
    {
      ...{ sku: 'MUG-CERAMIC-350', supplierSku: 'NC-350', casePack: 24, minimumUnits: 48, leadTimeDays: 35 },
      prices: [
        { fromUnits: 1, unitPrice: { amount: 180, currency: 'EUR' } },
        { fromUnits: 960, unitPrice: { amount: 164, currency: 'EUR' } },
      ],
    },
  ],
  sending: { way: 'http', url: `${url}/v1/documents` },
  ...over,
});

/** Stores a supplier whose sandbox runs, and hands the sandbox its secret, as an operator would send it. */
export async function connectSupplier(
  operator: ApiClient,
  partners: Pick<Partners, 'urlOf' | 'setKeys'>,
  supplierId: string,
  over: object = {},
): Promise<void> {
  const { signingSecret } = await operator.call<{ signingSecret: string }>({
    method: 'PUT',
    path: `/v1/admin/replenishment/suppliers/${supplierId}`,
    body: sampleSupplier(partners.urlOf(supplierId), over),
  });
  partners.setKeys(supplierId, { webhookSecret: signingSecret });
}
