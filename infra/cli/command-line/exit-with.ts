/** Ends the verb with 1 where it has already said what is wrong. */
export function exitWith(isWell: boolean): void {
  if (!isWell) process.exitCode = 1;
}
