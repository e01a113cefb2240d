import * as eu from './eu.ts';
import { euVatRates } from './eu-vat.ts';
import * as gb from './gb.ts';
import { notComputed } from './not-computed.ts';
import type { RuleRow } from './schema.ts';
import { china301Lines } from './tariff-china301.ts';
import { euTariffLines } from './tariff-eu.ts';
import { gbTariffLines } from './tariff-gb.ts';
import { usTariffLines } from './tariff-us.ts';
import * as us from './us.ts';
import { additionalDuties } from './us-additional.ts';

/** The whole rule set: every row from which a figure or a refusal comes. */
export const ruleRows: readonly RuleRow[] = [
  ...eu.euReliefs,
  ...eu.euFlatDuties,
  ...eu.unionHandlingFees,
  ...eu.nationalFees,
  ...[eu.ioss, eu.importVat, eu.oss, eu.domesticVat],
  ...euVatRates,
  ...gb.gbReliefs,
  ...gb.gbVatRates,
  ...[gb.domesticVat, gb.supplyVat, gb.importVat],
  ...us.usReliefs,
  ...us.noDeMinimis,
  ...us.informalEntryLimits,
  ...us.processingFees,
  ...additionalDuties,
  ...notComputed,
  ...euTariffLines,
  ...gbTariffLines,
  ...usTariffLines,
  ...china301Lines,
];
