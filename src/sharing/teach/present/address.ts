/** The address of a step: `?present=gin-index`. Reloading it comes back there. */

const PARAMETER = 'present';

/** @returns the name of the step, empty for the first; nothing where the page is to be read. */
export const presentedIn = (address: string): string | undefined =>
  new URL(address).searchParams.get(PARAMETER) ?? undefined;

/** @param step its name; nothing takes the presentation out of the address. */
export function withStep(address: string, step: string | undefined): string {
  const url = new URL(address);
  url.searchParams.delete(PARAMETER);
  if (step !== undefined) {
    url.searchParams.set(PARAMETER, step);
    url.hash = '';
  }
  return url.href;
}
