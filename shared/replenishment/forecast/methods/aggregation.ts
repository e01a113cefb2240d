import { type History, saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf, writeLevels } from './method.ts';

const ALPHAS = [0.1, 0.2, 0.4];
/** Blocks of more days than these leave too few blocks. */
const MAX_BLOCK = 14;
/** Blocks before these weigh less than a millionth of the level. */
const MAX_BLOCKS = 150;

/** Sums of units and of factors before each day, and of days with demand. Days that are not known add nothing. */
interface Sums {
  readonly units: Float64Array;
  readonly shares: Float64Array;
  readonly demands: Float64Array;
}

function sumsOf(history: History): Sums {
  const days = history.units.length;
  const [units, shares, demands] = [
    new Float64Array(days + 1),
    new Float64Array(days + 1),
    new Float64Array(days + 1),
  ];
  for (let day = 0; day < days; day += 1) {
    const counts = saysLevel(history, day);
    const own = history.units[day] as number;
    units[day + 1] = (units[day] as number) + (counts ? own : 0);
    shares[day + 1] = (shares[day] as number) + (counts ? (history.factors[day] as number) : 0);
    demands[day + 1] = (demands[day] as number) + (counts && own > 0 ? 1 : 0);
  }
  return { units, shares, demands };
}

/** The level from blocks of that many days, counted back from the origin, by simple smoothing of the blocks. */
function levelOfBlocks({ units, shares }: Sums, origin: number, block: number): number {
  const levels = new Float64Array(ALPHAS.length);
  const errors = new Float64Array(ALPHAS.length);
  let seen = 0;
  const first = Math.max(origin % block, origin - MAX_BLOCKS * block);
  for (let from = first; from < origin; from += block) {
    const share = (shares[from + block] as number) - (shares[from] as number);
    // A block of unknown days is skipped.
    if (share <= 0) continue;
    const mean = ((units[from + block] as number) - (units[from] as number)) / share;
    for (let a = 0; a < ALPHAS.length; a += 1) {
      const error = mean - (levels[a] as number);
      if (seen > 0) errors[a] = (errors[a] as number) + error * error;
      levels[a] = (levels[a] as number) + Math.max(ALPHAS[a] as number, 1 / (seen + 1)) * error;
    }
    seen += 1;
  }
  return levels[leastOf(errors)] as number;
}

/** The mean number of days from one demand to the next, before an origin: 1 where there is demand every day. */
function meanGap({ demands, shares }: Sums, origin: number): number {
  const found = demands[origin] as number;
  const gap = found === 0 ? 1 : Math.round((shares[origin] as number) / found);
  return Math.min(MAX_BLOCK, Math.max(1, gap), Math.max(1, origin));
}

function runLevels(levelOf: (sums: Sums, origin: number) => number): ForecastMethod['run'] {
  return (history, origins, out) => {
    const sums = sumsOf(history);
    const levelAt = Float64Array.from(origins, (origin) => levelOf(sums, origin));
    writeLevels(history, { origins, levelAt }, out);
  };
}

/** Blocks as long as the mean time between two demands, so that few blocks have none. */
export const adida: ForecastMethod = {
  code: 'adida',
  says: 'Smoothing of blocks of days, as long as the mean time between two demands.',
  source:
    'Nikolopoulos, Syntetos, Boylan, Petropoulos and Assimakopoulos, An aggregate-disaggregate intermittent demand approach, Journal of the Operational Research Society 62 (2011)',
  censored: 'skipped',
  run: runLevels((sums, origin) => levelOfBlocks(sums, origin, meanGap(sums, origin))),
};

/** The mean of the levels of blocks of one day, two days and so on, up to the mean time between two demands. */
export const imapa: ForecastMethod = {
  code: 'imapa',
  says: 'The mean of the levels of blocks of one, two and more days, up to the mean time between two demands.',
  source:
    'Petropoulos and Kourentzes, Forecast combinations for intermittent demand, Journal of the Operational Research Society 66 (2015)',
  censored: 'skipped',
  run: runLevels((sums, origin) => {
    const longest = meanGap(sums, origin);
    let all = 0;
    for (let block = 1; block <= longest; block += 1) all += levelOfBlocks(sums, origin, block);
    return all / longest;
  }),
};
