import * as z from 'zod';
import { invalid, type Problem } from '../../kernel/problem.ts';
import type { TaxScheme } from '../../timeline/index.ts';
import { defineReport } from '../report.ts';
import { makeTaxReturn, type NoTaxReturn } from './make-tax-return.ts';
import { taxReturnSchema } from './tax-return.ts';
import { taxReturnCsv } from './tax-return-csv.ts';

const SHOWS = 'The tax owed by member state and rate, with corrections of earlier periods, in euro';

/** The monthly return of the Import One-Stop Shop: imports up to EUR 150 on which VAT was charged at the checkout. */
export const iossReturn = defineReport({
  name: 'ioss',
  summary: 'The IOSS return of a month',
  shows: SHOWS,
  query: queryOf({ description: 'A calendar month', example: '2026-11' }),
  answer: taxReturnSchema.extend({ report: z.literal('ioss') }).meta({ id: 'IossReturn' }),
  refusals: refusalsOf('ioss', {
    period: 'a month such as 2026-11',
    registration: 'an IOSS number',
  }),
  make: ({ period }, sources) => makeTaxReturn(sources, { scheme: 'ioss', period }),
  csv: taxReturnCsv,
});

/** The quarterly return of the Union scheme: sales from one member state to consumers in another. */
export const ossReturn = defineReport({
  name: 'oss',
  summary: 'The return of the Union scheme (OSS) of a quarter',
  shows: SHOWS,
  query: queryOf({ description: 'A calendar quarter', example: '2026-Q4' }),
  answer: taxReturnSchema.extend({ report: z.literal('oss') }).meta({ id: 'OssReturn' }),
  refusals: refusalsOf('oss', {
    period: 'a quarter such as 2026-Q4',
    registration: 'an EORI of a member state',
  }),
  make: ({ period }, sources) => makeTaxReturn(sources, { scheme: 'oss', period }),
  csv: taxReturnCsv,
});

function queryOf(period: { readonly description: string; readonly example: string }) {
  return z.strictObject({ period: z.string().max(7).meta(period) });
}

/** The problems that the caller gets if the return can't be made. */
function refusalsOf(
  scheme: TaxScheme,
  wanted: { readonly period: string; readonly registration: string },
): Readonly<Record<NoTaxReturn, Problem>> {
  return {
    'no-such-period': invalid([
      { pointer: '#/query/period', code: 'no-such-period', detail: `${wanted.period} for ${scheme}` },
    ]),
    'not-registered': {
      status: 409,
      code: 'seller-not-registered',
      title: 'Seller not registered',
      detail: `${scheme.toUpperCase()} needs ${wanted.registration}. The merchant's registrations have none: store it first.`,
    },
  };
}
