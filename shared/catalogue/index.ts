export { type CarrierMark, carrierMarkBodySchema, carrierMarkSchema, isDown } from './carrier-health.ts';
