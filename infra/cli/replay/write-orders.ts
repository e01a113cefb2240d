import { writeFile } from 'node:fs/promises';
import { pounds } from '../terminal/text-table.ts';
import { csvField } from './csv-field.ts';
import type { OrderOutcome } from './order-outcomes.ts';

const COLUMNS = 'order,country,orderId,status,totalGbp,heldBy,found,released,whyNotDelivered,whatReleases';

/** Writes every order of the replay as CSV: its result, the rule that held it, and the remedy. */
export async function writeOrders(path: string, outcomes: readonly OrderOutcome[]): Promise<void> {
  await writeFile(path, [COLUMNS, ...outcomes.map(line), ''].join('\n'));
}

function line({
  order,
  status,
  orderId = '',
  totalMinor,
  holds,
  isReleased,
  obstacle,
}: OrderOutcome): string {
  const remedy = obstacle?.remedy.replace('{id}', orderId) ?? '';
  const found = holds.length > 0 ? holds.map(({ finding }) => finding).join('; ') : (obstacle?.detail ?? '');
  return [
    order.key,
    order.country,
    orderId,
    status,
    totalMinor === undefined ? '' : pounds(totalMinor).replaceAll(',', ''),
    holds.map(({ rule }) => rule).join(' '),
    found,
    isReleased ? 'yes' : 'no',
    obstacle?.reason ?? '',
    remedy,
  ]
    .map(csvField)
    .join(',');
}
