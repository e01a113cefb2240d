import { parseArgs } from 'node:util';
import {
  type OperatorOptions,
  operatorHelp,
  operatorOptions,
  readOperator,
} from '../client/operator-options.ts';

/** The files that can be imported, with where their publisher has them. */
const fileKinds = ['ecb-daily', 'ecb-90d', 'hmrc'] as const;
export type FileKind = (typeof fileKinds)[number];

export interface RatesOptions extends OperatorOptions {
  readonly kind: FileKind;
  /** A path or an address. */
  readonly from: string;
  readonly spreadBasisPoints: number | undefined;
  readonly expiresAt: string | undefined;
  readonly dryRun: boolean;
}

export const RATES_HELP = `Usage: npm run rates -- import KIND FILE|ADDRESS [OPTIONS]

Reads a published file of exchange rates and stores what it says through the admin API
(PUT /v1/admin/exchange-rates). A file with an error stores nothing: every error is named with its line.

KIND is one of
  ecb-daily   eurofxref-daily.xml of the European Central Bank: the rates that new quotes lock. On the second-last
              Wednesday of a month also the customs rates of the next month.
  ecb-90d     eurofxref-hist-90d.xml: the rates of every day, of which quotes lock the latest and tax returns ask for
              the last of a period; and the customs rates of each month that the file decides
  hmrc        monthly_csv_YYYY-M.csv or monthly_xml_YYYY-M.xml of HM Revenue & Customs: customs rates of a month

The publishers' addresses:
  https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml
  https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml
  https://www.trade-tariff.service.gov.uk/uk/api/exchange_rates/files/monthly_csv_2026-11.csv

Options:
  --dry-run        read and show, store nothing
${operatorHelp('catalogue:write', 17)}
  --spread N       basis points that prices bear with these daily rates, instead of the merchant's own
  --expires TIME   until when prices are converted at these daily rates (2026-11-30T00:00:00.000Z); the default is
                   the end of the fourth day after theirs, which the days around Easter can outlast
  --help           this text
`;

/** Reads the command line. Throws an Error whose message can be shown. Undefined: help was asked for. */
export function readRatesOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RatesOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      ...operatorOptions,
      spread: { type: 'string' },
      expires: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [command, kind, from, ...more] = positionals;
  if (command !== 'import' || !isKind(kind) || from === undefined || more.length > 0)
    throw new Error(`npm run rates -- import ${fileKinds.join('|')} FILE|ADDRESS   (--help tells more)`);
  return {
    kind,
    from,
    ...readOperator(values, environment.ENTREPOT_TOKEN),
    spreadBasisPoints: values.spread === undefined ? undefined : basisPoints(values.spread),
    expiresAt: values.expires === undefined ? undefined : instant(values.expires),
    dryRun: values['dry-run'],
  };
}

const isKind = (text: string | undefined): text is FileKind =>
  (fileKinds as readonly (string | undefined)[]).includes(text);

function basisPoints(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 2_000)
    throw new Error(`--spread takes basis points from 0 to 2000, not ${JSON.stringify(text)}`);
  return value;
}

function instant(text: string): string {
  const time = Date.parse(text);
  if (!/Z$/.test(text) || Number.isNaN(time))
    throw new Error(
      `--expires takes a time in UTC such as 2026-11-30T00:00:00.000Z, not ${JSON.stringify(text)}`,
    );
  return new Date(time).toISOString();
}
