import { journeys } from './journeys.ts';
import { parcelJourneys } from './parcel-journeys.ts';
import { stockMoves } from './stock-moves.ts';
import type { View } from './view.ts';

export type { View } from './view.ts';

/** THE REGISTRY of the lake's views: to add one, add one line to this array. */
export const views: readonly View[] = [
  journeys, // orders, with what became of them
  parcelJourneys, // parcels, with what became of them
  stockMoves, // all movements of stock
];
