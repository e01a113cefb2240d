export { editionsInUse } from './editions-in-use.ts';
export { importEdition } from './import-edition.ts';
export { tariffsProblem } from './tariffs-problem.ts';
