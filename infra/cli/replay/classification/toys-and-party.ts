import type { KeywordRow } from './keyword-row.ts';

/** Toys (9503), games (9504), festive articles (9505), outdoor play (9506). */
export const toysAndParty: readonly KeywordRow[] = [
  ['950300', 'toy, doll, teddy, pony, puppet, balloon, water bomb, dinosaur set, creepy crawlie, snake set'],
  [
    '950300',
    'spinning top, helicopter, glider, racing car, pull along, alphabet block, jigsaw block, farmyard animal',
  ],
  ['950300', 'felt craft, feltcraft, flying disc, beach spade, knitting nancy, monster'],
  [
    '950300',
    'catch cup, skipping rope, skippping rope, space cadet, space frog, space owl, ninja rabbit, snake egg',
  ],
  ['950300', 'inflatable, windmill, cards for kid, glow in dark, easter craft, christmas craft, stress ball'],
  [
    '950300',
    'shark helicopter, baby mouse, mummy mouse, stripey mice, knitted hen, knitted rabbit, girl amelie, art make',
  ],
  [
    '950490',
    'domino, dominoes, ludo, bingo set, snakes ladder, croquet, rounder, garden set, heads and tails',
  ],
  [
    '950590',
    'bunting, paper chain, confetti, party cone, honeycomb, rosette, hawaiian grass, disco ball, pennant',
  ],
  ['630790', 'flag, windsock'],
];
