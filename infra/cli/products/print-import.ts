export interface Planned {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly changes: readonly {
    readonly sku: string;
    readonly change: string;
    readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
  }[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** The changes of an import: the number of products, then a line for each product, up to a limit. */
export function importText(answers: readonly Planned[], max = 40): string {
  const [added, changed, unchanged] = (['added', 'changed', 'unchanged'] as const).map((name) =>
    sum(answers.map((answer) => answer[name])),
  );
  const changes = answers.flatMap((answer) => answer.changes);
  const left = changes.length - max;
  return [
    `${added} added, ${changed} changed, ${unchanged} unchanged.`,
    ...changes.slice(0, max).map(changeText),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ].join('\n');
}

function changeText({ sku, change, fields }: Planned['changes'][number]): string {
  if (change === 'added') return `+ ${sku}`;
  const values = fields.map(
    ({ field, before = 'none', after = 'none' }) => `${field}: ${before} -> ${after}`,
  );
  return `~ ${sku} ${values.join('; ')}`;
}

/** Warnings about values that look wrong but are stored, up to a limit. */
export function warningsText(warnings: readonly string[], max = 20): string[] {
  const left = warnings.length - max;
  return [
    ...warnings.slice(0, max).map((warning) => `warning: ${warning}`),
    ...(left > 0 ? [`… and ${left} more warnings`] : []),
  ];
}
