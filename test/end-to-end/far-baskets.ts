import { type ApiClient, ApiProblem } from '../../infra/cli/client/api-client.ts';
import type { Basket } from './shopper.ts';

interface Amount {
  readonly amount: number;
  readonly currency: string;
}
export type Totals = Readonly<Record<'goods' | 'shipping' | 'duty' | 'tax' | 'fees' | 'total', Amount>>;
interface Option {
  readonly optionId: string;
  readonly labels: readonly string[];
  readonly totals: Totals;
  readonly promise: { readonly latest: string };
}
export interface Quote extends Omit<Option, 'labels' | 'promise'> {
  readonly quoteId: string;
  readonly options: readonly Option[];
  readonly landedCost: {
    readonly ruleSet: { readonly version: string };
    readonly consignments: readonly {
      readonly charges: readonly { readonly kind: string; readonly formula: string }[];
    }[];
  };
  readonly blockedLines: readonly {
    readonly lineId: string;
    readonly ruleId: string;
    readonly law: string;
  }[];
}
export interface Refreshed extends Quote {
  readonly previousQuoteId: string;
  readonly difference: Amount;
  readonly changes: readonly { readonly what: string; readonly amount?: Amount; readonly detail: string }[];
}
export interface Imported {
  readonly version: string;
  readonly stored: boolean;
  readonly changes: readonly object[];
}
export interface BrokersDeclaration {
  readonly request: {
    readonly importer: { readonly id?: string };
    readonly additionalFiscalReferences?: readonly object[];
    readonly items: readonly { readonly charges: readonly BrokersCharge[] }[];
  };
}
interface BrokersCharge {
  readonly type: string;
  readonly amount: { readonly amountMinor: number; readonly currency: string };
}

const consignee = { name: 'Sam Sample', line1: '1 Sample Street' };
export const addresses = {
  BR: {
    ...consignee,
    ...{ city: 'Belo Horizonte', region: 'MG', postalCode: '30130-010', country: 'BR' },
    taxId: '111.444.777-35',
  },
  CA: { ...consignee, city: 'Toronto', region: 'ON', postalCode: 'M5H 2N2', country: 'CA' },
  JP: { ...consignee, city: 'Tokyo', postalCode: '100-0001', country: 'JP' },
  NO: { ...consignee, city: 'Oslo', postalCode: '0150', country: 'NO' },
  SG: { ...consignee, city: 'Singapore', postalCode: '018956', country: 'SG' },
};
export const baskets = {
  BR: basket('BR', '30130-010', 'BRL', [{ sku: 'UMBRELLA-FOLDING', quantity: 2 }]),
  JP: basket('JP', '100-0001', 'JPY', [{ sku: 'DRESS-COTTON', quantity: 2 }]),
  NO: basket('NO', '0150', 'NOK', [
    { sku: 'CASE-PHONE-CLEAR', quantity: 2 },
    { sku: 'CREAM-HAND-75', quantity: 1 },
  ]),
  SG: basket('SG', '018956', 'SGD', [{ sku: 'UMBRELLA-FOLDING', quantity: 1 }]),
};

function basket(country: string, postalCode: string, currency: string, lines: Basket['lines']): Basket {
  return { destination: { country, postalCode }, currency, lines };
}

export const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

/** What the declarations say of duty or tax, item by item, in that currency. */
export function chargesOf(
  declared: readonly BrokersDeclaration[],
  kind: 'duty' | 'tax',
  currency: string,
): number[] {
  return declared
    .flatMap(({ request }) => request.items.flatMap(({ charges }) => charges))
    .filter(({ type, amount }) => type === kind.toUpperCase() && amount.currency === currency)
    .map(({ amount }) => amount.amountMinor);
}

/** The status of a refused call and the fields that it names; throws when it was not refused. */
export async function refusalOf(attempt: Promise<unknown>): Promise<{ status: number; pointers: string[] }> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiProblem)) throw new Error('it was not refused');
  const { errors = [] } = error.problem as { errors?: { pointer: string }[] };
  return { status: error.status, pointers: errors.map(({ pointer }) => pointer) };
}

/** Stores a product at a price in euro cents, with thirty of it at Shenzhen. */
export async function offer(
  operator: ApiClient,
  sku: string,
  goods: { readonly description: string; readonly hsCode: string },
  amount: number,
): Promise<void> {
  await operator.call({
    method: 'PUT',
    path: `/v1/admin/products/${sku}`,
    body: {
      ...{ ...goods, originCountry: 'CN', unitWeightGrams: 300 },
      dimensions: { lengthMm: 280, widthMm: 60, heightMm: 60 },
      prices: [{ amount, currency: 'EUR' }],
    },
  });
  await operator.call({
    method: 'POST',
    path: '/v1/admin/stock/movements',
    headers: { 'idempotency-key': `received-${sku}` },
    body: { kind: 'receive', sku, warehouseId: 'cn-shenzhen', quantity: 30 },
  });
}
