import { createRecordStream, quickStreamClient } from '../../aws/lake/record-stream.ts';
import { VisitCounter } from '../../visits/index.ts';
import { readSettings } from '../settings.ts';

const clock = () => new Date();

/** For keeping what storefronts report of visits. */
export const visitsDeps = () => ({
  stream: createRecordStream(readSettings().recordStream(), quickStreamClient()),
  counter: new VisitCounter(),
  clock,
});
