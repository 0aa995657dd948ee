/** Names PostgreSQL's types as `format_type` does: `character varying(20)`, `numeric(10,2)[]`. */
import type { messages } from '@electric-sql/pglite';
import type { Column } from '../engine.ts';
import type { Session } from './session.ts';

/** int8 int2 int4 oid xid cid float4 float8 money numeric xid8: what psql aligns to the right. */
const NUMERIC_TYPES = new Set([20, 21, 23, 26, 28, 29, 700, 701, 790, 1700, 5069]);

/** Types from here on are made by users, who may drop or rename them. */
const FIRST_USER_OID = 16384;

/** The commonest types, of which no query has to be asked for the first result's sake. */
const COMMON_TYPES = {
  16: 'boolean',
  17: 'bytea',
  19: 'name',
  20: 'bigint',
  21: 'smallint',
  23: 'integer',
  25: 'text',
  26: 'oid',
  114: 'json',
  700: 'real',
  701: 'double precision',
  1007: 'integer[]',
  1009: 'text[]',
  1043: 'character varying',
  1082: 'date',
  1083: 'time without time zone',
  1114: 'timestamp without time zone',
  1184: 'timestamp with time zone',
  1186: 'interval',
  1700: 'numeric',
  2950: 'uuid',
  3802: 'jsonb',
};

/** Remembers the names of the built-in types. */
export class TypeNames {
  private readonly builtIn = new Map<string, string>(
    Object.entries(COMMON_TYPES).map(([oid, name]) => [`${oid}:-1`, name]),
  );

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
