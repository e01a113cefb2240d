import type { ImportRow } from '../../client/import-in-parts.ts';
import { readColumns } from '../../files/csv-columns.ts';
import type { FileProblem } from '../../files/problems.ts';

export type ReadPorts =
  | { readonly ok: true; readonly ports: readonly ImportRow[] }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

/** Reads a CSV file of ports where goods wait. A day stands for its beginning, UTC. The backend checks the texts. */
export function readPorts(text: string): ReadPorts {
  const table = readColumns(text, { required: ['port', 'delayDays', 'until'], optional: [] });
  if (!table.ok) return table;
  const errors: FileProblem[] = [];
  const ports = table.rows.map(({ line, cell }): ImportRow => {
    const [delayDays, until] = [cell('delayDays'), cell('until')];
    if (!/^\d{1,4}$/.test(delayDays))
      errors.push({ line, reason: `delayDays: ${JSON.stringify(delayDays)} is not a whole number` });
    return {
      line,
      body: {
        ...{ port: cell('port').toUpperCase(), delayDays: Number(delayDays) },
        until: /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T00:00:00.000Z` : until,
      },
    };
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, ports };
}
