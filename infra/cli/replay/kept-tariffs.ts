import type { ApiClient } from '../client/api-client.ts';

/** The tariff lines that the backend keeps, by the place that a product keeps its national code under. */
export type KeptTariffs = ReadonlyMap<string, readonly string[]>;

/** A destination of each tariff whose declarations ask for a national code, by the place of the tariff. */
const DESTINATIONS = [
  ['EU', 'DE'],
  ['GB', 'GB'],
  ['US', 'US'],
] as const;

interface RulesAnswer {
  readonly rules: readonly { readonly rule: { readonly kind: string; readonly hsPrefix?: string } }[];
}

/** Asks the backend which tariff lines hold there today. */
export async function readKeptTariffs(operator: ApiClient): Promise<KeptTariffs> {
  const each = DESTINATIONS.map(async ([place, destination]) => {
    const path = `/v1/admin/rules?destination=${destination}`;
    const { rules } = await operator.call<RulesAnswer>({ method: 'GET', path });
    const lines = rules.flatMap(({ rule: { kind, hsPrefix } }) =>
      kind === 'tariff-line' && hsPrefix !== undefined ? [hsPrefix] : [],
    );
    return [place, lines] as const;
  });
  return new Map(await Promise.all(each));
}
