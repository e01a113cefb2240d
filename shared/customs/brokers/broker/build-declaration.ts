import type { Instant } from '../../../kernel/time.ts';
import type { Declaration } from '../../broker.ts';
import type { Declarant } from './elements.ts';
import { buildEuH1 } from './eu-h1.ts';
import { buildEuH7 } from './eu-h7.ts';
import { buildGbH1 } from './gb-h1.ts';
import { buildGbH7 } from './gb-h7.ts';
import { buildImportElsewhere } from './import-elsewhere.ts';
import { buildUsEntry } from './us-entry.ts';
import type { WireDeclaration } from './wire.ts';

type Build = (declaration: Declaration, declarant: Declarant, filedAt: Instant) => WireDeclaration;

const builders: Readonly<Record<Declaration['dataSet'], Build>> = {
  EU_H7: buildEuH7,
  EU_H1: buildEuH1,
  GB_H7: buildGbH7,
  GB_H1: buildGbH1,
  US_TYPE_11: buildUsEntry,
  US_TYPE_01: buildUsEntry,
  IMPORT_LOW_VALUE: buildImportElsewhere,
  IMPORT_STANDARD: buildImportElsewhere,
};

/** Writes the broker's message for the declaration's data set. Some codes depend on the day of filing. */
export function buildDeclaration(
  declaration: Declaration,
  declarant: Declarant,
  filedAt: Instant,
): WireDeclaration {
  return builders[declaration.dataSet](declaration, declarant, filedAt);
}
