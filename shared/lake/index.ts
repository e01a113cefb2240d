export {
  type LakeRecord,
  type OtherRecord,
  recordOf,
  recordOfFact,
  writeRecord,
} from './record.ts';
