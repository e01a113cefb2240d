import { adida, imapa } from './aggregation.ts';
import { croston, sba } from './croston.ts';
import { ets } from './ets.ts';
import type { ForecastMethod } from './method.ts';
import { movingAverage } from './moving-average.ts';
import { naive } from './naive.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { averagedSmoothing, simpleSmoothing } from './simple-smoothing.ts';
import { theta } from './theta.ts';
import { tsb } from './tsb.ts';

/** THE REGISTRY of forecasting methods: to add one, add one line to this array. */
export const methods: readonly ForecastMethod[] = [
  naive, // as the last day
  seasonalNaive, // as the last day of the same weekday
  movingAverage, // the mean of a window
  simpleSmoothing, // newer days weigh more
  averagedSmoothing, // the mean of several smoothings
  ets, // states with trend and weekly season
  theta, // smoothing with half of the trend
  croston, // size by time between demands
  sba, // the same without its bias
  tsb, // size by probability
  adida, // blocks of days
  imapa, // blocks of several lengths
];
