import type { EuMemberState } from '../../kernel/country.ts';
import type { Provenance, VatRate } from './schema.ts';

function standard(
  country: EuMemberState,
  rate: string,
  validFrom: string,
  more: { readonly validTo?: string; readonly provenance?: Provenance } = {},
): VatRate {
  return {
    kind: 'vat-rate',
    id: `vat-${country.toLowerCase()}-standard-${validFrom}`,
    concerns: country,
    country,
    rate,
    validFrom,
    law: `Directive 2006/112/EC Art. 96 and 97, standard rate of ${country}`,
    provenance: 'unverified',
    ...more,
  };
}

const published = { provenance: 'published' } as const;

/**
 * Standard VAT rates by member state; those that changed since 2024 with both periods. Most come from compiled
 * tables and not from each state's own law.
 */
const standardRates: readonly VatRate[] = [
  standard('AT', '20', '2016-01-01'),
  standard('BE', '21', '1996-01-01'),
  standard('BG', '20', '1999-01-01'),
  standard('CY', '19', '2014-01-13'),
  standard('CZ', '21', '2013-01-01'),
  standard('DE', '19', '2021-01-01'),
  standard('DK', '25', '1992-01-01'),
  standard('EE', '22', '2024-01-01', { validTo: '2025-06-30' }),
  standard('EE', '24', '2025-07-01', published),
  standard('ES', '21', '2012-09-01'),
  standard('FI', '25.5', '2024-09-01', published),
  standard('FR', '20', '2014-01-01'),
  standard('GR', '24', '2016-06-01'),
  standard('HR', '25', '2012-03-01'),
  standard('HU', '27', '2012-01-01'),
  standard('IE', '23', '2021-03-01'),
  standard('IT', '22', '2013-10-01'),
  standard('LT', '21', '2009-09-01'),
  standard('LU', '17', '2024-01-01'),
  standard('LV', '21', '2012-07-01'),
  standard('MT', '18', '2004-01-01'),
  standard('NL', '21', '2012-10-01'),
  standard('PL', '23', '2011-01-01'),
  standard('PT', '23', '2011-01-01'),
  standard('RO', '19', '2017-01-01', { validTo: '2025-07-31' }),
  standard('RO', '21', '2025-08-01', published),
  standard('SE', '25', '1990-07-01'),
  standard('SI', '22', '2013-07-01'),
  standard('SK', '20', '2011-01-01', { validTo: '2024-12-31' }),
  standard('SK', '23', '2025-01-01', published),
];

function books(country: EuMemberState, rate: string, validFrom = '2025-01-01', validTo?: string): VatRate {
  return {
    kind: 'vat-rate',
    id: `vat-${country.toLowerCase()}-books-${validFrom}`,
    concerns: `${country} 4901`,
    country,
    hsPrefix: '4901',
    rate,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    law: `Directive 2006/112/EC Art. 98 and 98a with Annex III no. 6, rate of ${country} on books`,
    provenance: 'unverified',
  };
}

/** Printed books, which heading 4901 tells for certain; other reduced rates hang on more than a code. */
const bookRates: readonly VatRate[] = [
  books('AT', '10'),
  books('BE', '6'),
  books('CZ', '0'),
  books('DE', '7'),
  books('ES', '4'),
  books('FI', '14', '2025-01-01', '2025-12-31'),
  books('FI', '13.5', '2026-01-01'),
  books('FR', '5.5'),
  books('GR', '6'),
  books('HR', '5'),
  books('HU', '5'),
  books('IE', '0'),
  books('IT', '4'),
  books('LU', '3'),
  books('NL', '9'),
  books('PL', '5'),
  books('PT', '6'),
  books('SE', '6'),
];

export const euVatRates: readonly VatRate[] = [...standardRates, ...bookRates];
