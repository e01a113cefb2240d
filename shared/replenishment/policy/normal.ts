/** The density of the standard normal distribution. */
function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * The probability that a standard normal variable is at most `z`, to about fifteen digits. Series of G. Marsaglia,
 * "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004; below -3 and above 6 the continued
 * fraction of Abramowitz and Stegun, formula 26.2.14.
 */
export function normalProbability(z: number): number {
  if (z < -3) return upperTail(-z);
  if (z > 6) return 1 - upperTail(z);
  let term = z;
  let sum = z;
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}

function upperTail(z: number): number {
  let fraction = z;
  for (let n = 100; n >= 1; n -= 1) fraction = z + n / fraction;
  return normalDensity(z) / fraction;
}

/**
 * The `z` that is not exceeded with probability `p`. The start is Abramowitz and Stegun, formula 26.2.23, which is
 * within 0.00045; three steps of Halley's method make it exact to about fourteen digits. `p` outside (0, 1) gives an
 * infinite number.
 */
export function inverseNormal(p: number): number {
  if (Number.isNaN(p)) return Number.NaN;
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -inverseNormal(1 - p);
  const known = quantiles.get(p);
  if (known !== undefined) return known;
  const z = inverseBelowHalf(p);
  if (quantiles.size < MAX_QUANTILES) quantiles.set(p, z);
  return z;
}

/** The quantiles that were asked first: a plan asks the same few for every SKU. */
const quantiles = new Map<number, number>();
const MAX_QUANTILES = 256;

function inverseBelowHalf(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + 0.802853 * t + 0.010328 * t * t;
  const below = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t;
  let z = above / below - t;
  for (let step = 0; step < 3; step += 1) {
    const ratio = (normalProbability(z) - p) / normalDensity(z);
    z -= ratio / (1 + (z * ratio) / 2);
  }
  return z;
}

/**
 * The standard normal loss function: the expected amount by which a standard normal variable exceeds `z`. Silver, Pyke
 * and Thomas, "Inventory and Production Management in Supply Chains", 4th ed. 2017, appendix II: G(k).
 */
export function normalLoss(z: number): number {
  const above = z > 0 ? normalProbability(-z) : 1 - normalProbability(z);
  return normalDensity(z) - z * above;
}

/** The `z` with {@link normalLoss} of `loss`, by bisection. It falls from +infinity to 0 as `z` grows. */
export function inverseNormalLoss(loss: number): number {
  let low = -Math.max(10, loss + 10);
  let high = 40;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (normalLoss(middle) > loss) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
