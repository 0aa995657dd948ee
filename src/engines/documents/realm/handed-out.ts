/** The classes of what programs are given: whoever changed one would change what all later programs are told. */
import { EJSON } from 'bson';
import * as cursors from '../api/cursor.ts';
import * as errors from '../errors.ts';
import { ExplainableCursor, ShellCollection } from '../shell/collection.ts';
import { ShellDatabase, ShellMongo, ShellSession } from '../shell/database.ts';
import * as help from '../shell/help.ts';
import { ShellConfig } from '../shell/config.ts';
import { Listing } from '../shell/results.ts';
import { Timeout } from '../shell/timers.ts';
import * as types from '../values/types.ts';

export const HANDED_OUT: readonly object[] = [
  EJSON,
  ...[
    ExplainableCursor,
    ShellCollection,
    ShellDatabase,
    ShellMongo,
    ShellSession,
    Listing,
    ShellConfig,
    Timeout,
  ],
  ...[cursors, errors, help, types].flatMap((module) =>
    Object.values<unknown>(module).filter(
      (value): value is object => typeof value === 'function' || typeof value === 'object',
    ),
  ),
];
