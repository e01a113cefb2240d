import type { LakeWhere } from '../lake/lake-options.ts';

export const reportFormats = ['table', 'html', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  readonly name: string;
  /** The last day that is over in the time zone if undefined. */
  readonly period: string | undefined;
  readonly format: ReportFormat;
  /** The lake that is asked. Its tables are not built. */
  readonly where: LakeWhere;
  /** IANA. */
  readonly timeZone: string;
  readonly currency: string;
  /** The table that CSV shows; the first one if undefined. */
  readonly table: string | undefined;
  readonly storefrontId: string | undefined;
  /** Parameters of the report itself, as texts. */
  readonly parameters: Readonly<Record<string, string>>;
  /** BCP 47, for a page. */
  readonly locale: string;
}
