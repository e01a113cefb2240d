/** Sets the exit code to 1 if the command has already printed an error. */
export function exitWith(isWell: boolean): void {
  if (!isWell) process.exitCode = 1;
}
