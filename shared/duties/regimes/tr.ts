import { defineImportRegime } from '../assess/import-policy.ts';

/**
 * Türkiye: goods that are in the country are sold with KDV. Consumers' parcels from abroad have had no simplified
 * clearance since 2026-02-06 and are refused.
 */
export const tr = defineImportRegime({
  code: 'tr',
  countries: ['TR'],
  timeZone: 'Europe/Istanbul',
  currency: 'TRY',
  valuation: 'CIF',
  customs: 'TR:gtb',
  tax: { code: 'kdv', name: 'KDV', authority: 'TR:gib' },
});
