/** A copy of an options object without some of its fields. */
export function omit<T extends object>(options: T, ...fields: string[]): T {
  return Object.fromEntries(
    Object.entries(options).filter(([field]) => !fields.includes(field)),
  ) as T;
}
