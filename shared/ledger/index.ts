export { journalsOf } from './journals.ts';
