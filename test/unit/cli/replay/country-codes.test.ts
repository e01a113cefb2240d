import { expect, it } from 'vitest';
import { countryCode } from '../../../../infra/cli/replay/country-codes.ts';
import { madeUpConsignee } from '../../../../infra/cli/replay/made-up-consignee.ts';
import { givenAddressSchema } from '../../../../shared/kernel/given-address.ts';
import { demandedTaxId } from '../../../../shared/kernel/tax-id.ts';

/** Every value of the column in the whole data set (541,909 rows). */
const NAMES = [
  'Australia', 'Austria', 'Bahrain', 'Belgium', 'Brazil', 'Canada', 'Channel Islands', 'Cyprus', 'Czech Republic',
  'Denmark', 'EIRE', 'European Community', 'Finland', 'France', 'Germany', 'Greece', 'Hong Kong', 'Iceland', 'Israel',
  'Italy', 'Japan', 'Lebanon', 'Lithuania', 'Malta', 'Netherlands', 'Norway', 'Poland', 'Portugal', 'RSA',
  'Saudi Arabia', 'Singapore', 'Spain', 'Sweden', 'Switzerland', 'USA', 'United Arab Emirates', 'United Kingdom',
  'Unspecified',
]; // biome-ignore format: a list of names

const NO_COUNTRY = ['Channel Islands', 'European Community', 'Unspecified'];

it('all 38 names of the data set are known: 35 are countries and three are not', () => {
  expect(NAMES).toHaveLength(38);
  const answers = NAMES.map((name) => [name, countryCode(name).ok] as const);
  expect(answers.filter(([, ok]) => !ok).map(([name]) => name)).toEqual(NO_COUNTRY);
});

it.each([
  ['EIRE', 'IE'],
  ['USA', 'US'],
  ['RSA', 'ZA'],
  ['Czech Republic', 'CZ'],
  [' united kingdom ', 'GB'],
])('%j is %s', (name, code) => {
  expect(countryCode(name)).toEqual({ ok: true, value: code });
});

it('the reason is given if a name is not a destination', () => {
  expect(countryCode('Channel Islands')).toEqual({
    ok: false,
    error: expect.stringContaining('customs territories'),
  });
  expect(countryCode('Atlantis')).toEqual({ ok: false, error: expect.stringContaining('Atlantis') });
});

it('every country has invented consignees, and they are always the same', () => {
  for (const name of NAMES) {
    const code = countryCode(name);
    if (!code.ok) continue;
    const consignee = madeUpConsignee('17850', '536365', code.value);
    expect(consignee).toMatchObject({ ok: true, value: { address: { country: code.value } } });
    expect(madeUpConsignee('17850', '1', code.value)).toEqual(consignee);
    const { address } = consignee.ok ? consignee.value : {};
    expect(givenAddressSchema.safeParse(address).error).toBeUndefined();
    expect(address?.taxId !== undefined).toBe(demandedTaxId(code.value) !== undefined);
  }
});

it('an order without a customer gets its own consignee, at an invented address', () => {
  expect(madeUpConsignee('', '536365', 'DE')).toMatchObject({
    ok: true,
    value: { email: 'guest-536365@example.com', address: { name: expect.stringContaining('536365') } },
  });
});
