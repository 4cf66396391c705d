// The JSON schema of a tool's arguments as a check. Only the small part of JSON Schema that function schemas use.
import * as v from 'valibot';

type Arguments = v.GenericSchema<unknown, Readonly<Record<string, unknown>>>;

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const;

/** `properties` of an object schema, and what is said of one of them. */
const Property: v.GenericSchema<JsonProperty> = v.object({
  type: v.picklist(TYPES),
  enum: v.optional(v.array(v.union([v.string(), v.number()]))),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  minItems: v.optional(v.number()),
  maxItems: v.optional(v.number()),
  items: v.optional(v.lazy(() => Property)),
});

const Parameters = v.object({
  type: v.literal('object'),
  properties: v.optional(v.record(v.string(), Property), {}),
  required: v.optional(v.array(v.string()), []),
});

interface JsonProperty {
  readonly type: (typeof TYPES)[number];
  readonly enum?: readonly (string | number)[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly items?: JsonProperty | undefined;
}

/** The check of a call's arguments. Throws RangeError that says which part of the schema is not understood. */
export function argumentsSchema(parameters: unknown): Arguments {
  const read = v.safeParse(Parameters, parameters);
  if (!read.success) {
    const [{ expected, received }] = read.issues;
    throw new RangeError(`parameters: ${v.getDotPath(read.issues[0]) ?? 'the schema'}: expected ${expected}, got ${received}`);
  }
  const { properties, required } = read.output;
  const unknown = required.find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) throw new RangeError(`parameters: required: expected names among properties, got "${unknown}"`);
  const entries = Object.entries(properties).map(([name, property]) => {
    const check = propertySchema(property);
    return [name, required.includes(name) ? check : v.optional(check)] as const;
  });
  return v.strictObject(Object.fromEntries(entries)) as unknown as Arguments;
}

function propertySchema({ type, enum: values, minimum, maximum, minItems, maxItems, items }: JsonProperty): v.GenericSchema<unknown> {
  const inRange = v.check((n: number) => n >= (minimum ?? Number.NEGATIVE_INFINITY) && n <= (maximum ?? Number.POSITIVE_INFINITY));
  const ofSize = v.check((list: unknown[]) => list.length >= (minItems ?? 0) && list.length <= (maxItems ?? Number.POSITIVE_INFINITY));
  const schemas: Readonly<Record<JsonProperty['type'], v.GenericSchema<unknown>>> = {
    string: v.string(),
    number: v.pipe(v.number(), v.finite(), inRange),
    integer: v.pipe(v.number(), v.integer(), inRange),
    boolean: v.boolean(),
    array: v.pipe(v.array(items ? propertySchema(items) : v.unknown()), ofSize),
    object: v.record(v.string(), v.unknown()),
  };
  return values
    ? v.pipe(
        schemas[type],
        v.check((value) => values.includes(value as string)),
      )
    : schemas[type];
}
