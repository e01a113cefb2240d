import type { KeywordRow } from './keyword-row.ts';

/**
 * Goods that only decorate: Christmas and festive articles (9505), wood (4420), base metal (8306), textiles. This
 * table is the last one.
 */
export const decorations: readonly KeywordRow[] = [
  [
    '950510',
    'christmas, advent, bauble, jingle bells, tinsel, feather tree, snow pear, noel, xmas, blackchristmas, mistletoe',
  ],
  ['950590', 'easter, garland, party, chick, hen house, flower egg, butterfly egg, paper egg'],
  ['830629', 'zinc, painted metal, metal decoration, metal, wire, bell, filigree, filigris, aluminium, duck'],
  ['442019', 'wood, wooden, camphor, rustic'],
  ['630790', 'felt, fabric, knitted, crochet, padded, gingham, pom pom'],
  ['691390', 'ceramic, porcelain, pottery'],
  ['392640', 'acrylic, resin, beaded, jewel, crystal, hanging decoration, decoration'],
  ['670290', 'wreath'],
];
