import * as z from 'zod';
import type { ReportColumn } from '../../../shared/reports/answer/columns.ts';
import type { LakeReport } from '../../../shared/reports/lake/lake-report.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';

const lakeReports = await loadLakeReports();

const OPENING = `# Reports

This page defines every figure of the reports that are made from the lake. \`npm run pages\` writes it from the reports
themselves, and a test fails when it is not current. The [tax returns](tax-returns.md) are made from the ledger and have
a page of their own. [Add a report](add-a-report.md) says how to write another one.

\`\`\`
npx entrepot lake build
npx entrepot report sales --period 2026-11-28 --time-zone Europe/Berlin
npx entrepot report sales --period 2026-11 --format html --locale de > sales.html
\`\`\`

## What holds for all of them

- **Periods.** A day is \`2026-11-28\`, a week of ISO 8601 \`2026-W48\`, a month \`2026-11\`. A period that has not begun
  is refused. A period that is not over says so.
- **Time zone.** Days are days by the clocks of the merchant's time zone: they have 23, 24 or 25 hours. The report names
  the zone and the instants at which its period begins and ends.
- **Currency.** A report is in one currency. An amount is converted at the rates of the day that its order locked: the
  published daily rates, without the merchant's spread. An order that converted nothing has the rates that a quote of
  its day would have locked, which are those of the last four days at most. A refund has the rates of its order,
  whenever it is paid and in whichever currency. Each group of amounts is converted once, half up, so that all tables
  of a report add up to the same total.
- **What can't be counted is said.** Amounts without a rate, facts of an unknown version, facts whose order is
  missing, and objects of facts that are damaged are listed with their number. No figure is guessed.
- **Half of a change is named.** A report that is made while a run changes the tables says so (\`tables-in-change\`), and
  is made again within a day after the next run. \`entrepot report\` does not say it.
- **When figures change.** A fact that arrives late belongs to the day on which it happened. The report of that day
  changes when it is made again. The same lake gives the same report, to the byte.
- **How fresh they are.** Facts and quotes reach the lake after five minutes at most, and visits at once; there they wait
  up to 15 minutes to be written. With \`-c lakeBufferSeconds=60\` both waits are a minute. A function makes the tables
  once an hour (\`-c lakeTablesMinutes=\`), and \`entrepot lake build\` makes them at once.
- **Forms.** JSON has amounts in minor units. CSV (RFC 4180) has one table, amounts in major units with their currency,
  durations in seconds and masses in grams. The page needs no script, prints, and is written in the numbers, dates and
  countries of the reader's locale, from right to left where the script is. Its words are English.

## Stored reports

A running stage makes each report two to three hours after the end of its period: of the merchant as a whole, in the
time zone and the currency of the seller's settings (\`reporting\` of \`PUT /v1/admin/seller\`; UTC and EUR if absent).
Storefronts that \`reporting.storefronts\` lists, 20 at most, have reports of their own beside them.
[Decision 038](decisions/038-a-report-is-a-run-found-by-what-is-stored.md) says how.

\`\`\`
GET /v1/admin/reports
GET /v1/admin/reports/sales?period=2026-11-28
GET /v1/admin/reports/sales?period=2026-W48&table=by-market     with Accept: text/csv
\`\`\`

- **The answer** is the stored report: JSON, CSV for \`Accept: text/csv\`, a page for \`Accept: text/html\`, compressed
  for \`Accept-Encoding: gzip\`. A report of more than 4 MB is answered with 303 and an address in S3 that can be used
  for five minutes; S3 answers compressed.
- **A page is written for its reader**: in the numbers, dates and countries of the first locale in \`Accept-Language\`
  that is known, from right to left where the script is. The header \`content-language\` names it. Words stay English.
  The stored page has the numbers of English. It is answered where no locale is asked for, where the JSON of the report
  has more than 32 MB, and, by its address in S3, where the written page has more than 4 MB.
- **A report that is not there** is asked for: the answer is 202 with \`Location\` and \`Retry-After\`. So is one of a
  period that is not over, if the last one is older than 15 minutes. The header \`report-status\` is then \`running\`, and
  \`report-version\` is 0.
- **A restatement.** A fact that arrives within 35 days of the end of a period changes the stored report within a day.
  \`report-version\` is one more, and the list of reports says how many rows changed. The files of the
  earlier version stay in the bucket until 90 days after they were made. The present version is never deleted.
- **The event \`report.ready\`** on the bus tells other systems of each new version, with the keys of its files.
- **A reader of one storefront** has a token with the claim \`storefront_id\`. It gets the figures of that storefront, and
  no other route. Its reports are made by the clock if \`reporting.storefronts\` lists it, and otherwise at its first
  request. Another issuer than Cognito sets the claim itself; a user
  pool needs a trigger before the token is made.
`;

