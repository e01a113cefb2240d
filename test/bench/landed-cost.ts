import { type Column, grouped, textTable } from '../../infra/cli/terminal/text-table.ts';
import { openCase } from '../../shared/duties/assess/import-case.ts';
import { regimeFor } from '../../shared/duties/index.ts';
import { type AssessCase, consignmentAndContext } from '../builders/assess.ts';

const LINES = 12;
const ROUNDS = 1_000;

/** Consignments that use every part of the computation: a flat duty, a tariff with layers, and a tax at the sale. */
const cases: readonly (AssessCase & { readonly name: string })[] = [
  basket('DE, 150 EUR or less, IOSS', 'DE', 'EUR', '61091000', 5_00),
  basket('DE, by tariff', 'DE', 'EUR', '61091000', 100_00),
  basket('GB, by tariff', 'GB', 'GBP', '61091000', 100_00),
  basket('US, column 1 and layers', 'US', 'USD', '6109100012', 30_00),
  basket('AU, GST at the sale', 'AU', 'AUD', '610910', 5_00),
];

function basket(
  name: string,
  to: string,
  currency: 'EUR' | 'GBP' | 'USD' | 'AUD',
  hsCode: string,
  value: number,
) {
  return {
    name,
    to,
    currency,
    date: '2026-12-01',
    freight: 15_00,
    seller: { ioss: 'IM2760000001', gbVat: 'GB123456789', taxNumbers: { AU: '51824753556' } },
    goods: Array.from({ length: LINES }, (_, line) => ({ hsCode, value, description: `goods ${line}` })),
  };
}

/**
 * Lines a second on one core with all explanations, and the share of each part: preparing the case (converting,
 * sharing freight), finding rules and charging, writing formulas.
 */
export async function benchLandedCost(print: (text: string) => void): Promise<void> {
  const measured = cases.map((given) => ({ name: given.name, ...microsecondsALine(given) }));
  const quickest = Math.min(...measured.map(({ whole }) => whole));
  const columns: Column[] = [
    { title: `${LINES} lines`, align: 'left' },
    { title: 'lines/s', align: 'right' },
    { title: 'against quickest', align: 'right' },
    { title: 'open', align: 'right' },
    { title: 'charge', align: 'right' },
    { title: 'formulas', align: 'right' },
  ];
  const rows = measured.map(({ name, whole, open, bare }) => {
    const share = (part: number) => `${Math.max(0, Math.round((100 * part) / whole))} %`;
    return [
      name,
      grouped(Math.round(1e6 / whole)),
      `${Math.round((10 * whole) / quickest) / 10} x`,
      share(open),
      share(bare - open),
      share(whole - bare),
    ];
  });
  print(`Landed cost, pure, one core (aim: 50,000 lines a second)\n${textTable(columns, rows)}`);
}

function microsecondsALine(given: AssessCase): { whole: number; bare: number; open: number } {
  const regime = regimeFor(given.to);
  if (regime === undefined) throw new Error(`no regime is for ${given.to}`);
  const explained = consignmentAndContext({ ...given, explain: true });
  const bare = consignmentAndContext({ ...given, explain: false });
  const asCase = { regime: regime.code, currency: regime.currency, registered: true };
  return {
    whole: best(() => regime.assess(explained.consignment, explained.context)),
    bare: best(() => regime.assess(bare.consignment, bare.context)),
    open: best(() => openCase(bare.consignment, bare.context, asCase)),
  };
}

/** Microseconds a line, from the fastest of several rounds, because other programs can only make a round slower. */
function best(work: () => unknown): number {
  let bestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round += 1) {
    const from = performance.now();
    for (let time = 0; time < ROUNDS; time += 1) work();
    if (round > 0) bestMs = Math.min(bestMs, performance.now() - from);
  }
  return (1000 * bestMs) / (ROUNDS * LINES);
}
