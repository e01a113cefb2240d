import { captureItems } from '../../shared/runtime/capture.ts';
import { captureDeps } from '../../shared/runtime/deps/lake.ts';
import { stream } from '../../shared/runtime/stream.ts';

export const handler = stream(captureDeps, captureItems);