const PICTURES = `## How they look

The sales of a made-up month, and what a month of parcels cost at the door:

![The page of the report on sales](pictures/report-sales.png)

![The table of sales by channel](pictures/report-sales-by-channel.png)

![The page of the report on landed cost](pictures/report-landed-cost.png)

The stock at the end of the month:

![The page of the report on inventory health](pictures/report-inventory-health.png)

The sales on a telephone, with the numbers of German, and the landed cost for a reader of Arabic:

<img src="pictures/report-sales-telephone.png" width="260" alt="The report on sales on a telephone">

![The page of the report on landed cost, from right to left](pictures/report-landed-cost-arabic.png)

<img src="pictures/report-landed-cost-arabic-telephone.png" width="260" alt="The report on landed cost on a telephone, from right to left">

\`npx entrepot pictures\` takes these pictures again.
`;

const RECOUNT = `## Counted again by other code

\`npm run check:recount\` proves the figures. It takes invoices of a file of real sales ([which](replay.md)), spread over
all its days, and sells them through the API of a local backend. It adds refunds, parcels that stay with their carrier,
orders of two channels, orders that are not paid, cancelled or refused, visits, costs, and movements of stock by hand.
Then it makes every report, of three periods in three time zones and two currencies, and of one storefront. A second
lake has the same facts at the times of the invoices in the file.

A program in Python with pandas counts the figures again. It reads the file, the orders with their facts and ledgers as
the API gives them, and the quotes in the table. It asks no lake and has no SQL. The command names each figure that
differs, and ends with code 1 then. It needs Python 3.10 or newer, and says so where it can't run.

\`\`\`
npm run check:recount -- online-retail-2010-12.csv.gz
\`\`\`

The run of 2026-12-01 sold 150 of the 2,025 invoice numbers of December 2010, which became 187 orders, on all 20 days of
the file. 164,909 figures were equal and none differed:

| counted again | figures |
|---|--:|
| units and price of goods of each invoice and product, in the file and in the orders | 3,392 |
| sales: by day, market, storefront, channel, product and currency; gross, net, refunds | 57,355 |
| landed cost by market and scheme | 391 |
| ledger: trial balance, debts, open items, counterparties | 276 |
| tax by authority and scheme, and against the ledger | 80 |
| payments by method, country and provider | 192 |
| funnel: visits, quotes, orders, hours and minutes, reasons of refusals | 1,487 |
| inventory by warehouse and product, its value and age | 75,627 |
| life cycles, regions, market trends | 25,409 |
| service, carbon | 528 |
| cohorts, unit economics | 172 |

All stock arrives within the run, so that every unit has the youngest age. Few markets have 30 orders, so that a short
run finds none that falls behind. The waits of parcels are shorter than a second, so that the limit of each lane is a
day, and none of the parcels that are under way is silent. Not counted again are the bill of the backend, rates that authorities prescribe, and
how unit economics divides an amount among the lines of a parcel. Their golden figures are worked out in the tests of
each report.
`;

/** docs/reports.md: each report with the definition of each figure. */
export function reportsPage(reports: readonly LakeReport[] = lakeReports): string {
  return [OPENING, PICTURES, RECOUNT, ...reports.map(section)].join('\n');
}

function section({ name, title, says, periods, byStorefront, parameters, tables }: LakeReport): string {
  const whose = byStorefront
    ? 'A reader of one storefront sees the figures of that storefront.'
    : 'It is of the merchant as a whole, and a reader of one storefront does not get it.';
  const shown = Object.entries(tables).map(
    ([table, { title: heading, columns }]) =>
      `### ${title}: ${heading}\n\nThe table \`${table}\`.\n\n| column | figure | definition |\n|---|---|---|\n${Object.entries(columns).map(rowOf).join('\n')}\n`,
  );
  return [
    `## ${title}`,
    '',
    `\`${name}\`, by ${periods.join(', ')}. ${says} ${whose}`,
    '',
    ...listed(parameters),
    ...shown,
  ].join('\n');
}

/** What a reader may choose besides the period, from the descriptions of the schema. */
function listed(parameters: LakeReport['parameters']): string[] {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' });
  const lines = Object.entries(properties).map(
    ([name, schema]) => `- \`${name}\`: ${(schema as { readonly description?: string }).description ?? ''}`,
  );
  return lines.length === 0 ? [] : ['Parameters, with `--set name=value`:', '', ...lines, ''];
}

const rowOf = ([name, { title, is }]: [string, ReportColumn]): string =>
  `| \`${name}\` | ${title} | ${is.replaceAll('|', '\\|')} |`;
