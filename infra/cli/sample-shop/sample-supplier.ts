import type { Partners } from '../../sandbox/start-partners.ts';
import { SAMPLE_SUPPLIER } from '../../sandbox/supplier/partner.ts';
import { type ApiClient, ApiProblem } from '../client/api-client.ts';

/** What the sample supplier sells, and how it is reached; `url` is the address of its sandbox. */
const sampleSupplier = (url: string) => ({
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
});

/**
 * Stores a supplier whose sandbox runs, and hands the sandbox its secret, as an operator would send it. `over` replaces
 * fields of the sample.
 */
export async function connectSupplier(
  operator: ApiClient,
  partners: Pick<Partners, 'urlOf' | 'setKeys'>,
  supplierId: string,
  over: object = {},
): Promise<void> {
  const { signingSecret } = await operator.call<{ signingSecret: string }>({
    method: 'PUT',
    path: `/v1/admin/replenishment/suppliers/${supplierId}`,
    body: { ...sampleSupplier(partners.urlOf(supplierId)), ...over },
  });
  partners.setKeys(supplierId, { webhookSecret: signingSecret });
}

/** Connects the supplier of the sample shop at a start: as it is stored, or the sample where none is. */
export async function connectSampleSupplier(
  operator: ApiClient,
  partners: Pick<Partners, 'urls' | 'urlOf' | 'setKeys'>,
): Promise<void> {
  if (partners.urls[SAMPLE_SUPPLIER] === undefined) return;
  const path = `/v1/admin/replenishment/suppliers/${SAMPLE_SUPPLIER}`;
  const stored = await operator
    .call<Record<string, unknown>>({ method: 'GET', path })
    .catch((error): Record<string, unknown> => {
      if (error instanceof ApiProblem && error.status === 404) return {};
      throw error;
    });
  const { supplierId: _, scorecard: __, missingCertificates: ___, deliveries: ____, ...own } = stored;
  await connectSupplier(operator, partners, SAMPLE_SUPPLIER, own);
}
