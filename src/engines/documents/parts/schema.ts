/** `$jsonSchema`, and what validators say of a document that fails. */
import { compileJsonSchema } from '../schema/json-schema.ts';
import { compileValidator } from '../schema/validator.ts';
import { bring } from './brought.ts';

export function install(): void {
  bring({ compileJsonSchema, compileValidator });
}
