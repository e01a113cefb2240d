import { type Trigger, type TriggerEntry, triggerList } from '../../../events/triggers.ts';
import type { WantedFact } from '../../../events/wanted-fact.ts';

/** The page of every function with its trigger and its work, from the table of triggers. */
export function functionsPage(triggers: readonly TriggerEntry[] = triggerList): string {
  const rows = triggers.map(([id, trigger]) => `| \`${id}\` | ${startedBy(trigger)} | ${trigger.does} |`);
  return [
    '# Functions',
    '',
    'This page lists every Lambda function by its file under `functions/`. `npm run pages` writes it from `events/triggers.ts`.',
    '',
    '| function | started by | what it does |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function startedBy(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'http':
      return `\`${trigger.method} ${trigger.path}\``;
    case 'queue':
      return [
        ...(trigger.facts ?? []).map(textOf),
        ...(trigger.callback === undefined ? [] : [`a ${trigger.callback} callback`]),
        ...(trigger.unrelayed ? ['an item that a relay could not relay'] : []),
        ...(trigger.work ?? []).map((step) => `late work: ${step}`),
      ].join(', ');
    case 'schedule':
      return `the clock: ${trigger.expression}`;
    case 'stream':
      return "the table's stream";
    case 'authorizer':
      return 'storefront routes';
  }
}

/** The fact's name and, where only some of them are wanted, the values in their data. */
function textOf(wanted: WantedFact): string {
  if (typeof wanted === 'string') return `\`${wanted}\``;
  const values = Object.entries(wanted.where).map(
    ([field, allowed]) => `${field}: ${(allowed ?? []).join(' or ')}`,
  );
  return `\`${wanted.name}\` (${values.join(', ')})`;
}
