import type { KeywordRow } from './keyword-row.ts';

/** Chapters 48 and 49, and other articles for a desk (Chapter 96, headings 3213, 4016, 8214). */
export const paperAndStationery: readonly KeywordRow[] = [
  ['481940', 'gift bag, paper bag, party bag, candy bag'],
  ['481190', 'gift wrap, gift wraps, wrap, wrapping paper'],
  ['481141', 'gift tape, wrapping tape, bookcover tape, cats tape, retrospot tape, skulls tape, design tape'],
  ['391910', 'cordon barrier tape'],
  ['491000', 'calendar'],
  ['482050', 'photo album, scrap book, 60 page photo'],
  ['482010', 'notebook, journal, pocket book, sketchbook, address book'],
  ['481730', 'writing set, stationery set, stationery box, notelet, notelets kit'],
  ['481710', 'envelope'],
  ['490900', 'card, party invite, postcard'],
  ['490300', 'picture book'],
  ['491191', 'canvas art picture, kitchen print, shell print, shells print'],
  [
    '481950',
    'pannetone, handbag gift, sweetie gift, nesting box, nesting boxes, storage box, paper box, paper boxes',
  ],
  [
    '481950',
    'round box, oval box, popcorn holder, keepsake box, fabric oval box, recipe box, decoupage heart box',
  ],
  ['420292', 'pen case, pencil case'],
  ['821410', 'pencil sharpener'],
  ['401692', 'eraser, rubbers in bag, doggy rubber, push down rubber'],
  ['960910', 'pencil, pencils, colouring set'],
  ['960990', 'chalk stick, crayon'],
  ['960820', 'highlighter pen, gel pen'],
  ['330410', 'lip gloss'],
  ['960810', 'pen, pens'],
  ['961100', 'stamp set'],
  ['321310', 'paint set, paint your own'],
  ['340700', 'modelling clay'],
  ['392690', 'stencil craft, book mark'],
  ['961000', 'chalkboard, blackboard, black board, memo board, memoboard'],
  ['821300', 'scissor'],
];
