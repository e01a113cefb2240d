import { describe, expect, it } from 'vitest';
import { givenAddressSchema } from '../../../shared/kernel/given-address.ts';
import { bareTaxId, demandedTaxId, taxIdProblem } from '../../../shared/kernel/tax-id.ts';
import { address } from '../../builders/details.ts';

describe('the tax number of a consignee', () => {
  // Numbers that the authorities give as examples, and ones whose check digits were worked out by hand.
  it.each([
    // 20123456 78: 2x5 + 0 + 1x3 + 2x2 + 3x7 + 4x6 + 5x5 + 6x4 + 7x3 + 8x2 = 148 = 13 x 11 + 5; 11 - 5 = 6
    ['AR', '20-12345678-6', '20123456786'],
    // 111444777: 1x10 + 1x9 + 1x8 + 4x7 + 4x6 + 4x5 + 7x4 + 7x3 + 7x2 = 162 = 14 x 11 + 8; 11 - 8 = 3;
    // then by 11 to 2 with the 3: 204 = 18 x 11 + 6; 11 - 6 = 5
    ['BR', '111.444.777-35', '11144477735'],
    // 1 x (2 + 3 + 4 + 5 + 6 + 7 + 2 + 3) = 32 = 2 x 11 + 10; 11 - 10 = 1
    ['CL', '11.111.111-1', '111111111'],
    // 7x2 + 6x3 + 5x4 + 4x5 + 3x6 + 2x7 + 1x2 = 106 = 9 x 11 + 7; 11 - 7 = 4
    ['CL', '1.234.567-4'],
    // 5x2 + 1x2 = 12 = 11 + 1; 11 - 1 = 10, which is K
    ['CL', '1.000.005-K', '1000005k'],
    ['CN', '11010519491231002X', '11010519491231002x'],
    ['CO', '1020304050', '123456'],
    ['ID', '3171234567890123', '01.234.567.8-901.000'],
    // 1 + 4 + 3 + 8 + 5 + (12: 3) + 7 + (16: 7) + 2 = 40
    ['IL', '123456782', '000000018'],
    ['IN', '2345 6789 0123', 'ABCDE1234F', 'J1234567'],
    ['KR', 'P123456789012', 'p123456789012'],
    ['MX', 'GODE561231GR8', 'ABC010203AB9'],
    // (1 + 0 + 0 + 0 + 1) x 7 - 0 = 14: 4; 1 + 0 + ... + 1 + 4 = 6
    ['TR', '10000000146'],
  ])('of %s is accepted: %s', (country, ...numbers) => {
    for (const number of numbers)
      expect([number, taxIdProblem(country, number)]).toEqual([number, undefined]);
  });

  it.each([
    ['AR', '20-12345678-5', '2012345678'],
    ['BR', '111.444.777-34', '111.444.777-45', '111.111.111-11', '1114447773'],
    ['CL', '11.111.111-2', '11.111.111-K', '111111'],
    ['CN', '110105194912310021', '1101051949123100'],
    ['CO', '12345', '12345678901', 'AB123456'],
    ['ID', '31712345678901', '31712345678901234'],
    ['IL', '123456789', '12345678'],
    ['IN', '1345 6789 0123', 'ABCD1234F', '12345678'],
    ['KR', '123456789012', 'P12345678901', 'K123456789012'],
    ['MX', 'GODE561231', '12GODE5612319'],
    ['TR', '10000000145', '10000000156', '01000000146'],
  ])('of %s is refused: %s', (country, ...numbers) => {
    for (const number of numbers) {
      const problem = taxIdProblem(country, number);
      expect([number, problem]).toEqual([number, expect.stringMatching(/shape|check digits/)]);
      expect(problem).not.toContain(number);
    }
  });

  it('is refused in a country whose declarations have no such number', () => {
    expect(taxIdProblem('DE', '12345678901')).toContain('does not name the consignee by a number');
  });

  it('is declared without separators', () => {
    expect([bareTaxId('111.444.777-35'), bareTaxId('12.345.678-k')]).toEqual(['11144477735', '12345678K']);
  });

  it('is required if customs identify the consignee by it', () => {
    expect(demandedTaxId('KR')).toBe('personal customs clearance code');
    expect(demandedTaxId('MX')).toBeUndefined();
    expect(demandedTaxId('DE')).toBeUndefined();
  });

  it('is refused in an address with a pointer and without its digits', () => {
    const there = address({ country: 'BR', postalCode: '01310-100' });
    expect(givenAddressSchema.safeParse({ ...there, taxId: '111.444.777-35' }).success).toBe(true);
    const refused = givenAddressSchema.safeParse({ ...there, taxId: '111.444.777-36' });
    expect(refused.error?.issues).toMatchObject([
      { path: ['taxId'], message: 'no CPF ends in these check digits' },
    ]);
  });
});
