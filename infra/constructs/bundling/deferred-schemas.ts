import * as zod from 'zod';

// Everything that is not replaced below is Zod's own. A schema that one of those functions gives is constructed at
// once, as ever.
export * from 'zod';

type Properties = Readonly<Record<PropertyKey, unknown>>;

/** Methods that give a new schema. The schema that they are called on need not be constructed for it. */
const DERIVING: ReadonlySet<PropertyKey> = new Set(
  (
    'and array brand catch catchall check default describe endsWith exclude extend extract gt gte int length loose lt lte ' +
    'max meta min multipleOf negative nonempty nonnegative nonoptional nonpositive nullable nullish omit optional or ' +
    'overwrite partial pick pipe positive prefault readonly refine regex required safeExtend startsWith strict strip ' +
    'superRefine toLowerCase toUpperCase transform trim'
  ).split(' '),
);

/** Those of them that leave the fields of an object as they are. */
const KEEPING_SHAPE: ReadonlySet<PropertyKey> = new Set(
  'check describe loose meta refine strict superRefine'.split(' '),
);

/** A schema that is constructed when something of it is read. */
class Deferred {
  #construct: (() => unknown) | undefined;
  #schema: Properties | undefined;
  /** The fields of an object, as they were given. */
  readonly #shape: object | undefined;

  constructor(construct: () => unknown, shape?: object) {
    this.#construct = construct;
    this.#shape = shape;
  }

  schema(): Properties {
    if (this.#construct !== undefined) {
      this.#schema = this.#construct() as Properties;
      this.#construct = undefined;
    }
    return this.#schema as Properties;
  }

  /** A property of the schema, or a way to derive another deferred schema. */
  get(_target: object, name: PropertyKey): unknown {
    if (this.#construct !== undefined) {
      if (name === 'shape' && this.#shape !== undefined) return this.#shape;
      if (DERIVING.has(name)) return (...args: unknown[]) => this.#derived(name, args);
    }
    const schema = this.schema();
    const value = schema[name];
    return typeof value === 'function' && name !== 'constructor' ? value.bind(schema) : value;
  }

  #derived(name: PropertyKey, args: readonly unknown[]): unknown {
    const derive = () => callOf(this.schema(), name)(...args.map(argument));
    // Without an argument it reads the metadata.
    if (name === 'meta' && args.length === 0) return derive();
    return deferred(new Deferred(derive, shapeAfter(this.#shape, name, args[0])));
  }

  set(_target: object, name: PropertyKey, value: unknown): boolean {
    return Reflect.set(this.schema(), name, value);
  }

  has(_target: object, name: PropertyKey): boolean {
    return Reflect.has(this.schema(), name);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.schema());
  }

  getOwnPropertyDescriptor(_target: object, name: PropertyKey): PropertyDescriptor | undefined {
    const property = Reflect.getOwnPropertyDescriptor(this.schema(), name);
    // A proxy may not say that its empty target has a property which can't be changed.
    return property === undefined ? undefined : { ...property, configurable: true };
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.schema());
  }
}

/** The fields of an object after one of the methods above, if they are known without its schema. */
function shapeAfter(shape: object | undefined, name: PropertyKey, argument: unknown): object | undefined {
  if (shape === undefined || KEEPING_SHAPE.has(name)) return shape;
  const fields = Object.getOwnPropertyDescriptors(shape);
  const named = isObject(argument) ? argument : {};
  if (name === 'extend')
    return Object.defineProperties({}, { ...fields, ...Object.getOwnPropertyDescriptors(named) });
  if (name !== 'pick' && name !== 'omit') return undefined;
  const kept = Object.entries(fields).filter(([field]) => field in named === (name === 'pick'));
  return Object.defineProperties({}, Object.fromEntries(kept));
}

const callOf = (schema: Properties, name: PropertyKey): ((...args: unknown[]) => unknown) =>
  (schema[name] as (...args: unknown[]) => unknown).bind(schema);

/** The deferred schema behind each proxy. */
const behind = new WeakMap<object, Deferred>();

function deferred(schema: Deferred): object {
  const proxy = new Proxy({}, schema);
  behind.set(proxy, schema);
  return proxy;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const constructed = (value: unknown): unknown =>
  (isObject(value) ? behind.get(value)?.schema() : undefined) ?? value;

/**
 * An argument of one of Zod's functions with constructed schemas: alone, in a list, or as fields of a plain object. So
 * Zod never meets a proxy when it checks a value.
 */
function argument(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(constructed);
  if (Object.getPrototypeOf(value) !== Object.prototype) return constructed(value);
  const properties = Object.getOwnPropertyDescriptors(value);
  for (const property of Object.values(properties)) {
    // A getter stands for a schema that contains itself. Zod calls it later.
    if ('value' in property) property.value = constructed(property.value);
  }
  return Object.defineProperties({}, properties);
}

type Factory = (...args: never[]) => unknown;

/** The factory, but its schemas are constructed at first use. */
function deferring<Make extends Factory>(make: Make): Make {
  const call = make as unknown as (...args: unknown[]) => unknown;
  return ((...args: unknown[]) =>
    deferred(new Deferred(() => call(...args.map(argument))))) as unknown as Make;
}

/** A factory of objects: its first argument is the shape. */
function deferringObject<Make extends Factory>(make: Make): Make {
  const call = make as unknown as (...args: unknown[]) => unknown;
  return ((...args: unknown[]) =>
    deferred(
      new Deferred(() => call(...args.map(argument)), isObject(args[0]) ? args[0] : undefined),
    )) as unknown as Make;
}

function deferringAll<Factories extends object>(factories: Factories): Factories {
  const entries = Object.entries(factories).map(([name, value]) => [
    name,
    /^[a-z]/.test(name) && typeof value === 'function' ? deferring(value) : value,
  ]);
  return Object.fromEntries(entries);
}

// Marked as pure, so that a bundle contains only what its functions use.
export const array = /* @__PURE__ */ deferring(zod.array);
export const base64 = /* @__PURE__ */ deferring(zod.base64);
export const boolean = /* @__PURE__ */ deferring(zod.boolean);
export const coerce = /* @__PURE__ */ deferringAll(zod.coerce);
export const discriminatedUnion = /* @__PURE__ */ deferring(zod.discriminatedUnion);
export const email = /* @__PURE__ */ deferring(zod.email);
export const int = /* @__PURE__ */ deferring(zod.int);
export const iso = /* @__PURE__ */ deferringAll(zod.iso);
export const literal = /* @__PURE__ */ deferring(zod.literal);
export const looseObject = /* @__PURE__ */ deferringObject(zod.looseObject);
export const number = /* @__PURE__ */ deferring(zod.number);
export const object = /* @__PURE__ */ deferringObject(zod.object);
export const partialRecord = /* @__PURE__ */ deferring(zod.partialRecord);
export const preprocess = /* @__PURE__ */ deferring(zod.preprocess);
export const record = /* @__PURE__ */ deferring(zod.record);
export const strictObject = /* @__PURE__ */ deferringObject(zod.strictObject);
export const string = /* @__PURE__ */ deferring(zod.string);
export const tuple = /* @__PURE__ */ deferring(zod.tuple);
export const union = /* @__PURE__ */ deferring(zod.union);
export const unknown = /* @__PURE__ */ deferring(zod.unknown);
export const url = /* @__PURE__ */ deferring(zod.url);
export const uuidv4 = /* @__PURE__ */ deferring(zod.uuidv4);
const enumOf = /* @__PURE__ */ deferring(zod.enum);

export { enumOf as enum };
