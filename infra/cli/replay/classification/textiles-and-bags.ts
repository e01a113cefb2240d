import type { KeywordRow } from './keyword-row.ts';

/**
 * Bags and purses (4202), made-up textiles (63), cushions (9404), floor coverings (57), yarn, ribbon and needlework.
 */
export const textilesAndBags: readonly KeywordRow[] = [
  ['711790', 'bag charm, bead charm'],
  ['820190', 'garden tools in bag'],
  ['701890', 'marble, glass gems'],
  ['950490', 'skittle, wooden skittles'],
  [
    '630790',
    'peg bag, toy tidy, shoe tidy, storage hanger, netting storage, wall tidy, doorstop, drawstring bag',
  ],
  ['621142', 'apron, baby bib, childrens apron'],
  ['621600', 'oven glove, oven mitt, gardening glove, garden glove'],
  ['420222', 'handbag, hand bag, evening bag, shoulder bag'],
  ['420292', 'bag, shopper, washbag, wash bag, backpack, charlotte bag, bum bag, tote, carry all bag'],
  ['420212', 'mini cases'],
  ['420232', 'purse, wallet, pouch'],
  ['630260', 'flannel, cake towel, roll towel, hand towel, rose towel'],
  ['630291', 'tea towel'],
  ['630251', 'tablecloth, table cloth, table run'],
  ['630492', 'cushion cover, c cover, squarecushion cover'],
  ['960500', 'sewing kit, repair kit'],
  ['630790', 'pin cushion'],
  ['940490', 'cushion, filler pad, pads to match, kneeling pad'],
  ['940440', 'quilt'],
  ['630140', 'throw'],
  [
    '630392',
    'string curtain, pom pom curtain, pompom curtain, circle curtain, feathers curtain, wallhanging',
  ],
  ['392490', 'bead curtain, curtain'],
  ['630790', 'ironing board cover, hammock'],
  ['570500', 'doormat, acapulco mat'],
  ['580632', 'ribbon, ribbons, ribbon reel'],
  ['581092', 'patches, sew on crochet'],
  ['560790', 'twine'],
  ['442090', 'sewing box'],
  ['731990', 'needle set'],
  ['660110', 'garden parasol'],
  ['660199', 'parasol, umbrella'],
];
