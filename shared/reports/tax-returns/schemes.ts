import type { EuMemberState } from '../../kernel/country.ts';
import { memberStateOfIoss } from '../../kernel/ioss-number.ts';
import type { TaxScheme } from '../../timeline/index.ts';
import type { Registrations } from '../report-sources.ts';
import { memberStateOfNumber } from './member-state.ts';
import type { PeriodLength } from './period.ts';

export interface SchemeReturn {
  readonly length: PeriodLength;
  /** How its figures are converted to euro, and by which law. */
  readonly exchangeRule: string;
  /** Whether sales are grouped by the state of dispatch. */
  readonly byDispatch: boolean;
  /** The member state of identification; undefined where the registrations name none. */
  readonly identifiedIn: (registrations: Registrations) => EuMemberState | undefined;
}

const rule = (article: string) =>
  `Amounts in other currencies at the rate of the European Central Bank for the last day of the period, or of the next day of publication: Directive 2006/112/EC, Art. ${article}`;

/** Directive 2006/112/EC, Title XII, Chapter 6: sections 4 (imports) and 3 (sales within the Union). */
export const schemeReturns: Readonly<Record<TaxScheme, SchemeReturn>> = {
  ioss: {
    length: 'month',
    exchangeRule: rule('369u'),
    byDispatch: false,
    identifiedIn: ({ ioss }) => (ioss === undefined ? undefined : memberStateOfIoss(ioss)),
  },
  oss: {
    length: 'quarter',
    exchangeRule: rule('369h'),
    byDispatch: true,
    // A merchant established in the Union is identified there, which is also where it got its EORI.
    identifiedIn: ({ importer }) => memberStateOfNumber(importer.EU),
  },
};
