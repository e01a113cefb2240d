import { describe, expect, it } from 'vitest';
import { givenAddressSchema } from '../../../../shared/kernel/given-address.ts';
import { canonicalPostalCode } from '../../../../shared/kernel/places/postal-code.ts';
import { quoteRequestSchema } from '../../../../shared/quote/quote.ts';
import { address } from '../../../builders/details.ts';

describe('the shape of a postal code', () => {
  it.each([
    ['AR', 'C1425CLA', '1425'],
    ['AT', '1010'],
    ['AU', '2000'],
    ['BE', '1000'],
    ['BG', '1000'],
    ['BR', '01310-100', '01310100'],
    ['CA', 'M5H 2N2', 'm5h2n2'],
    ['CH', '8001'],
    ['CL', '8320000', '832 0000'],
    ['CN', '518103'],
    ['CO', '110111'],
    ['CY', '1010'],
    ['CZ', '110 00', '11000'],
    ['DE', '10115'],
    ['DK', '1050', 'DK-1050'],
    ['EE', '10111'],
    ['ES', '08001'],
    ['FI', '00100'],
    ['FR', '75001'],
    ['GB', 'EC1A 1BB', 'LS1 4AP', 'sw1a1aa', 'M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 0AX'],
    ['GR', '105 57'],
    ['HR', '10000'],
    ['HU', '1051'],
    ['ID', '10110'],
    ['IE', 'D02 AF30', 'D6W F4E2', 'T12W8KP'],
    ['IL', '6100000'],
    ['IN', '110 001', '110001'],
    ['IT', '00184'],
    ['JP', '100-0001', '1000001'],
    ['KE', '00100'],
    ['KR', '03051'],
    ['LT', '01103', 'LT-01103'],
    ['LU', '1009', 'L-1009'],
    ['LV', 'LV-1050', '1050'],
    ['MT', 'VLT 1117'],
    ['MX', '06600'],
    ['MY', '50050'],
    ['NG', '900001'],
    ['NL', '1012 JS', '1012js'],
    ['NO', '0150'],
    ['NZ', '6011'],
    ['PH', '1000'],
    ['PL', '00-001', '00001'],
    ['PT', '1100-148'],
    ['RO', '010011'],
    ['SA', '12211', '12211-3456'],
    ['SE', '111 20', 'SE-111 20'],
    ['SG', '018956'],
    ['SI', '1000', 'SI-1000'],
    ['SK', '811 01'],
    ['TH', '10200'],
    ['TR', '34000'],
    ['US', '10001', '10001-1234'],
    ['VN', '10000', '700000'],
    ['ZA', '2001'],
    // Without postal codes, or not known here: any.
    ['AE', '00000'],
    ['HK', '999077'],
    ['AF', '1001'],
  ])('of %s accepts %s', (country, ...codes) => {
    const [first, ...others] = codes.map((code) => canonicalPostalCode(country, code));
    expect(first).toBeDefined();
    for (const other of others) expect(other).toMatch(/^[A-Z\d -]+$/);
  });

  it.each([
    ['DE', '1011'],
    ['DE', '101155'],
    ['DE', '1O115'],
    ['GB', '10115'],
    ['GB', 'EC1A'],
    ['US', '1234'],
    ['US', 'K1A 0B1'],
    ['CA', '10001'],
    ['NL', '1012'],
    ['JP', '100'],
    ['PT', '1100'],
    ['BR', '01310'],
    ['IE', '12345'],
    ['DK', 'SE-1050'],
    ['LV', 'AA-1050'],
    ['CN', '51810'],
    ['SG', '18956'],
    ['IN', '11001'],
    ['DE', '10115\n'],
  ])('of %s refuses %j', (country, code) => {
    expect(canonicalPostalCode(country, code)).toBeUndefined();
  });

  it('is reported with its pointer, in a quote’s destination and in an address', () => {
    const request = {
      destination: { country: 'GB', postalCode: '10115' },
      currency: 'GBP',
      lines: [{ sku: 'A', quantity: 1 }],
    };
    expect(quoteRequestSchema.safeParse(request).error?.issues).toMatchObject([
      { path: ['destination', 'postalCode'], message: expect.stringContaining('ANA NAA') },
    ]);
    expect(givenAddressSchema.safeParse(address({ country: 'US' })).success).toBe(true);
    expect(givenAddressSchema.safeParse(address({ country: 'GB' })).error?.issues).toMatchObject([
      { path: ['postalCode'] },
    ]);
    const { postalCode: _code, ...without } = address({ country: 'GB' });
    expect(givenAddressSchema.safeParse(without).error?.issues).toMatchObject([{ path: ['postalCode'] }]);
    expect(givenAddressSchema.safeParse({ ...without, country: 'HK' }).success).toBe(true);
  });
});
