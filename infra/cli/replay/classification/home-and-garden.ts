import type { KeywordRow } from './keyword-row.ts';

/** Furniture (9403), frames (4414, 8306), baskets (4602), garden tools (8201), pots, money boxes and hardware. */
export const homeAndGarden: readonly KeywordRow[] = [
  ['830630', 'photoframe, jewelled photo frame, silver photo frame, gold photo frame, metal frame'],
  ['392490', 'juicy fruit photo frame, record frame, record cover frame, photo cube'],
  ['441490', 'photo frame, picture frame, frame'],
  [
    '940360',
    'cabinet, chest of drawer, drawer, cupboard, sideboard, shelf, shelving, curio, shutters, school desk',
  ],
  ['940320', 'garden shelf, steel table, table cream, love seat, magazine rack, newspaper stand, book stand'],
  ['940169', 'folding chair, kashmiri chair, bar stool'],
  ['940179', 'metal stool, stool'],
  ['940180', 'pouffe'],
  [
    '442090',
    'treasure chest, treasure book box, book box, wooden box, shoe shine box, mini chest, heart box, button box',
  ],
  ['442090', 'pirate chest, jewellery'],
  [
    '691390',
    'trinket pot, trinket, money bank, money box, piggy bank, ceramic ball, porcelain rose, buddha, paperweight',
  ],
  ['691390', 'pweight, tile, birdhouse crested'],
  ['820150', 'secateur'],
  ['820110', 'garden spade'],
  ['820130', 'garden rake'],
  ['820190', 'garden fork, garden trowel'],
  ['820540', 'screwdriver'],
  ['820600', 'tool set'],
  [
    '732690',
    'watering can, bucket, magazine, letter rack, letter tray, plant cage, plant holder, garden marker, herb marker',
  ],
  [
    '732690',
    'wall organiser, string with, birdcage, photo clip line, love bucket, waste bin, wastepaper bin',
  ],
  ['691490', 'planter, plant pot, flower pot, flowerpot'],
  [
    '442199',
    'peg, dolly peg, plant ladder, market crate, organiser wood, wood garden, wooden box of, photo clip string',
  ],
  ['460219', 'basket, wicker, hamper'],
  ['830629', 'metal tube chime, windchime, chime'],
  ['701399', 'vase, dressing table pot, glass'],
  ['670290', 'artificial flower, artiifcial flower, art flower, artificial, paper flower'],
  ['392490', 'waste paper, suction, retro mod tray, bathroom bottle, storage cube'],
  ['630790', 'mobile, wine bottle dressing, sock hanger'],
  ['491191', 'canvas screen'],
  ['392640', 'gnome, plaque, ornament, geisha'],
  ['442199', 'sandalwood fan'],
  ['630790', 'silk fan'],
];
