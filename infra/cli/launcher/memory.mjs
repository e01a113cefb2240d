/**
 * How the program uses the machine's memory.
 *
 * @param {readonly string[]} words the command line
 * @returns {{ flags: readonly string[], env: Readonly<Record<string, string>> }} for Node, and for its environment
 */
export function memorySettings([command]) {
  return {
    // Node would give short-lived objects of the main thread up to 107 MB in a backend that is busy for minutes. With
    // this limit it is half of that, for the same processor time. Other commands end soon.
    flags: command === 'start' ? ['--max-semi-space-size=16'] : [],
    // Threads that share two areas of memory leave fewer gaps in it: some 50 MB less for a backend (glibc only).
    env: { MALLOC_ARENA_MAX: '2' },
  };
}
