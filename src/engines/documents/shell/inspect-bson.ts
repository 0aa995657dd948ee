/** BSON values as mongosh prints them. */
import { Binary, type Timestamp } from 'bson';
import { quote } from './quote.ts';

/** BSON values by the constructors that mongosh has for them. `null` if the value is none. */
export function formatBson(
  value: { _bsontype?: unknown },
  inspect: (value: unknown) => string,
): string | null {
  switch (value._bsontype) {
    case 'ObjectId':
      return `ObjectId('${String(value)}')`;
    case 'Long':
    case 'Decimal128':
      return `${value._bsontype}('${String(value)}')`;
    case 'Double':
    case 'Int32':
      return `${value._bsontype}(${String(value)})`;
    case 'MinKey':
    case 'MaxKey':
      return `${value._bsontype}()`;
    case 'Timestamp': {
      const stamp = value as Timestamp;
      return `Timestamp({ t: ${String(stamp.getHighBitsUnsigned())}, i: ${String(stamp.getLowBitsUnsigned())} })`;
    }
    case 'Binary':
      return formatBinary(value as unknown as Binary);
    case 'BSONSymbol':
      return `BSONSymbol('${String(value)}')`;
    case 'BSONRegExp': {
      const { pattern, options } = value as { pattern?: string; options?: string };
      return `BSONRegExp(${quote(pattern ?? '')}, ${quote(options ?? '')})`;
    }
    case 'Code':
      return `Code(${quote(String((value as { code?: unknown }).code))})`;
    case 'DBRef': {
      const { collection, oid, db } = value as { collection?: string; oid?: unknown; db?: string };
      return `DBRef('${String(collection)}', ${inspect(oid)}${db ? `, ${quote(db)}` : ''})`;
    }
    default:
      return null;
  }
}

function formatBinary(value: Binary): string {
  if (value.sub_type === Binary.SUBTYPE_UUID && value.position === 16) {
    const hex = value.toString('hex');
    return `UUID('${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}')`;
  }
  if (value.sub_type === Binary.SUBTYPE_MD5 && value.position === 16)
    return `MD5('${value.toString('hex')}')`;
  return `Binary.createFromBase64('${value.toString('base64')}', ${String(value.sub_type)})`;
}
