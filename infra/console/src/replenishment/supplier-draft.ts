import { ApiError, type Schema } from '../api/client.ts';
import { amountOf } from '../orders/amount-field.ts';

export type Offer = Schema<'SupplierOffer'>;
export type SupplierBody = Schema<'SupplierToStore'>;
type Stored = Schema<'Supplier'>;

/** A supplier as it is typed. Numbers are sent as they are, so that the backend names the field that is wrong. */
export interface Draft {
  readonly name: string;
  readonly originCountries: string;
  readonly status: Stored['status'];
  readonly shareLimitPercent: string;
  readonly kilograms: string;
  readonly litres: string;
  readonly requiredCertificates: string;
  readonly certificates: Stored['certificates'];
  readonly way: 'file' | 'http';
  readonly url: string;
  readonly offers: readonly Offer[];
}

export const EMPTY: Draft = {
  ...{ name: '', originCountries: '', status: 'up', shareLimitPercent: '100', kilograms: '', litres: '' },
  ...{ requiredCertificates: '', certificates: [], way: 'file', url: '', offers: [] },
};

export const draftOf = (stored: Omit<Stored, 'supplierId'>): Draft => ({
  name: stored.name,
  originCountries: stored.originCountries.join(', '),
  status: stored.status,
  shareLimitPercent: String(stored.shareLimitPercent),
  kilograms: String(stored.container?.kilograms ?? ''),
  litres: String(stored.container?.litres ?? ''),
  requiredCertificates: stored.requiredCertificates.join(', '),
  certificates: stored.certificates,
  way: stored.sending.way,
  url: stored.sending.way === 'http' ? String(stored.sending.url) : '',
  offers: stored.offers,
});

const listOf = (typed: string) =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
const numberOf = (typed: string) => (typed.trim() === '' ? undefined : Number(typed));

export function bodyOf(draft: Draft): SupplierBody {
  const [kilograms, litres] = [numberOf(draft.kilograms), numberOf(draft.litres)];
  const container = {
    ...(kilograms === undefined ? {} : { kilograms }),
    ...(litres === undefined ? {} : { litres }),
  };
  return {
    name: draft.name,
    originCountries: listOf(draft.originCountries),
    status: draft.status,
    shareLimitPercent: Number(draft.shareLimitPercent),
    ...(Object.keys(container).length === 0 ? {} : { container }),
    requiredCertificates: listOf(draft.requiredCertificates),
    certificates: draft.certificates,
    sending: draft.way === 'http' ? { way: 'http', url: draft.url.trim() } : { way: 'file' },
    offers: [...draft.offers],
  };
}

/** What a refusal says of each field, by its name; `/offers/2/casePack` is named `offers`. */
export function fieldErrors(error: Error | null): ReadonlyMap<string, string> {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return new Map(
    errors.map(({ pointer, detail }) => [
      pointer.replace(/^#?\/(?:body\/)?/, '').split('/')[0] ?? '',
      detail,
    ]),
  );
}

const priceText = (minor: number, currency: string): string => {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (minor / 10 ** digits).toFixed(digits);
};

/** Prices as they are typed: `1: 1.80; 240: 1.71`. */
export const pricesText = (prices: Offer['prices']): string =>
  prices
    .map(({ fromUnits, unitPrice }) => `${fromUnits}: ${priceText(unitPrice.amount, unitPrice.currency)}`)
    .join('; ');

/** Typed prices; undefined if one is no quantity and price. */
export function pricesOf(
  typed: string,
  currency: Offer['prices'][number]['unitPrice']['currency'],
): Offer['prices'] | undefined {
  const prices: Offer['prices'][number][] = [];
  for (const part of typed.split(';')) {
    const [, from, price = ''] = /^\s*(\d{1,7})\s*:\s*([\d.,]+)\s*$/.exec(part) ?? [];
    const unitPrice = amountOf(price, currency);
    if (from === undefined || unitPrice === undefined) return undefined;
    prices.push({ fromUnits: Number(from), unitPrice });
  }
  return prices;
}
