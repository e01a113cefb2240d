import type { ApiClient } from '../client/api-client.ts';

/** The tariff lines in the backend. The key is the place name under which a product has its national code. */
export type KeptTariffs = ReadonlyMap<string, readonly string[]>;

/** For each tariff, by its place name, a destination whose declarations need a national code. */
const DESTINATIONS = [
  ['EU', 'DE'],
  ['GB', 'GB'],
  ['US', 'US'],
] as const;

interface RulesAnswer {
  readonly rules: readonly { readonly rule: { readonly kind: string; readonly hsPrefix?: string } }[];
}

/** Asks the backend for the tariff lines that are in force today. */
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
