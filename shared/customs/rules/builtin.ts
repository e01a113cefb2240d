import { createRuleBook, type RuleBook } from '../rule-book.ts';
import au from './data/au.json' with { type: 'json' };
import eu from './data/eu.json' with { type: 'json' };
import euTariff from './data/eu-tariff.json' with { type: 'json' };
import euVat from './data/eu-vat.json' with { type: 'json' };
import gb from './data/gb.json' with { type: 'json' };
import gbTariff from './data/gb-tariff.json' with { type: 'json' };
import preferences from './data/preferences.json' with { type: 'json' };
import us from './data/us.json' with { type: 'json' };
import usSection301China from './data/us-section-301-china.json' with { type: 'json' };
import usTariff from './data/us-tariff.json' with { type: 'json' };
import version from './data/version.json' with { type: 'json' };
import { checkedRowsOf, type RuleFile } from './rule-file.ts';
import type { Rule } from './schema.ts';

/** THE RULE FILES of the repository: one line to add is here. */
export const ruleFiles: Readonly<Record<string, RuleFile>> = {
  au,
  eu,
  'eu-tariff': euTariff,
  'eu-vat': euVat,
  gb,
  'gb-tariff': gbTariff,
  preferences,
  us,
  'us-section-301-china': usSection301China,
  'us-tariff': usTariff,
};

/** Every row of the repository's files. */
export const builtinRows: readonly Rule[] = Object.values(ruleFiles).flatMap((file) => checkedRowsOf(file));

/**
 * The version that quotes name: the day of the last change and the beginning of the rows' fingerprint, so that no
 * row changes without it. `npm run rules -- version` writes it, and a test checks it.
 */
export const builtinVersion: string = version.version;

/** The rules as they are in the repository, without a deployment's own. */
export const builtinRuleBook: RuleBook = createRuleBook(builtinRows, builtinVersion);
