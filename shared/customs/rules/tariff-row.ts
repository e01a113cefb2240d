import type { TariffLine } from './schema.ts';

/** Rates are kept from this day on: what held before is not recomputed. */
const KEPT_FROM = '2025-01-01';

type Part = Pick<TariffLine, 'hsPrefix' | 'goods' | 'rate' | 'provenance' | 'validFrom'> & {
  readonly validTo?: string;
};
type Dates = { readonly validFrom?: string; readonly validTo?: string };

/** A rate that was read in a published source. */
export function seen(hsPrefix: string, goods: string, rate: string, dates: Dates = {}): Part {
  return { hsPrefix, goods, rate, provenance: 'published', validFrom: KEPT_FROM, ...dates };
}

/** A rate from working knowledge, to be confirmed. */
export function recalled(hsPrefix: string, goods: string, rate: string, dates: Dates = {}): Part {
  return { ...seen(hsPrefix, goods, rate, dates), provenance: 'unverified' };
}

/** The rows of one tariff, each with its law. */
export function lines(tariff: TariffLine['tariff'], law: string, ...parts: readonly Part[]): TariffLine[] {
  return parts.map((part) => ({
    kind: 'tariff-line',
    id: `${tariff}-${part.hsPrefix}-${part.validFrom}`,
    concerns: `${tariff} ${part.hsPrefix}`,
    tariff,
    law: `${law}, ${part.hsPrefix}`,
    ...part,
  }));
}
