import { textTable } from '../../infra/cli/terminal/text-table.ts';
import { startTable } from '../component/stores/table-on-engine.ts';
import { countJourney, type JourneyCost, oneParcel, twoParcels } from './counted-journey.ts';

/** Prints the units that each step of two orders reads and writes, as the table engine reports them. */
export async function benchStepWrites(print: (text: string) => void): Promise<void> {
  for (const basket of [twoParcels, oneParcel]) {
    const on = await startTable({ throughProxy: true });
    try {
      print(tableOf(await countJourney(on, basket)));
    } finally {
      await on.stop();
    }
  }
}

const halves = (units: number) => String(Math.round(units * 2) / 2);

function tableOf({ name, callbacks, facts, steps }: JourneyCost): string {
  const sum = (of: 'writeUnits' | 'readUnits') => steps.reduce((all, step) => all + step[of], 0);
  const table = textTable(
    [
      { title: 'step', align: 'left' },
      { title: 'times', align: 'right' },
      { title: 'write units', align: 'right' },
      { title: 'read units', align: 'right' },
    ],
    steps.map(({ step, times, writeUnits, readUnits }) => [
      ...[step, String(times), halves(writeUnits), halves(readUnits)],
    ]),
    { total: ['in all', '', halves(sum('writeUnits')), halves(sum('readUnits'))] },
  );
  return `${name}: ${callbacks} calls of partners, ${facts} facts\n${table}`;
}
