import { importerOfRecord } from '../importer-of-record.ts';
import type { NotAssessable } from '../regime.ts';
import { conditionsHold } from '../rules/conditions.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';

/**
 * The first line whose charges we have no rules for, with the reason; undefined when there is none. `within`: the goods
 * are already in free circulation in the destination.
 */
export function findNotComputed(it: ImportCase, within: boolean): NotAssessable | undefined {
  if (it.rules.all('not-computed').length === 0) return undefined;
  for (const line of it.lines) {
    const refused = notComputedFor(it, line, within);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Why we have no rules for the charges of one line; undefined if we have them. */
export function notComputedFor(it: ImportCase, line: ValuedLine, within: boolean): NotAssessable | undefined {
  // Several reasons may apply at once, such as mail and too high a value. Each alone is enough.
  // The rows in their order, and none after the first: a condition on a value asks for a rate of exchange.
  const row = it.rules
    .all('not-computed')
    .find((each) => (each.withinTheBorder || !within) && conditionsHold(each, it, line));
  if (row === undefined) return undefined;
  return { reason: row.reason, lineId: line.lineId, detail: `${row.detail} (${row.law})` };
}

/** Why duty and tax can't be paid for the consignee; undefined if they can, or if the consignee pays them. */
export function findNoDeclarant(it: ImportCase): NotAssessable | undefined {
  if (it.consignment.incoterm === 'DAP') return undefined;
  const row = it.rules.find('no-declarant', it);
  return row === undefined ? undefined : { reason: 'no-declarant', detail: `${row.detail} (${row.law})` };
}

/**
 * Why nobody can be named as the importer of record; undefined if the seller can, or if no number is asked for. The
 * consignee's number is not asked for at the order.
 */
export function findNoImporter(it: ImportCase): NotAssessable | undefined {
  const row = it.rules.find('importer-number', it);
  const { incoterm, destination } = it.consignment;
  if (row === undefined || importerOfRecord(it.context.seller, destination.country, incoterm) !== undefined)
    return undefined;
  const named = `${row.detail} (${row.law})`;
  return incoterm === 'DDP'
    ? { reason: 'not-registered', detail: `${named}: the seller has none in ${destination.country}` }
    : { reason: 'not-supported', detail: `${named}: the consignee's is not asked for, so ask for DDP` };
}

/** The refusal of goods whose code is too short for a data set, and for which no line of the tariff is known. */
export function tooShort(hsCode: string, digits: 8 | 10, lineId: string): NotAssessable {
  const detail = `the declaration asks for a code of ${digits} digits and the product has ${hsCode}`;
  return { reason: 'unclassified', lineId, detail };
}
