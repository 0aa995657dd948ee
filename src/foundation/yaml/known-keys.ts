/** Which keys a shape has room for, told to those who wrote another one. */
import { z } from 'astro/zod';

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * @param path keys and indexes from the top.
 * @param data what was written. Where several shapes may stand, its `kind` says which one is meant.
 * @returns the keys that may stand under the path, in their order; none where any may.
 */
export function knownKeys(
  shape: z.ZodType,
  path: readonly (string | number)[],
  data: unknown,
): string[] {
  const top = z.toJSONSchema(shape, { io: 'input' }) as Schema;
  let here = variants([top], top, data);
  let value = data;
  for (const key of path) {
    value = (value as Record<string | number, unknown> | null | undefined)?.[key];
    here = variants(
      here.flatMap((schema) => under(schema, key)),
      top,
      value,
    );
  }
  return [...new Set(here.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function under(schema: Schema, key: string | number): Schema[] {
  const { items, properties = {}, additionalProperties } = schema;
  const next =
    typeof key === 'number' ? items : (properties[key] ?? additionalProperties ?? undefined);
  return typeof next === 'object' && !Array.isArray(next) ? [next as Schema] : [];
}

/** The shapes that may stand in a place, each by itself. */
function variants(schemas: readonly Schema[], top: Schema, value: unknown): Schema[] {
  const all = schemas.flatMap((schema): Schema[] => {
    if (schema.$ref !== undefined) {
      const named = top.$defs?.[schema.$ref.replace('#/$defs/', '')];
      return named ? variants([named as Schema], top, value) : [];
    }
    const several = schema.anyOf ?? schema.oneOf;
    return several ? variants(several as Schema[], top, value) : [schema];
  });
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const meant = all.filter(
    ({ properties }) => (properties?.['kind'] as Schema | undefined)?.const === kind,
  );
  return kind !== undefined && meant.length > 0 ? meant : all;
}
