/** PostgreSQL's answer that something failed, as the wire protocol's parser makes it. */
import { messages } from '@electric-sql/pglite';

export const { DatabaseError } = messages;
