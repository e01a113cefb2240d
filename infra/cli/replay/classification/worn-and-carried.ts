import type { KeywordRow } from './keyword-row.ts';

/** Imitation jewellery (7117), hair (9615), clothing and other things on a person. */
export const wornAndCarried: readonly KeywordRow[] = [
  ['660191', 'folding umbrella'],
  ['732690', 'key ring, keyring, key fob, key chain, gaolers key'],
  [
    '961511',
    'hair comb, hair slide, hairslide, hair clip, hairclip, hair grip, flower cluster slide, butterfly clip, hair band',
  ],
  ['961590', 'hair tie, hairband'],
  ['442090', 'jewellery box, jewellery stand, trinket box'],
  [
    '711719',
    'necklace, necklac, neckl, neckl36, earring, diamante ring, enamel flower ring, silver ring, boudicca ring, brooch',
  ],
  ['711719', 'lariat, phone charm, phone char, drop earrings, rosebud ring'],
  [
    '711790',
    'bracelet, braclet, bangle, choker, jewellery set, tiara, bubble gum ring, expandable ring, leis',
  ],
  ['831000', 'badge'],
  ['621490', 'bead pink scarf'],
  ['392620', 'rain mac, rain poncho, rain hat, shower cap'],
  ['640419', 'slipper shoe'],
  ['611599', 'slipper sock'],
  ['650400', 'sombrero'],
  ['420100', 'dog collar, dogs collar'],
  ['700992', 'mirror, mirrored wall, mirrored'],
  ['392690', 'pill box'],
];
