import * as z from 'zod';

/** Batteries by chemistry: how their rating is stated, and whether they may travel alone. */
const batteries: Readonly<
  Record<string, { readonly rating: 'energy' | 'lithium'; readonly alone: boolean }>
> = {
  UN3480: { rating: 'energy', alone: true },
  UN3481: { rating: 'energy', alone: false },
  UN3090: { rating: 'lithium', alone: true },
  UN3091: { rating: 'lithium', alone: false },
  UN3551: { rating: 'energy', alone: true },
  UN3552: { rating: 'energy', alone: false },
};

const count = z.int().min(1).max(10_000);
const milliwattHours = z.int().min(1).max(10_000_000);
const milligrams = z.int().min(1).max(1_000_000);

/**
 * The data of dangerous goods that transport law needs. A rating is that of the largest cell and of the largest battery
 * in one unit: energy in thousandths of a watt-hour (100 Wh is 100000), lithium metal in milligrams (2 g is 2000).
 */
export const dangerousGoodsSchema = z
  .strictObject({
    unNumber: z.string().regex(/^(UN\d{4}|ID8000)$/, 'UN and four digits, or ID8000'),
    /** For batteries: alone, in the box beside the equipment, or built into it. */
    packing: z.enum(['alone', 'packed-with', 'contained-in']).optional(),
    cellMilliwattHours: milliwattHours.optional(),
    batteryMilliwattHours: milliwattHours.optional(),
    cellLithiumMilligrams: milligrams.optional(),
    batteryLithiumMilligrams: milligrams.optional(),
    cellCount: count.optional(),
    batteryCount: count.optional(),
    /** Whether the charge is at most 30 % of the rated capacity when the goods are handed over. */
    stateOfChargeLimited: z.boolean().optional(),
  })
  .superRefine((goods, { addIssue }) => {
    const wrong = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    const battery = batteries[goods.unNumber];
    if (battery === undefined) {
      const { unNumber: _, ...ofBatteries } = goods;
      // UN3171, a battery-powered vehicle, states its energy as well.
      for (const [field, value] of Object.entries(ofBatteries))
        if (value !== undefined && goods.unNumber !== 'UN3171')
          wrong(field, `only of batteries: ${Object.keys(batteries).join(', ')}`);
      return;
    }
    if (!battery.alone && goods.packing !== 'packed-with' && goods.packing !== 'contained-in')
      wrong('packing', `${goods.unNumber} is packed-with or contained-in`);
    if (battery.alone && goods.packing !== undefined && goods.packing !== 'alone')
      wrong('packing', `${goods.unNumber} is alone`);
    const foreign =
      battery.rating === 'energy'
        ? (['cellLithiumMilligrams', 'batteryLithiumMilligrams'] as const)
        : (['cellMilliwattHours', 'batteryMilliwattHours', 'stateOfChargeLimited'] as const);
    for (const field of foreign)
      if (goods[field] !== undefined) wrong(field, `not stated of ${goods.unNumber}`);
    if ((goods.cellMilliwattHours ?? 0) > (goods.batteryMilliwattHours ?? Number.MAX_SAFE_INTEGER))
      wrong('cellMilliwattHours', 'a cell has no more than its battery');
    if ((goods.cellLithiumMilligrams ?? 0) > (goods.batteryLithiumMilligrams ?? Number.MAX_SAFE_INTEGER))
      wrong('cellLithiumMilligrams', 'a cell has no more than its battery');
    if ((goods.batteryCount ?? 0) > (goods.cellCount ?? Number.MAX_SAFE_INTEGER))
      wrong('batteryCount', 'a battery has at least one cell');
  })
  .meta({ id: 'DangerousGoods' });
