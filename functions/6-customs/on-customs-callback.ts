import { receiveCustomsCallback } from '../../shared/customs/index.ts';
import { callbackStep } from '../../shared/runtime/step.ts';
import { customsWorld } from '../../shared/runtime/worlds/customs-world.ts';

export const handler = callbackStep(customsWorld, receiveCustomsCallback);
