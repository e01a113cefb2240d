import { dayAfter } from '../../kernel/time.ts';
import { ALL_MARKETS } from '../demand/demand-series.ts';
import { type StoredSignal, upliftOf } from './given-signal.ts';
import type { Signal } from './signal.ts';

/** Units that sites sold of a SKU, by market. */
export type UnitsByMarket = Readonly<Record<string, number>>;

/** A product, as signals name it. */
interface Goods {
  readonly sku: string;
  /** Of the Harmonised System; undefined where it is not known. */
  readonly hsCode?: string | undefined;
}

/** One site and all sites, of one SKU. */
export interface SoldByMarket {
  readonly here: UnitsByMarket;
  readonly everywhere: UnitsByMarket;
}

/**
 * Signals of markets, as they change the demand at one site. A site serves several markets: a factor holds for the
 * part of its units that goes to the markets of the signal, and units of a signal are shared by what each site sold
 * there. Where nothing is known of the markets, only signals of all markets are left.
 */
export function signalsAtSite(
  signals: readonly StoredSignal[],
  { sold, ...goods }: Goods & { readonly sold: SoldByMarket },
): Signal[] {
  return signals.flatMap((signal): Signal[] => {
    if (!isAboutGoods(signal, goods)) return [];
    const { signalId: id, kind, firstDay, lastDay } = signal;
    const uplift = upliftOf(signal);
    const part = 'factor' in uplift ? partOf(signal, sold.here, sumOf(sold.here)) : shareOf(signal, sold);
    if (part === 0) return [];
    return [
      {
        ...{ id, kind, markets: [ALL_MARKETS], firstDay, lastDay },
        uplift:
          'factor' in uplift
            ? { factor: 1 + part * (uplift.factor - 1) }
            : { unitsADay: uplift.unitsADay * part },
      },
    ];
  });
}

/** Whether a signal names goods, by SKU or by the digits that their code begins with. Without both, it names all. */
const isAboutGoods = ({ skus, categories }: StoredSignal, { sku, hsCode }: Goods): boolean =>
  (skus === undefined && categories === undefined) ||
  skus?.includes(sku) === true ||
  categories?.some((digits) => hsCode?.startsWith(digits)) === true;

/**
 * The signal as a plan counts it: as many days earlier as its stock has to be there before. What is bought then arrives
 * in time, and is not counted twice.
 */
export const asPlanned = (signal: Signal, stockDaysBefore: number): Signal => ({
  ...signal,
  firstDay: dayAfter(signal.firstDay, -stockDaysBefore),
  lastDay: dayAfter(signal.lastDay, -stockDaysBefore),
});

const isEverywhere = ({ markets }: StoredSignal): boolean => markets.some((each) => each === ALL_MARKETS);

/** The part of the units that goes to the markets of a signal. */
function partOf(signal: StoredSignal, units: UnitsByMarket, all: number): number {
  if (isEverywhere(signal)) return 1;
  return all === 0 ? 0 : inMarkets(signal, units) / all;
}

/** What one site sold in the markets of a signal, as a part of what all sites sold there. */
function shareOf(signal: StoredSignal, { here, everywhere }: SoldByMarket): number {
  const all = inMarkets(signal, everywhere);
  return all === 0 ? 0 : inMarkets(signal, here) / all;
}

const inMarkets = (signal: StoredSignal, units: UnitsByMarket): number =>
  isEverywhere(signal) ? sumOf(units) : signal.markets.reduce((sum, market) => sum + (units[market] ?? 0), 0);

const sumOf = (units: UnitsByMarket): number => Object.values(units).reduce((sum, each) => sum + each, 0);
