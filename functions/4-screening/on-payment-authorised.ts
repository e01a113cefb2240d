import { step } from '../../shared/runtime/step.ts';
import { screeningWorld } from '../../shared/runtime/worlds/screening-world.ts';
import { screenOrder } from '../../shared/screening/index.ts';

export const handler = step(screeningWorld, screenOrder);
