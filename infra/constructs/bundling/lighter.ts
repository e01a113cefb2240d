import type { Plugin } from 'esbuild';
import { dataAsText } from './data-as-text.ts';
import { deferredZod } from './deferred-zod.ts';
import { noEventStreams } from './no-event-streams.ts';
import { plainBuiltins } from './plain-builtins.ts';
import { withoutTriggerTexts } from './without-trigger-texts.ts';

/** What is changed in the packages and the data of functions, so that they load faster. */
export const lighter: Plugin[] = [
  deferredZod,
  noEventStreams,
  dataAsText,
  plainBuiltins,
  withoutTriggerTexts,
];
