import { describe, expect, it } from 'vitest';
import { countrySchema, euMemberStates } from '../../../shared/kernel/country.ts';

describe('a country code', () => {
  it('is a code of ISO 3166-1, and any other code gives one problem', () => {
    const issues = (code: string) =>
      countrySchema.safeParse(code).error?.issues.map(({ message }) => message) ?? [];
    for (const code of [...euMemberStates, 'GB', 'US', 'HK', 'XK', 'GF']) expect(issues(code)).toEqual([]);
    for (const code of ['ZZ', 'UK', 'EU', 'EL', 'XX', 'SU'])
      expect(issues(code)).toEqual(['no country has this code']);
    for (const code of ['de', 'DEU', 'D', ''])
      expect(issues(code)).toEqual(['two capital letters, ISO 3166-1 alpha-2']);
  });
});
