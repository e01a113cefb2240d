import { type Column, textTable } from '../terminal/text-table.ts';

export interface PrintedChange {
  readonly ruleId: string;
  readonly kind: string;
  readonly change: string;
  readonly destinations: readonly string[];
  readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
}

const columns: readonly Column[] = [
  { title: 'destination', align: 'left' },
  { title: 'added', align: 'right' },
  { title: 'changed', align: 'right' },
  { title: 'kinds', align: 'left' },
];

/** The changes of an import: a table by destination, then one line for each rule, up to a limit. */
export function changesText(changes: readonly PrintedChange[], max = 40): string {
  if (changes.length === 0) return 'Nothing changes: every row is already in force in this form.';
  const destinations = [...new Set(changes.flatMap((change) => change.destinations))].toSorted();
  const rows = destinations.map((destination) => {
    const own = changes.filter((change) => change.destinations.includes(destination));
    const count = (kind: string) => String(own.filter(({ change }) => change === kind).length);
    return [
      destination,
      count('added'),
      count('changed'),
      [...new Set(own.map(({ kind }) => kind))].join(', '),
    ];
  });
  const rules = changes.slice(0, max).map(ruleText);
  const left = changes.length - rules.length;
  return [textTable(columns, rows), ...rules, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}

function ruleText({ ruleId, change, kind, fields }: PrintedChange): string {
  if (change === 'added') return `+ ${ruleId} (${kind})`;
  const values = fields.map(
    ({ field, before = 'none', after = 'none' }) => `${field}: ${before} -> ${after}`,
  );
  return `~ ${ruleId} (${kind}) ${values.join('; ')}`;
}
