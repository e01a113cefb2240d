import type { RuleFile } from '../duties/rules/rule-file.ts';
import americas from './data/americas.json' with { type: 'json' };
import asiaPacific from './data/asia-pacific.json' with { type: 'json' };
import dangerousGoods from './data/dangerous-goods.json' with { type: 'json' };
import embargoes from './data/embargoes.json' with { type: 'json' };
import epr from './data/epr.json' with { type: 'json' };
import eu from './data/eu.json' with { type: 'json' };
import everywhere from './data/everywhere.json' with { type: 'json' };
import gb from './data/gb.json' with { type: 'json' };
import goodsKinds from './data/goods-kinds.json' with { type: 'json' };
import middleEast from './data/middle-east.json' with { type: 'json' };
import us from './data/us.json' with { type: 'json' };
import { createRestrictionBook, type RestrictionBook } from './restriction-book.ts';
import { checkedKindsOf, checkedRestrictionsOf } from './restriction-file.ts';
import type { GoodsKind, Restriction } from './schema.ts';

/** THE FILES of restrictions: to add a file, add one line here. */
export const restrictionFiles: Readonly<Record<string, RuleFile>> = {
  everywhere,
  embargoes,
  'dangerous-goods': dangerousGoods,
  eu,
  epr,
  gb,
  us,
  americas,
  'asia-pacific': asiaPacific,
  'middle-east': middleEast,
};

const rowsOfFiles = () => Object.values(restrictionFiles).flatMap(checkedRestrictionsOf);

// Marked as pure, so that a function that only reads a product or a seller is bundled without the data.

/** Every row of the repository's files. */
export const builtinRestrictionRows: readonly Restriction[] = /* @__PURE__ */ rowsOfFiles();

export const builtinGoodsKinds: readonly GoodsKind[] = /* @__PURE__ */ checkedKindsOf(goodsKinds);

/** The restrictions of the repository. */
export const builtinRestrictions: RestrictionBook = /* @__PURE__ */ createRestrictionBook(
  builtinRestrictionRows,
  builtinGoodsKinds,
);
