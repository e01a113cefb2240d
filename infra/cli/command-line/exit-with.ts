/** Ends the verb with 1 if it has already printed an error. */
export function exitWith(isWell: boolean): void {
  if (!isWell) process.exitCode = 1;
}
