import type { Highs } from 'highs';

/** A linear programme that is minimised: rows first, then columns with their entries. All columns are zero at least. */
export class LinearProgramme {
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  readonly cost: number[] = [];
  readonly upper: number[] = [];
  /** The matrix by columns. */
  readonly entries = { starts: [0], indices: [] as number[], values: [] as number[] };

  /** Adds a row and gives its place. */
  row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    return this.rowUpper.push(upper) - 1;
  }

  /** Adds a column between zero and `upper`, and gives its place. Entries are pairs of a row and a coefficient. */
  column(cost: number, upper: number, entries: readonly (readonly [number, number])[]): number {
    const { starts, indices, values } = this.entries;
    for (const [row, value] of entries) {
      indices.push(row);
      values.push(value);
    }
    starts.push(indices.length);
    this.upper.push(upper);
    return this.cost.push(cost) - 1;
  }
}

/** The best values of a programme, or why there are none. */
type Solution =
  | { readonly kind: 'optimal'; readonly objective: number; readonly values: Float64Array }
  | {
      readonly kind: 'none';
      readonly status: 'infeasible' | 'unbounded' | 'stopped';
      readonly detail: string;
    };

/** Solves linear programmes, one at a time, on the calling thread. */
export interface Solver {
  solve(programme: LinearProgramme): Solution;
}

/**
 * Loads HiGHS, the solver of the University of Edinburgh (Q. Huangfu and J. A. J. Hall, "Parallelizing the dual revised
 * simplex method", 2018), as WebAssembly. It is loaded by this call, not with this module. `wasmBinary` gives
 * the WebAssembly where it is not beside the package, as in a bundled function. `secondsEach` limits one programme.
 */
export async function loadSolver(
  options: { readonly wasmBinary?: Uint8Array; readonly secondsEach?: number } = {},
): Promise<Solver> {
  // The package describes its CommonJS form, whose default export is one level deeper than that of its module.
  const { default: highsModule } = await import('highs');
  const load = highsModule as unknown as typeof highsModule.default;
  const { wasmBinary, secondsEach = 60 } = options;
  const highs = await load(wasmBinary === undefined ? {} : { wasmBinary });
  return { solve: (programme) => solveWith(highs, programme, secondsEach) };
}

function solveWith(highs: Highs, programme: LinearProgramme, secondsEach: number): Solution {
  const bad = [...programme.cost, ...programme.entries.values].find((figure) => !Number.isFinite(figure));
  if (bad !== undefined) return { kind: 'none', status: 'stopped', detail: `a coefficient is ${bad}` };
  const numCols = programme.cost.length;
  const numRows = programme.rowLower.length;
  const infinite = (figure: number) =>
    Number.isFinite(figure) ? figure : Math.sign(figure) * highs.infinity;
  const matrix = { format: 'csc', numRows, numCols, ...programme.entries } as const;
  const source = {
    numCols,
    numRows,
    colCost: programme.cost,
    colLower: new Float64Array(numCols),
    colUpper: programme.upper.map(infinite),
    rowLower: programme.rowLower.map(infinite),
    rowUpper: programme.rowUpper.map(infinite),
    matrix,
  };
  return highs.withModel(source, (model): Solution => {
    // Programmes are small: presolve takes longer than the simplex method that it spares.
    model.options.set({
      output_flag: false,
      presolve: numCols > 20_000 ? 'on' : 'off',
      solver: 'simplex',
      dual_feasibility_tolerance: 1e-9,
      time_limit: secondsEach,
    });
    model.run();
    const status = model.getModelStatus();
    const { modelStatus } = highs.constants;
    if (status === modelStatus.optimal)
      return { kind: 'optimal', objective: model.getObjectiveValue(), values: model.getSolution().colValue };
    return noSolution(status, modelStatus);
  });
}

function noSolution(status: number, known: Highs['constants']['modelStatus']): Solution {
  if (status === known.infeasible)
    return { kind: 'none', status: 'infeasible', detail: 'no values fulfil all conditions' };
  if (status === known.unbounded || status === known.unboundedOrInfeasible)
    return { kind: 'none', status: 'unbounded', detail: 'the cost has no lower limit' };
  return { kind: 'none', status: 'stopped', detail: `the solver stopped with status ${status}` };
}
