/** The engines that the site publishes; see `integration.ts`. */
declare module 'virtual:engine-assets' {
  // An ambient module can neither import nor export by a relative path.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  const manifest: import('./manifest.ts').EngineManifest;
  export default manifest;
}
