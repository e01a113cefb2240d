import type { Key } from '../table.ts';

/** The keys of the editions of tariffs that a deployment imported. */
export const tariffKeys = {
  /** The list of them. */
  current: { pk: 'RULES', sk: 'TARIFFS' } satisfies Key,
  edition: (name: string): Key => ({ pk: `TARIFF#${name}`, sk: 'EDITION' }),
  part: (name: string, part: number): Key => ({
    pk: `TARIFF#${name}`,
    sk: `PART#${part.toString().padStart(4, '0')}`,
  }),
};
