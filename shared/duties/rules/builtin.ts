import { createRuleBook, type RuleBook } from '../rule-book.ts';
import ae from './data/ae.json' with { type: 'json' };
import ar from './data/ar.json' with { type: 'json' };
import au from './data/au.json' with { type: 'json' };
import br from './data/br.json' with { type: 'json' };
import ca from './data/ca.json' with { type: 'json' };
import ch from './data/ch.json' with { type: 'json' };
import cl from './data/cl.json' with { type: 'json' };
import cn from './data/cn.json' with { type: 'json' };
import co from './data/co.json' with { type: 'json' };
import eu from './data/eu.json' with { type: 'json' };
import euTariff from './data/eu-tariff.json' with { type: 'json' };
import euVat from './data/eu-vat.json' with { type: 'json' };
import gb from './data/gb.json' with { type: 'json' };
import gbTariff from './data/gb-tariff.json' with { type: 'json' };
import hk from './data/hk.json' with { type: 'json' };
import id from './data/id.json' with { type: 'json' };
import il from './data/il.json' with { type: 'json' };
import india from './data/in.json' with { type: 'json' };
import jp from './data/jp.json' with { type: 'json' };
import ke from './data/ke.json' with { type: 'json' };
import kr from './data/kr.json' with { type: 'json' };
import mx from './data/mx.json' with { type: 'json' };
import my from './data/my.json' with { type: 'json' };
import ng from './data/ng.json' with { type: 'json' };
import no from './data/no.json' with { type: 'json' };
import nz from './data/nz.json' with { type: 'json' };
import ph from './data/ph.json' with { type: 'json' };
import preferences from './data/preferences.json' with { type: 'json' };
import sa from './data/sa.json' with { type: 'json' };
import sg from './data/sg.json' with { type: 'json' };
import th from './data/th.json' with { type: 'json' };
import tr from './data/tr.json' with { type: 'json' };
import us from './data/us.json' with { type: 'json' };
import usSection301China from './data/us-section-301-china.json' with { type: 'json' };
import usTariff from './data/us-tariff.json' with { type: 'json' };
import version from './data/version.json' with { type: 'json' };
import vn from './data/vn.json' with { type: 'json' };
import za from './data/za.json' with { type: 'json' };
import { checkedRowsOf, type RuleFile } from './rule-file.ts';
import type { Rule } from './schema.ts';

/** THE RULE FILES of the repository: one line to add is here. */
export const ruleFiles: Readonly<Record<string, RuleFile>> = {
  ae,
  ar,
  au,
  br,
  ca,
  ch,
  cl,
  cn,
  co,
  eu,
  'eu-tariff': euTariff,
  'eu-vat': euVat,
  gb,
  'gb-tariff': gbTariff,
  hk,
  id,
  il,
  in: india,
  jp,
  ke,
  kr,
  mx,
  my,
  ng,
  no,
  nz,
  ph,
  preferences,
  sa,
  sg,
  th,
  tr,
  us,
  'us-section-301-china': usSection301China,
  'us-tariff': usTariff,
  vn,
  za,
};

/** Every row of the repository's files. */
export const builtinRows: readonly Rule[] = /* @__PURE__ */ Object.values(ruleFiles).flatMap((file) =>
  checkedRowsOf(file),
);

/**
 * The version that quotes name: the day of the last change and the beginning of the rows' fingerprint, so that no
 * row changes without it. `npm run rules -- version` writes it, and a test checks it.
 */
export const builtinVersion: string = version.version;

/** The rules as they are in the repository, without a deployment's own. */
export const builtinRuleBook: RuleBook = /* @__PURE__ */ createRuleBook(builtinRows, builtinVersion);
