/**
 * How many databases of a kind may live on a page at once. A PostgreSQL takes 128 MB, so there is
 * one; when another cell needs one, the least recently used that rests has to go.
 */
import { RunStopped } from './errors.ts';

/** Somebody who holds, or wants, a place. */
export interface Guest<Legacy> {
  /** A busy guest keeps its place. */
  readonly busy: boolean;
  /** Gives the place up. @returns what the next may have of it. */
  evict(): Legacy | null;
}

/** The places for databases of one kind. */
export interface Room<Legacy> {
  /** Whether a newcomer would find a place without anybody leaving. */
  readonly hasFreePlace: boolean;
  /**
   * Takes a place, or keeps the one that it has, as the most recently used.
   *
   * @param onWait called if all places are busy and it has to wait.
   * @returns what another guest left that had to go for it, if anything.
   * @throws RunStopped if `signal` is aborted while it waits.
   */
  enter(guest: Guest<Legacy>, signal: AbortSignal, onWait?: () => void): Promise<Legacy | null>;
  /** Gives the place up. */
  leave(guest: Guest<Legacy>): void;
  /** To be called when a guest is no longer busy. */
  rested(): void;
}

export function createRoom<Legacy>(places: number): Room<Legacy> {
  /** Least recently used first. */
  const inside = new Set<Guest<Legacy>>();
  const waiting: (() => void)[] = [];
  /** Everybody looks again; who finds no place goes on waiting, in order. */
  const lookAgain = () => waiting.splice(0).forEach((look) => look());

  const findPlace = (guest: Guest<Legacy>): { legacy: Legacy | null } | null => {
    let legacy: Legacy | null = null;
    if (!inside.delete(guest) && inside.size >= places) {
      const idle = [...inside].find((other) => !other.busy);
      if (!idle) return null;
      inside.delete(idle);
      legacy = idle.evict();
    }
    inside.add(guest);
    return { legacy };
  };

  return {
    get hasFreePlace() {
      return inside.size < places;
    },
    async enter(guest, signal, onWait) {
      let found = findPlace(guest);
      if (!found) onWait?.();
      while (!found) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        if (signal.aborted) {
          lookAgain();
          throw new RunStopped();
        }
        found = findPlace(guest);
      }
      return found.legacy;
    },
    leave(guest) {
      inside.delete(guest);
      lookAgain();
    },
    rested: lookAgain,
  };
}
