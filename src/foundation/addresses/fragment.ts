/**
 * @param hash of an address, with its `#`. Programs that pass addresses on write some characters as `%xx`, and cut
 * others in the middle.
 * @returns the id that it names, empty if it names none.
 */
export function idOfFragment(hash: string): string {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
