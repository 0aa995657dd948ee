/** Names PostgreSQL's types as `format_type` does: `character varying(20)`, `numeric(10,2)[]`. */
import type { messages } from '@electric-sql/pglite';
import type { Column } from '../engine.ts';
import type { Session } from './session.ts';

/** int8 int2 int4 oid xid cid float4 float8 money numeric xid8: what psql aligns to the right. */
const NUMERIC_TYPES = new Set([20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069]);

/** Types from here on are made by users, who may drop or rename them. */
const FIRST_USER_OID = 16384;

/** Remembers the names of the built-in types. */
export class TypeNames {
  private readonly builtIn = new Map<string, string>();

  /** The columns of a result, as its row description tells them. */
  async columns(fields: readonly messages.Field[], session: Session): Promise<Column[]> {
    const userTypes = new Map<string, string>();
    const unknown = new Map<string, messages.Field>();
    for (const field of fields) {
      if (!this.builtIn.has(key(field))) unknown.set(key(field), field);
    }
    if (unknown.size > 0) {
      const wanted = [...unknown.values()];
      const types = wanted.map((it) => `(${it.dataTypeID}::oid,${it.dataTypeModifier})`).join(',');
      const rows = await session.query(
        `SELECT pg_catalog.format_type(t, m) FROM (VALUES ${types}) AS v(t, m)`,
      );
      wanted.forEach((field, index) => {
        const target = field.dataTypeID < FIRST_USER_OID ? this.builtIn : userTypes;
        target.set(key(field), rows[index]?.[0] ?? '');
      });
    }
    return fields.map((field) => ({
      name: field.name,
      type: this.builtIn.get(key(field)) ?? userTypes.get(key(field)) ?? '',
      numeric: NUMERIC_TYPES.has(field.dataTypeID),
    }));
  }
}

function key(field: messages.Field): string {
  return `${field.dataTypeID}:${field.dataTypeModifier}`;
}
