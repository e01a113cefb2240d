import { rowsByRegime } from '../duties/rules/rows-by-regime.ts';
import { besideCode } from './beside-code.ts';

const read = besideCode({
  beside: new URL('./destinations/', import.meta.url),
  inProject: 'shared/duties/destinations/',
});

/** The repository's rules of a regime. A file is read when a price first needs it. */
export const rulesBeside = rowsByRegime((name) => read(`${name}.json`).toString('utf8'));
