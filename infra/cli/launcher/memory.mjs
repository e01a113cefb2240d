/**
 * How the program uses the machine's memory.
 *
 * @param {readonly string[]} words the command line
 * @returns {{ flags: readonly string[], env: Readonly<Record<string, string>> }} for Node, and for its environment
 */
export function memorySettings([command]) {
  return {
    // Node would give short-lived objects of the main thread up to 107 MB in a backend that is busy for minutes. With
    // this limit it is a quarter of that. With twice as much, 64 shoppers that pay take 100 MB more in all, and less
    // processor time by less than two runs differ. Other commands end soon.
    flags: command === 'start' ? ['--max-semi-space-size=8'] : [],
    // Threads that share two areas of memory leave fewer gaps in it: some 50 MB less for a backend (glibc only).
    env: { MALLOC_ARENA_MAX: '2' },
  };
}
