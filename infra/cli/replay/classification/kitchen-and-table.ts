import type { KeywordRow } from './keyword-row.ts';

/** Table and kitchen: ceramics (6911, 6912), glass (7013), steel (7323), plastics (3924), wood (4419), cutlery. */
export const kitchenAndTable: readonly KeywordRow[] = [
  ['691110', 'bone china, porcelain mug, regency teacup'],
  ['630790', 'mug cosy, egg cosy, tea cosy, egg warmer, cosy'],
  ['392410', 'lunch box, lunch box with cutlery, snack box, snack boxes, picnic boxes, food container set'],
  [
    '392410',
    'container set, childs breakfast set, melamine, funky beaker, tv dinner tray, polkadot beaker, egg spoon',
  ],
  ['392410', 'pudding spoon, retro plastic, baking mould, ice lolly, mixing bowl, bendy straw, straw'],
  [
    '732393',
    'measuring spoon, mini ladle, cookie cutter, biscuit cutter, jelly mould, sugar tong, tea strainer',
  ],
  ['732393', 'apple corer, orange squeezer, toastrack, mini ladle love'],
  ['821520', 'cutlery set, piece cutlery, vintage cutlery'],
  ['442090', 'cutlery box'],
  ['940360', 'cutlery cupboard, cutlery shelf'],
  ['821599', 'cutlery, teaspoon, spoon'],
  ['732394', 'frying pan, milk pan, enamel, egg frying pan, egg pan, food container'],
  ['820551', 'bottle opener'],
  ['441990', 'rolling pin, chopstick, placemat, love bird coaster, lovebird coaster'],
  ['960390', 'pastry brush, scrubbing brush, washing up brush, garden brush'],
  ['401519', 'washing up glove'],
  ['630493', 'food cover, raffia food'],
  [
    '731029',
    'biscuit tin, biscuits tin, cake tin, storage tin, tea caddy, stacking tin, spice tin, herb tin, round tin',
  ],
  [
    '731029',
    'set of 2 tins, figures tin, table tin, bread bin, easter tin, tea coffee sugar, keepsake tin, tin',
  ],
  ['701349', 'glass jar, jam jar, glass coffee caddy, glass tea caddy, bell jar, beurre dish, cheese dish'],
  [
    '701349',
    'glass fruitbowl, lid glass bowl, glass bowl, finger bowl, roman bowl, sundae dish, glass storage jar',
  ],
  [
    '701349',
    'glass cake stand, glass cake cover, glass cloche, milk bottle, pedestal bowl, jam making, glass dish',
  ],
  ['701337', 'tumbler, milkshake glass, tea glass, d o f glass, aperitif glass, chalice'],
  ['701328', 'wine glass, champagne glass, wine goblet, goblet'],
  ['701399', 'glass ashtray, glass coaster'],
  ['961700', 'flask'],
  [
    '691200',
    'mug, plate, bowl, cup, saucer, teapot, jug, butter dish, cakestand, cake stand, tea set, egg cup, platter',
  ],
  [
    '691200',
    'coffee set, breakfast cup, tea for one, milk jug, storage jar, jar, dish, salt and pepper, spoon rest, pizza dish, fruitbowl',
  ],
  ['691200', 'tile coaster, cat bowl, dog bowl, charger, dog cannister, biscuit barrel, tea bag plate'],
  ['482390', 'coaster'],
  ['732399', 'egg holder, egg box, fruit bowl, cooking set, baking set, kitchen organiser, bullet bin'],
  ['732399', 'cannister, napkin ring, napkin charm, utensil holder, wire fruit, ashtray'],
  ['441990', 'tray'],
  ['460219', 'picnic hamper, picnic basket, breakfast basket'],
];
