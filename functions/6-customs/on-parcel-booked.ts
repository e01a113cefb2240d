import { clearParcels } from '../../shared/customs/index.ts';
import { step } from '../../shared/runtime/step.ts';
import { customsWorld } from '../../shared/runtime/worlds/customs-world.ts';

export const handler = step(customsWorld, clearParcels);
