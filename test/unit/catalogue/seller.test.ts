import { describe, expect, it } from 'vitest';
import { sellerSchema } from '../../../shared/catalogue/index.ts';

describe('the registrations of the seller', () => {
  const problems = (ioss: string) =>
    sellerSchema
      .safeParse({ name: 'Seller GmbH', importer: {}, ioss })
      .error?.issues.map(({ path }) => path.join('.')) ?? [];

  it.each(['IM2760000001', 'IM0400000001', 'IM7520000001'])('accept the IOSS number %s', (number) => {
    expect(problems(number)).toEqual([]);
  });

  // No country has the number 999, and 826 is the number of the United Kingdom.
  it.each(['IM9990000001', 'IM8260000001', 'IM276', 'DE2760000001'])(
    'refuse the IOSS number %s',
    (number) => {
      expect(problems(number)).toContain('ioss');
    },
  );
});
