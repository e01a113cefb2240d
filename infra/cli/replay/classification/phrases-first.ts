import type { KeywordRow } from './keyword-row.ts';

/**
 * Phrases whose single words would match a wrong row of a later table. Examples: a cake case is paper, and a soft toy
 * in the shape of a bag is a toy.
 */
export const phrasesFirst: readonly KeywordRow[] = [
  // Toys and dolls in the shape of something else.
  [
    '950300',
    'soft toy, dog toy, mouse toy, monkey doll, design teddy, teddy bear, felt farm animal, sock puppet',
  ],
  [
    '950300',
    'felt handbag kit, felt craft doll, feltcraft doll, playhouse, jigsaw, toy cooking, soft car toy',
  ],
  ['950300', 'magic drawing slate, magic sheep wool, wheelbarrow for children, seaside bucket'],
  // Printed and adhesive articles.
  ['491199', 'sticker, height chart, decal, craft sticker'],
  ['490810', 'water transfer tattoo'],
  [
    '490900',
    'greeting card, birthday card, christmas card, greeting card pack, message card, postcard set, card kit',
  ],
  ['830629', 'metal postcard'],
  ['950440', 'playing card, snap card, card game, tails card'],
  ['420232', 'travel card wallet, passport cover, vippassport cover, glasses case'],
  ['392690', 'luggage tag'],
  ['482110', 'gift tag'],
  ['732690', 'metal tag'],
  ['830629', 'card holder, cardholder, photo clip, memo holder, bauble stand, place setting'],
  // Paper and foil for the kitchen.
  ['482369', 'cake case, petit four case, paper cup, paper plate, fairy cake case'],
  ['482390', 'doily, doilie, cupcake lace paper, paper fan, paper lantern, traveling fan'],
  ['630251', 'cotton napkin'],
  ['481830', 'napkins'],
  ['950510', 'advent calendar'],
  ['481820', 'tissues, tissue box'],
  ['481810', 'toilet roll'],
  ['482390', 'tissue ream'],
  // Decorative lights.
  [
    '940531',
    'christmas light, light chain, string of 10, light garland, string 20light, tree 20light, fairy light',
  ],
  [
    '940531',
    'cherry light, chilli light, lights night owl, 20 lights, lantern fairy, butterfiles pink light, 10 lights',
  ],
  ['940599', 'lampshade, lamp shade, pink shade'],
  ['940521', 'night light, nightlight, table lamp, geometric lamp, lamp, table light, art light'],
  // A candle holder of any material is a luminaire without electricity.
  [
    '940550',
    'light holder, light hldr, light holders, tealight holder, candle holder, candleholder, candlestick',
  ],
  ['940550', 'candle stick, candle plate, candlepot, candlestand, candle stand, votive holder, candelabra'],
  ['940550', 'lantern, hurricane lamp, light glass, glass hanging t light, light set, light setting'],
  ['940550', 'candles + base for, etched tealight, rococo chandelier, roccoco chandelier, chandelier'],
  ['691390', 'oil burner, incense holder'],
  ['330741', 'incense'],
  ['330499', 'essential balm'],
  // Hangers, hooks and signs.
  ['831000', 'metal sign, door sign, doorsign, sign, stopmetal sign'],
  ['442019', 'door hanger, wooden letter, wood letter, block word, block letter, painted letter'],
  ['830250', 'hook, coat rack, hook hanger, hanger magic, coathanger 5'],
  ['442110', 'coat hanger, padded hanger, clothes hanger'],
  ['392630', 'drawer knob acrylic, drawerknob acrylic'],
  ['691490', 'ceramic drawer knob'],
  ['401490', 'hot water bottle, woolly hottie'],
  ['382499', 'hand warmer, pocket warmer'],
  ['360500', 'box match, tube match'],
  ['850519', 'magnet'],
  ['910511', 'alarm clock'],
  ['910521', 'wall clock, kitchen clock, clock w'],
  ['910591', 'clock'],
  ['902519', 'thermometer'],
  ['901780', 'tape measure, measuring tape, ruler'],
  ['847010', 'calculator'],
  ['842310', 'kitchen scale, bathroom scale'],
  ['901530', 'spirit level'],
  ['851830', 'headphone'],
  ['851821', 'speaker, boombox'],
  ['852719', 'retro radio'],
  ['851310', 'torch'],
  ['851679', 'mug warmer'],
  ['853180', 'doorbell'],
  ['847290', 'hole punch'],
  ['900410', 'sunglasses'],
  ['920590', 'harmonica'],
  ['300510', 'plaster in tin, plasters in tin'],
  ['300650', 'first aid kit'],
  ['731029', 'first aid tin'],
  ['940360', 'tray table'],
  ['442090', 'trinket tray'],
  ['732690', 'letter tray, zinc + planter'],
  ['630790', 'felt + basket'],
  ['950590', 'chick + basket'],
  ['701890', 'silver stones'],
  ['691200', 'sugar jar'],
  ['551110', 'scarf knitting kit'],
  ['120930', 'grow your own, seed envelope, sow n grow, grow a flytrap'],
];
