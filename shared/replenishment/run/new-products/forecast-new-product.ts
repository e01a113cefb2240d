import type { CalendarDate } from '../../../kernel/time.ts';
import type { Forecast } from '../../forecast/forecast.ts';
import { FORECAST_VERSION } from '../../forecast/forecast-series.ts';
import type { SiteHistory } from '../site-history.ts';
import type { GroupProfile, ProfileOf } from './group-profile.ts';
import { LAUNCH_DAYS } from './launch-days.ts';

/** What the forecast of a new product rests on besides its own sales. */
export interface LikeGroup {
  /** Two or four digits of the Harmonised System, or `*` for all goods of the warehouse. */
  readonly group: string;
  /** The SKUs of the group whose first days it has. */
  readonly launches: number;
  /** Its own days on sale, which count as a part of four weeks. */
  readonly ownDays: number;
}

/** Days on which a SKU could be sold at a site, sold or not: those of its history, and those in stock before it. */
export const daysOnSale = ({ lead, units, without }: SiteHistory): number =>
  lead + units.length - without.length;

/**
 * The forecast of a new product: that of its group, and of its own sales. Each day on which it could be sold gives its
 * own forecast a 28th of the weight, so that after four weeks on sale nothing of the group is left, sold or not.
 * Means, deviations and quantiles are averaged (Lichtendahl, Grushka-Cockayne and Winkler, Management Science 59,
 * 2013). Undefined for a product that is not new, and where no group of its warehouse has a profile: then its own
 * forecast stands alone. `own` is undefined where nothing was sold.
 */
export function forecastNewProduct(
  line: SiteHistory,
  own: Forecast | undefined,
  { day, profileOf }: { readonly day: CalendarDate; readonly profileOf: ProfileOf },
): { readonly forecast: Forecast; readonly like: LikeGroup } | undefined {
  const ownDays = daysOnSale(line);
  if (line.isNew !== true || ownDays >= LAUNCH_DAYS) return undefined;
  const profile = profileOf(line.warehouseId, line.hsCode);
  if (profile === undefined) return undefined;
  const { group, launches } = profile;
  const forecast = averaged(profile.forecast, own, ownDays / LAUNCH_DAYS);
  return { forecast: { ...forecast, sku: line.sku, firstDay: day }, like: { group, launches, ownDays } };
}

type Quantiles = Forecast['days'][number]['quantiles'];

/** `share` is the weight of the own forecast; without one, it is that of no demand. */
function averaged(group: GroupProfile['forecast'], own: Forecast | undefined, share: number): Forecast {
  if (share === 0) return group;
  const mix = (ofGroup: number, ofOwn: number | undefined) => (1 - share) * ofGroup + share * (ofOwn ?? 0);
  const mixed = (ofGroup: Quantiles, ofOwn: Quantiles | undefined): Quantiles => ({
    '0.5': mix(ofGroup['0.5'], ofOwn?.['0.5']),
    '0.9': mix(ofGroup['0.9'], ofOwn?.['0.9']),
    '0.95': mix(ofGroup['0.95'], ofOwn?.['0.95']),
  });
  const { wape } = group.error;
  return {
    ...{ sku: group.sku, market: group.market, firstDay: group.firstDay, version: FORECAST_VERSION },
    method: 'group-profile-and-own-sales',
    error: {
      pinball: mix(group.error.pinball, own?.error.pinball),
      wape: wape === undefined || own === undefined ? wape : mix(wape, own.error.wape ?? wape),
    },
    days: group.days.map(({ mean, quantiles }, at) => ({
      mean: mix(mean, own?.days[at]?.mean),
      quantiles: mixed(quantiles, own?.days[at]?.quantiles),
    })),
    totals: group.totals.map(({ standardDeviation, quantiles }, at) => ({
      standardDeviation: mix(standardDeviation, own?.totals?.[at]?.standardDeviation),
      quantiles: mixed(quantiles, own?.totals?.[at]?.quantiles),
    })),
  };
}
