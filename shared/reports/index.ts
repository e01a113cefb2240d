export { makeTaxReturn, type NoTaxReturn, type TaxReturnDeps } from './make-tax-return.ts';
export type { Registrations } from './schemes.ts';
export { type TaxReturn, taxReturnSchema } from './tax-return.ts';
export { taxReturnCsv } from './tax-return-csv.ts';
